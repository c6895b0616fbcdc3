//! The serve edge over a real connection, byte by byte.

use super::*;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const PAGE: &str = "<!doctype html><html><head><title>t</title></head><body>ر</body></html>";

struct Demo;

impl Live for Demo {
    fn get(&self, path: &str) -> Option<Served> {
        let served = |text: &str, media_type| Some(Served { bytes: text.as_bytes().to_vec(), media_type });
        match path {
            "index.html" | "en/law/index.html" | "ur/رہ/index.html" => served(PAGE, "text/html"),
            "pages.json" => served("{}", "application/json"),
            "a.png" => served("png", "image/png"),
            "broken/index.html" => panic!("template <x> is broken"),
            _ => None,
        }
    }

    fn not_found(&self, path: &str) -> Vec<u8> {
        format!("<p>nothing at {path}").into_bytes()
    }

    fn problems(&self) -> String {
        "<p>one <bdi lang=\"ur\">ر</bdi></p>".to_owned()
    }
}

fn start() -> Server {
    Server::start(Arc::new(Demo), "127.0.0.1", 0).unwrap()
}

/// Sends a request as it is and reads all of the answer.
fn send(server: &Server, request: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn ask(server: &Server, method: &str, path: &str) -> String {
    send(server, &format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
}

fn get(server: &Server, path: &str) -> String {
    ask(server, "GET", path)
}

fn status(answer: &str) -> &str {
    answer.lines().next().unwrap()
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let (head, _) = answer.split_once("\r\n\r\n").unwrap();
    head.lines().find_map(|line| line.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

/// The page as served: the token carries the process.
fn expected_page(generation: u64) -> String {
    let script = format!(r#"<script src="/_rahnuma/live.js" data-generation="{}-{generation}" defer></script></body>"#, std::process::id());
    PAGE.replace("</head>", r#"<link rel="stylesheet" href="/_rahnuma/live.css"></head>"#).replace("</body>", &script)
}

#[test]
fn a_page_comes_with_strict_headers_and_the_reload_script() {
    let server = start();
    let answer = get(&server, "/");
    assert_eq!(status(&answer), "HTTP/1.1 200 OK");
    assert_eq!(header(&answer, "content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(header(&answer, "cache-control"), Some("no-store"));
    assert_eq!(header(&answer, "x-content-type-options"), Some("nosniff"));
    assert_eq!(header(&answer, "cross-origin-resource-policy"), Some("same-origin"));
    assert_eq!(body(&answer), expected_page(0));
}

#[test]
fn other_files_come_as_they_are() {
    let server = start();
    let json = get(&server, "/pages.json");
    assert_eq!((header(&json, "content-type"), body(&json)), (Some("application/json; charset=utf-8"), "{}"));
    let png = get(&server, "/a.png?v=1");
    assert_eq!((header(&png, "content-type"), body(&png)), (Some("image/png"), "png"));
}

#[test]
fn folders_have_a_slash_and_escapes_are_decoded() {
    let server = start();
    let answer = get(&server, "/en/law?q=%20");
    assert_eq!((status(&answer), header(&answer, "location")), ("HTTP/1.1 307 Temporary Redirect", Some("/en/law/?q=%20")));
    let answer = get(&server, "/ur/%D8%B1%DB%81");
    assert_eq!(header(&answer, "location"), Some("/ur/%D8%B1%DB%81/"));
    assert_eq!(status(&get(&server, "/ur/%D8%B1%DB%81/")), "HTTP/1.1 200 OK");
    let answer = get(&server, "/none%20here/");
    assert_eq!(status(&answer), "HTTP/1.1 404 Not Found");
    assert!(body(&answer).starts_with("<p>nothing at none here/<script "), "{answer}");
}

#[test]
fn paths_that_climb_or_break_are_refused() {
    let server = start();
    for path in
        ["/../index.html", "/%2e%2e/index.html", "/en/%2E%2e/index.html", "/en%2f..%2findex.html", "//index.html", "/..%5cindex.html"]
    {
        assert_eq!(status(&get(&server, path)), "HTTP/1.1 404 Not Found", "{path}");
    }
    for path in ["/index.html%00", "/%zz", "/%ff", "/a%0d%0ab"] {
        assert_eq!(status(&get(&server, path)), "HTTP/1.1 400 Bad Request", "{path}");
    }
}

#[test]
fn strange_hosts_are_refused() {
    let server = start();
    let with = |lines: &str| send(&server, &format!("GET / HTTP/1.1\r\n{lines}Connection: close\r\n\r\n"));
    for host in ["Host: localhost:4000\r\n", "Host: 127.0.0.1\r\n", "Host: 127.9.9.9\r\n", "Host: [::1]:4000\r\n"] {
        assert_eq!(status(&with(host)), "HTTP/1.1 200 OK", "{host}");
    }
    for host in ["Host: evil.example\r\n", "Host: 192.168.1.5:4000\r\n", "Host: localhost\r\nHost: evil.example\r\n", "Host: \r\n", ""] {
        assert_eq!(status(&with(host)), "HTTP/1.1 403 Forbidden", "{host}");
    }
    let absolute = send(&server, "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&absolute), "HTTP/1.1 403 Forbidden");
}

#[test]
fn only_get_and_head_are_answered() {
    let server = start();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"] {
        let answer = ask(&server, method, "/");
        assert_eq!((status(&answer), header(&answer, "allow")), ("HTTP/1.1 405 Method Not Allowed", Some("GET, HEAD")), "{method}");
    }
    let head = ask(&server, "HEAD", "/");
    assert_eq!((status(&head), body(&head)), ("HTTP/1.1 200 OK", ""));
    assert_eq!(header(&head, "content-length"), Some(expected_page(0).len().to_string().as_str()));
    assert_eq!(status(&ask(&server, "HEAD", "/_rahnuma/events")), "HTTP/1.1 200 OK");
}

#[test]
fn a_panic_costs_one_page() {
    let server = start();
    let answer = get(&server, "/broken/");
    assert_eq!(status(&answer), "HTTP/1.1 500 Internal Server Error");
    let said =
        "<p>Making <code>/broken/</code> failed inside Rahnuma. Other pages are not affected.</p><pre>template &lt;x> is broken</pre>";
    assert!(body(&answer).contains(said), "{answer}");
    assert_eq!(status(&get(&server, "/")), "HTTP/1.1 200 OK");
}

#[test]
fn open_pages_are_told_to_reload() {
    let server = start();
    let id = std::process::id();
    let mut waiting = TcpStream::connect(server.address()).unwrap();
    waiting.set_read_timeout(Some(Duration::from_millis(150))).unwrap();
    let request = format!("GET /_rahnuma/events?since={id}-0 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    waiting.write_all(request.as_bytes()).unwrap();
    assert!(waiting.read(&mut [0]).is_err(), "nothing to tell yet");
    server.reload();
    waiting.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut answer = String::new();
    waiting.read_to_string(&mut answer).unwrap();
    assert_eq!(header(&answer, "content-type"), Some("text/event-stream; charset=utf-8"));
    assert_eq!(body(&answer), format!("retry: 250\nid: {id}-1\nevent: reload\ndata: {id}-1\n\n"));
    assert_eq!(body(&get(&server, "/")), expected_page(1));
}

#[test]
fn a_page_of_an_older_generation_or_another_server_is_told_at_once() {
    let server = start();
    server.reload();
    server.reload();
    let id = std::process::id();
    let event = format!("retry: 250\nid: {id}-2\nevent: reload\ndata: {id}-2\n\n");
    assert_eq!(body(&get(&server, &format!("/_rahnuma/events?since={id}-1"))), event);
    assert_eq!(body(&get(&server, "/_rahnuma/events?since=0-2")), event);
    let request =
        format!("GET /_rahnuma/events?since={id}-2 HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: {id}-1\r\nConnection: close\r\n\r\n");
    assert_eq!(body(&send(&server, &request)), event);
}

#[test]
fn the_preview_has_its_own_files() {
    let server = start();
    let script = get(&server, "/_rahnuma/live.js");
    assert_eq!((header(&script, "content-type"), body(&script)), (Some("text/javascript; charset=utf-8"), include_str!("live.js")));
    let styles = get(&server, "/_rahnuma/live.css");
    assert_eq!((header(&styles, "content-type"), body(&styles)), (Some("text/css; charset=utf-8"), include_str!("live.css")));
    assert_eq!(body(&get(&server, "/_rahnuma/problems")), "<p>one <bdi lang=\"ur\">ر</bdi></p>");
    assert_eq!(status(&get(&server, "/_rahnuma/else")), "HTTP/1.1 404 Not Found");
}

#[test]
fn a_port_in_use_is_named_and_a_stopped_server_frees_its_own() {
    let server = start();
    let port = server.address().port();
    let error = Server::start(Arc::new(Demo), "127.0.0.1", port).unwrap_err();
    let other = if port == u16::MAX { 4000 } else { port + 1 };
    assert_eq!(
        error.to_string(),
        format!("port {port} of 127.0.0.1 is in use; end the other program, or take another port: --port {other}")
    );
    // A page that waits for news does not hold the port.
    let mut waiting = TcpStream::connect(server.address()).unwrap();
    waiting.write_all(b"GET /_rahnuma/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    assert_eq!(status(&get(&server, "/")), "HTTP/1.1 200 OK");
    let before = Instant::now();
    server.stop();
    assert!(before.elapsed() < Duration::from_secs(5));
    let again = Server::start(Arc::new(Demo), "127.0.0.1", port).unwrap();
    assert_eq!(status(&get(&again, "/")), "HTTP/1.1 200 OK");
}
