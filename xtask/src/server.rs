//! The page's HTTP server: localhost only, the page's files only, and always the same strict headers.
//!
//! A thread for each connection and a connection for each request, because browsers open connections in advance and
//! then stay silent on them: in a pool of workers, such as small server crates have, those hold up everybody else.

use crate::{Outcome, site};
use std::fs;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// What every answer carries. The page must work under this policy, so it is tried under no other.
const HEADERS: &str = "\
    Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'\r\n\
    Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Connection: close\r\n";

const PLAIN: &str = "text/plain; charset=utf-8";

/// The longest head of a request that is read.
const LONGEST_HEAD: usize = 16 * 1024;

/// How long a connection may stay silent.
const PATIENCE: Duration = Duration::from_secs(60);

/// Takes a port of localhost (0 stands for any free one), so that it is known early whether it is to be had.
pub fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port))
}

/// Serves the page below `root` from now on, and gives its address.
pub fn start(listener: TcpListener, root: PathBuf) -> Outcome<String> {
    let address = listener.local_addr().map_err(|reason| format!("the server can't be started: {reason}"))?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let root = root.clone();
            // A browser that has gone away is no fault.
            thread::spawn(move || converse(&root, stream).ok());
        }
    });
    Ok(format!("http://{address}/"))
}

/// Reads one request and answers it.
fn converse(root: &Path, mut stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut head = Vec::new();
    let mut part = [0; 4096];
    let answer = loop {
        let length = stream.read(&mut part)?;
        head.extend_from_slice(part.get(..length).unwrap_or_default());
        if let Some(answer) = answer(root, &head) {
            break answer;
        }
        if length == 0 {
            return Ok(());
        }
        if head.len() > LONGEST_HEAD {
            break Answer::text("431 Request Header Fields Too Large", "too long a request\n");
        }
    };
    stream.write_all(&answer.bytes())?;
    // Closing with something unread would cut the answer off.
    stream.shutdown(Shutdown::Write)?;
    io::copy(&mut stream.take(1 << 20), &mut io::sink()).map(|_| ())
}

/// An answer: what kind of thing its body is, and whether that goes along.
struct Answer {
    status: &'static str,
    kind: &'static str,
    body: Vec<u8>,
    with_body: bool,
}

impl Answer {
    fn text(status: &'static str, words: &str) -> Self {
        Self { status, kind: PLAIN, body: words.into(), with_body: true }
    }

    fn bytes(&self) -> Vec<u8> {
        let Self { status, kind, body, with_body } = self;
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\n{HEADERS}Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n");
        [head.as_bytes(), if *with_body { body } else { &[] }].concat()
    }
}

/// The answer to a request, once its head is whole.
fn answer(root: &Path, head: &[u8]) -> Option<Answer> {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(head) {
        Ok(httparse::Status::Partial) => return None,
        Ok(httparse::Status::Complete(_)) => {}
        Err(_) => return Some(Answer::text("400 Bad Request", "not a request\n")),
    }
    let with_body = request.method == Some("GET");
    if !with_body && request.method != Some("HEAD") {
        return Some(Answer::text("405 Method Not Allowed", "only GET and HEAD\n"));
    }
    let path = request.path.unwrap_or_default();
    let answer = match site::locate(root, path).map(|file| (site::media_type(&file), fs::read(&file))) {
        Some((kind, Ok(body))) => Answer { status: "200 OK", kind, body, with_body },
        Some((_, Err(_))) => Answer::text("500 Internal Server Error", "can't be read\n"),
        // Browsers ask for it unbidden, and log a fault where it is missing; the page names its own icon.
        None if path == "/favicon.ico" => Answer::text("204 No Content", ""),
        None => Answer::text("404 Not Found", "not found\n"),
    };
    Some(Answer { with_body, ..answer })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One raw exchange; the answer's head and body.
    fn ask(address: &str, request: &str) -> (String, String) {
        let host = address.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(host).expect("a connection");
        write!(stream, "{request} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("sent");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        (head.to_lowercase(), body.to_string())
    }

    fn page() -> (PathBuf, String) {
        let root = std::env::temp_dir().join(format!("kl-explorer-server-{:?}", thread::current().id()));
        fs::create_dir_all(root.join("www")).expect("a folder");
        fs::write(root.join("index.html"), "lesson").expect("a file");
        fs::write(root.join("www/big.js"), "x".repeat(100_000)).expect("a file");
        let address = start(listen(0).expect("a port"), root.clone()).expect("a server");
        (root, address)
    }

    #[test]
    fn every_answer_is_strict_and_of_known_length() {
        let (root, address) = page();
        for (request, status, length) in [
            ("GET /", "200", 6),
            ("HEAD /", "200", 6),
            ("GET /www/big.js", "200", 100_000),
            ("GET /Cargo.toml", "404", 10),
            ("GET /www/../Cargo.toml", "404", 10),
            ("POST /", "405", 18),
            ("GET / or else", "400", 14),
            ("HEAD /www/none.js", "404", 10),
        ] {
            let (head, body) = ask(&address, request);
            assert!(head.starts_with(&format!("http/1.1 {status}")), "{request}: {head}");
            assert!(head.contains("content-security-policy: default-src 'none';"), "{request}: {head}");
            assert!(head.contains("cache-control: no-store"), "{request}: {head}");
            assert!(head.contains(&format!("content-length: {length}")), "{request}: {head}");
            assert_eq!(body.len(), if request.starts_with("HEAD") { 0 } else { length }, "{request}");
        }
        fs::remove_dir_all(root).expect("removed");
    }

    #[test]
    fn a_silent_connection_holds_nobody_up() {
        let (root, address) = page();
        let host = address.trim_start_matches("http://").trim_end_matches('/');
        let silent: Vec<_> = (0..64).map(|_| TcpStream::connect(host).expect("a connection")).collect();
        assert_eq!(ask(&address, "GET /").1, "lesson");
        drop(silent);
        fs::remove_dir_all(root).expect("removed");
    }

    #[test]
    fn a_taken_port_is_told() {
        let taken = listen(0).expect("a port");
        let port = taken.local_addr().expect("an address").port();
        assert_eq!(listen(port).map_err(|reason| reason.kind()).err(), Some(io::ErrorKind::AddrInUse));
    }
}
