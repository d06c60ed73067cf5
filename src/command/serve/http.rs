//! As much of HTTP as a preview on one's own machine needs: one request a connection, answered from memory.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

use percent_encoding::percent_decode_str;

/// The longest head of a request, in bytes.
const MOST: usize = 16 << 10;
/// So many header fields may a request have.
const FIELDS: usize = 64;
/// How long a browser may take to send its request or to take the answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// The path without its query, decoded, without the first `/`.
    pub path: String,
    /// Whether only the head of the answer is wanted.
    pub is_head: bool,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status and its words: `200 OK`.
    pub status: &'static str,
    /// What the body is.
    pub media: &'static str,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A short answer for people.
    pub fn plain(status: &'static str, text: &str) -> Self {
        Self { status, media: "text/plain; charset=utf-8", body: format!("{text}\n").into_bytes() }
    }
}

/// Reads a request; an answer where it is none that can be served. `hosts` are the names under which the preview may be asked:
/// a page from elsewhere that gets a browser to ask for it under another name is refused.
///
/// # Errors
/// If the connection breaks.
pub fn read(stream: &mut TcpStream, hosts: &[String]) -> io::Result<Result<Request, Answer>> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut head = Vec::new();
    let mut part = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = stream.read(&mut part)?;
        if count == 0 || head.len() > MOST {
            break;
        }
        head.extend(part.iter().take(count));
    }
    Ok(parse(&head, hosts))
}

fn parse(head: &[u8], hosts: &[String]) -> Result<Request, Answer> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    let bad = || Answer::plain("400 Bad Request", "This is no request that can be read.");
    if !request.parse(head).is_ok_and(|status| status.is_complete()) {
        return Err(bad());
    }
    let named = request.headers.iter().filter(|field| field.name.eq_ignore_ascii_case("host"));
    let named: Vec<_> = named.map(|field| String::from_utf8_lossy(field.value).to_ascii_lowercase()).collect();
    if named.len() != 1 || !named.iter().all(|name| hosts.contains(name)) {
        return Err(Answer::plain("403 Forbidden", "The preview answers under its own address only."));
    }
    let is_head = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Answer::plain("405 Method Not Allowed", "The preview can only be read.")),
    };
    let path = request.path.and_then(|path| path.strip_prefix('/')).ok_or_else(bad)?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8().map_err(|_| bad())?.into_owned();
    Ok(Request { path, is_head })
}

/// Writes an answer. Nothing is kept by the browser: the next build may be another.
///
/// # Errors
/// If the connection breaks.
pub fn write(stream: &mut TcpStream, answer: &Answer, is_head: bool) -> io::Result<()> {
    let Answer { status, media, body } = answer;
    let length = body.len();
    let safe = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin";
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {length}\r\n{safe}\r\nConnection: close\r\n\r\n")?;
    if !is_head {
        stream.write_all(body)?;
    }
    stream.flush()
}

/// Returns what a file of the site is, by the end of its name.
pub fn media(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Request, parse};

    fn asked(head: &str) -> Result<Request, &'static str> {
        parse(head.as_bytes(), &["127.0.0.1:3000".to_owned(), "localhost:3000".to_owned()]).map_err(|answer| answer.status)
    }

    #[test]
    fn a_path_is_decoded_and_freed_of_its_query() {
        let of = |path: &str| asked(&format!("GET {path} HTTP/1.1\r\nHost: localhost:3000\r\n\r\n")).map(|request| request.path);
        assert_eq!(of("/").as_deref(), Ok(""));
        assert_eq!(of("/tools/hub%20spot.html?x=1#y").as_deref(), Ok("tools/hub spot.html"));
        assert_eq!(of("/%ff"), Err("400 Bad Request"));
        assert_eq!(of("http://elsewhere/"), Err("400 Bad Request"));
    }

    #[test]
    fn only_reading_under_the_own_address_is_answered() {
        assert!(asked("HEAD / HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n\r\n").is_ok_and(|request| request.is_head));
        assert_eq!(asked("GET / HTTP/1.1\r\nHost: evil.example:3000\r\n\r\n"), Err("403 Forbidden"));
        assert_eq!(asked("GET / HTTP/1.1\r\n\r\n"), Err("403 Forbidden"));
        assert_eq!(asked("GET / HTTP/1.1\r\nHost: localhost:3000\r\nHost: localhost:3000\r\n\r\n"), Err("403 Forbidden"));
        assert_eq!(asked("POST / HTTP/1.1\r\nHost: localhost:3000\r\n\r\n"), Err("405 Method Not Allowed"));
        assert_eq!(asked("nonsense"), Err("400 Bad Request"));
        assert_eq!(asked(""), Err("400 Bad Request"));
    }
}
