//! The preview: what it answers, to whom, and that it follows the files.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::fixture::Made;

const STACK: &str = "[stack]\nname = \"Example\"\nas-of = 2026-11-22\n\n[tool.crm]\nname = \"Our CRM\"\ncategory = \"crm\"\n";

/// A preview that ends with the value.
struct Preview {
    child: Child,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn of(stack: &Made) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
        command.args(["serve", "--port", "0"]).current_dir(stack.root()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port =
            line.trim().strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix('/')).unwrap_or_else(|| panic!("{line}"));
        Self { child, port: port.parse().unwrap() }
    }

    /// Sends a request as it is and returns the whole answer.
    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.write_all(request.replace("PORT", &self.port.to_string()).as_bytes()).unwrap();
        let mut answer = Vec::new();
        // A connection that is closed with something unread may be reset after the answer.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"))
    }

    /// Asks again until the answer is the one that is waited for. Half a minute is for machines that have much else to do.
    fn wait(&self, path: &str, is_there: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            let answer = self.get(path);
            if is_there(&answer) {
                return answer;
            }
            assert!(began.elapsed() < Duration::from_secs(30), "{answer}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

#[test]
fn a_preview_follows_the_files_and_shows_what_is_wrong_with_them() {
    let stack = Made::of(&[("stack.toml", STACK)]);
    let preview = Preview::of(&stack);
    let page = preview.get("/");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("text/html") && page.contains("Our CRM"), "{page}");
    assert!(page.contains("connect-src 'self'") && page.contains("/-/reload.js"), "the page cannot reload itself");
    assert!(preview.get("/tools/crm.html").contains("Our CRM"));
    assert!(preview.get("/-/version").ends_with("\r\n\r\n1\n"));
    stack.write("stack.toml", STACK.replace("Our CRM", "The new CRM"));
    preview.wait("/tools/crm.html", |page| page.contains("The new CRM"));
    assert!(preview.get("/-/version").ends_with("\r\n\r\n2\n"));
    stack.write("more.toml", "[tool.x]\nname = \"<X>\"\ncategory = \"no such\"\n");
    let wrong = preview.wait("/", |page| page.starts_with("HTTP/1.1 500 "));
    assert!(wrong.contains("more.toml:3:12") && wrong.contains("`category` cannot be `no such`"), "{wrong}");
    assert!(!wrong.contains("<X>") && wrong.contains("/-/reload.js"), "{wrong}");
    stack.write("more.toml", "");
    preview.wait("/", |page| page.starts_with("HTTP/1.1 200 "));
    // Nothing was written beside the stack.
    let names: Vec<_> = std::fs::read_dir(stack.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn a_preview_answers_reading_of_the_site_under_its_own_address_only() {
    let stack = Made::of(&[("stack.toml", STACK)]);
    let preview = Preview::of(&stack);
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", "200"),
        ("GET / HTTP/1.1\r\nHost: evil.example:PORT\r\n\r\n", "403"),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "403"),
        ("POST / HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", "405"),
        ("GET /stack.toml HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", "404"),
        ("GET /../stack.toml HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", "404"),
        ("GET /%2e%2e/stack.toml HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", "404"),
        ("GET /etc/passwd HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", "404"),
        ("\0\0\0\r\n\r\n", "400"),
    ] {
        let answer = preview.send(request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request:?}: {answer}");
        assert!(answer.contains("X-Content-Type-Options: nosniff") && answer.contains("Cache-Control: no-store"), "{answer}");
    }
    let head = preview.send("HEAD /tools/ HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 200 ") && head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
fn a_port_that_is_taken_and_a_folder_without_a_stack_are_said() {
    let stack = Made::of(&[("stack.toml", STACK)]);
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = crate::cli::linchpin(stack.root(), &["serve", "--port", &port]);
    assert_eq!(run.code(), 2);
    assert!(run.err().contains(&format!("port {port} is in use; choose another by `--port`")), "{}", run.err());
    std::fs::remove_file(stack.root().join("stack.toml")).unwrap();
    assert_eq!(crate::cli::linchpin(stack.root(), &["serve", "--port", "0"]).code(), 2);
}

#[cfg(unix)]
#[test]
fn a_preview_that_is_interrupted_ends_as_if_it_were_done() {
    let stack = Made::of(&[("stack.toml", STACK)]);
    let mut preview = Preview::of(&stack);
    let killed = Command::new("kill").args(["-INT", &preview.child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(preview.child.wait().unwrap().code(), Some(0));
}
