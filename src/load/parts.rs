//! Which lines of a file belong to which entity, told without parsing, so that it can be told of any version of a file.

use super::syntax::headers;
use crate::model::Kind;

/// Returns the entities of a file: the address of each, and its lines from its header to the next, in their order; what stands in
/// several places comes several times. The comments directly above a header belong to it.
pub fn parts(text: &str) -> Vec<(String, Vec<&str>)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut starts: Vec<(usize, Opened)> = Vec::new();
    let mut quote = None;
    for (index, line) in lines.iter().enumerate() {
        if quote.is_none()
            && let Some(opened) = opened(line)
        {
            let comments =
                lines.get(..index).unwrap_or_default().iter().rev().take_while(|line| line.trim_start().starts_with('#')).count();
            starts.push((index - comments, opened));
        }
        quote = open_quote(line, quote);
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|(start, _)| *start).chain([lines.len()]).collect();
    let part = |((start, opened), end): ((usize, Opened), usize)| match opened {
        Opened::Entity(key) => Some((key, lines.get(start..end)?.to_vec())),
        Opened::Other => None,
    };
    starts.into_iter().zip(ends).filter_map(part).collect()
}

/// What a header opens.
enum Opened {
    /// An entity of this address, or a part of it.
    Entity(String),
    /// A table that is no entity.
    Other,
}

/// What a line opens, if it is a header. Arrays that look like headers have no kind in front.
fn opened(line: &str) -> Option<Opened> {
    let header = headers(line).into_iter().next()?;
    match header.words.as_slice() {
        [kind, id, ..] if Kind::from_name(kind).is_some() => Some(Opened::Entity(format!("{kind}.{id}"))),
        [once, ..] => {
            let is_known =
                Kind::from_name(once).is_some() || super::ids::SINGLETONS.contains(once) || matches!(*once, "override" | "suppress");
            is_known.then_some(Opened::Other)
        }
        [] => None,
    }
}

/// The quotes of a text over several lines that a line leaves open, after those that it began with.
fn open_quote(line: &str, mut quote: Option<&'static str>) -> Option<&'static str> {
    let mut rest = line;
    loop {
        if let Some(open) = quote {
            let Some(at) = closing(rest, open) else { return if open.len() == 3 { Some(open) } else { None } };
            rest = rest.get(at + open.len()..)?;
            quote = None;
            continue;
        }
        let at = rest.find(['"', '\'', '#'])?;
        rest = rest.get(at..)?;
        if rest.starts_with('#') {
            return None;
        }
        let open = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|open| rest.starts_with(open))?;
        rest = rest.get(open.len()..)?;
        quote = Some(open);
    }
}

/// Where a text ends that these quotes opened.
fn closing(text: &str, quote: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find(quote)?;
        let slashes = text.get(..at)?.bytes().rev().take_while(|byte| *byte == b'\\').count();
        if quote.starts_with('\'') || slashes % 2 == 0 {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    fn shown(text: &str) -> Vec<String> {
        parts(text).into_iter().map(|(key, lines)| format!("{key}: {}", lines.join("|"))).collect()
    }

    #[test]
    fn lines_belong_to_the_header_above_and_comments_to_the_one_below() {
        let text = "# head\n\n[stack]\nname = 'x'\n# about a\n[tool.a]\nx = 1\n\n# b\n# b\n[[tool.a.part]]\ny = 2\n[tool]\n[routing.r]\n[[routing.r.rule]]\n";
        let expected = [
            "tool.a: # about a|[tool.a]|x = 1|",
            "tool.a: # b|# b|[[tool.a.part]]|y = 2",
            "routing.r: [routing.r]",
            "routing.r: [[routing.r.rule]]",
        ];
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn a_text_that_looks_like_a_header_is_text() {
        let quoted = "[tool.a]\nx = \"\"\"\\\"\"\"\"\ny = '''\n[tool.b]\n\"\"\"\n'''\nz = 'it\"s' # '''\nw = \"a\\\"'\"\n[tool.c]\nlist = [\n[1],\n[\"x\", \"y\"],\n]";
        assert_eq!(shown(quoted).iter().map(|part| &part[..6]).collect::<Vec<_>>(), ["tool.a", "tool.c"]);
        assert_eq!(shown("x = '''\n[tool.a]\n"), [] as [&str; 0]);
        assert_eq!(shown("[unknown.a]\n[tool.b]\r\nx\r\n"), ["tool.b: [tool.b]|x"]);
    }
}
