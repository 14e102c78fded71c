//! The page's HTTP server: localhost only, the page's files only, and always the same strict headers.

use crate::{Outcome, site};
use std::fs;
use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Method, Request, Response};

/// What every answer carries. The page must work under this policy, so it is tried under no other.
const HEADERS: [(&str, &str); 3] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         connect-src 'self'",
    ),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
];

/// How many requests are answered at a time; a browser opens six connections to a host.
const WORKERS: usize = 8;

/// Takes a port of localhost (0 stands for any free one), so that it is known early whether it is to be had.
pub fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port))
}

/// Serves the page below `root` from now on, and gives its address.
pub fn start(listener: TcpListener, root: PathBuf) -> Outcome<String> {
    let fault = |reason: &dyn std::fmt::Display| format!("the server can't be started: {reason}");
    let address = listener.local_addr().map_err(|reason| fault(&reason))?;
    let server = Arc::new(tiny_http::Server::from_listener(listener, None).map_err(|reason| fault(&reason))?);
    for _ in 0..WORKERS {
        let (server, root) = (server.clone(), root.clone());
        thread::spawn(move || {
            while let Ok(request) = server.recv() {
                let response = answer(&root, &request);
                // A browser that has gone away is no fault.
                let _ = request.respond(response);
            }
        });
    }
    Ok(format!("http://{address}/"))
}

fn answer(root: &std::path::Path, request: &Request) -> Response<io::Cursor<Vec<u8>>> {
    let plain = "text/plain; charset=utf-8";
    let (status, kind, body) = if !matches!(request.method(), Method::Get | Method::Head) {
        (405, plain, b"only GET and HEAD\n".to_vec())
    } else if request.url() == "/favicon.ico" {
        // Browsers ask for it unbidden, and log a fault where it is missing; the page names its own icon.
        (204, plain, Vec::new())
    } else {
        match site::locate(root, request.url()).map(|file| fs::read(&file).map(|body| (file, body))) {
            Some(Ok((file, body))) => (200, site::media_type(&file), body),
            Some(Err(_)) => (500, plain, b"can't be read\n".to_vec()),
            None => (404, plain, b"not found\n".to_vec()),
        }
    };
    // Whole, with its length, however long.
    let response = Response::from_data(body).with_status_code(status).with_chunked_threshold(usize::MAX);
    HEADERS
        .into_iter()
        .chain([("Content-Type", kind)])
        .filter_map(|(name, value)| Header::from_bytes(name, value).ok())
        .fold(response, Response::with_header)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpStream;

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
        let silent: Vec<_> = (0..2 * WORKERS).map(|_| TcpStream::connect(host).expect("a connection")).collect();
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
