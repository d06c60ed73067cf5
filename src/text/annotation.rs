//! Text for the workflow commands of a continuous-integration runner.

/// Escapes the message of a workflow command.
pub fn message(text: &str) -> String {
    super::terminal::neutralize(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command, such as its title.
pub fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_message_cannot_start_a_command_of_its_own() {
        assert_eq!(super::message("a\n::error::b"), "a%0A::error::b");
        assert_eq!(super::property("a:b,c%"), "a%3Ab%2Cc%25");
    }
}
