//! `reportedly fetch` against a server that the test starts on this machine.
#![cfg(feature = "fetch")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reportedly::read::{self, Input, Options};
use tempfile::TempDir;

/// A request as the server got it: its path, and its other lines.
#[derive(Clone, Debug)]
struct Request {
    path: String,
    headers: String,
    at: Instant,
}

/// What a server answers: the whole of it, from the first line on.
type Answers = fn(&Request, usize) -> String;

/// A server on this machine.
struct Server {
    address: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Starts one; `answers` gets each request and how often its path was asked before.
    fn start(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let seen = Arc::clone(&seen);
                std::thread::spawn(move || serve(stream.unwrap(), &seen, answers));
            }
        });
        Self { address, requests }
    }

    /// The requests for a path.
    fn asked(&self, path: &str) -> Vec<Request> {
        let all = self.requests.lock().unwrap();
        all.iter().filter(|request| request.path == path).cloned().collect()
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Request>>, answers: Answers) {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    if lines.read_line(&mut first).unwrap_or(0) == 0 {
        return;
    }
    let mut headers = String::new();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        headers.push_str(&line.to_lowercase());
    }
    let path = first.split(' ').nth(1).unwrap().to_owned();
    let request = Request { path, headers, at: Instant::now() };
    let before = {
        let mut seen = seen.lock().unwrap();
        let before = seen.iter().filter(|r| r.path == request.path).count();
        seen.push(request.clone());
        before
    };
    // Whoever has seen enough hangs up.
    let _ = stream.write_all(answers(&request, before).as_bytes());
}

/// An answer with a body.
fn ok(kind: &str, more: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n{more}\r\n{body}"
    )
}

fn page(title: &str) -> String {
    let body = format!(
        "<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>\
         <p>Ada Brook sold the ferry in Lisbon on Friday, and its crew stayed on board.</p>\
         <p>Nobody was hurt, the harbour master said in the evening.</p></article></body></html>"
    );
    ok(
        "text/html; charset=utf-8",
        "ETag: \"one\"\r\nLast-Modified: Fri, 31 May 2024 08:00:00 GMT\r\n",
        &body,
    )
}

fn none() -> String {
    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned()
}

/// A place for an archive.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn archive(&self) -> PathBuf {
        self.0.path().join("pages.warc.gz")
    }

    /// Runs `fetch`: its exit code, and all that it says.
    fn fetch(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.archive();
        let quick: &[&str] = if arguments.contains(&"--delay") { &[] } else { &["--delay", "0"] };
        let kept = ["fetch", "-o", output.to_str().unwrap()];
        let output = common::reportedly([&kept[..], quick, arguments].concat());
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    }

    /// The addresses of the articles that were kept.
    fn kept(&self) -> Vec<String> {
        let inputs = [Input::Path(self.archive())];
        let mut all: Vec<String> = read::articles(&inputs, &Options::default())
            .map(|item| item.unwrap().article().url.clone().unwrap())
            .collect();
        all.sort();
        all
    }
}

fn check(done: (Option<i32>, String), code: i32, words: &[&str]) {
    assert_eq!(done.0, Some(code), "{}", done.1);
    for word in words {
        assert!(done.1.contains(word), "no {word:?} in {}", done.1);
    }
}

#[test]
fn a_page_is_kept_and_not_again_while_it_is_the_same() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/ferry" if request.headers.contains("if-none-match: \"one\"") => {
            "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_owned()
        }
        "/ferry" => page("Ferry sold"),
        _ => none(),
    });
    let (place, url) = (Place::new(), format!("{}/ferry", server.address));
    check(place.fetch(&[&url, "--allow-private"]), 0, &["fetched       1", "unchanged     0"]);
    assert_eq!(place.kept(), std::slice::from_ref(&url));
    let size = place.archive().metadata().unwrap().len();
    check(place.fetch(&[&url, "--allow-private"]), 0, &["fetched       0", "unchanged     1"]);
    assert!(place.archive().metadata().unwrap().len() > size, "the visit is noted");
    assert_eq!(place.kept(), [url]);
    let asked = server.asked("/ferry");
    assert!(asked[0].headers.contains("user-agent: reportedly/"), "{asked:?}");
    assert!(asked[1].headers.contains("if-modified-since: fri, 31 may 2024"), "{asked:?}");
    let mut bytes = Vec::new();
    let file = std::fs::File::open(place.archive()).unwrap();
    flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes).unwrap();
    let records = String::from_utf8(bytes).unwrap();
    for part in
        ["WARC-Type: warcinfo", "WARC-Type: response", "WARC-Type: revisit", "WARC-Date: 20"]
    {
        assert!(records.contains(part), "{part}");
    }
}

#[test]
fn own_networks_are_not_asked() {
    let server = Server::start(|_, _| page("Secret"));
    let place = Place::new();
    let url = format!("{}/ferry", server.address);
    check(place.fetch(&[&url]), 1, &["not a public address: 127.0.0.1", "--allow-private"]);
    let by_name = url.replace("127.0.0.1", "localhost");
    check(place.fetch(&[&by_name]), 1, &["not a public address"]);
    check(place.fetch(&["file:///etc/passwd"]), 1, &["no address of a page"]);
    assert!(server.requests.lock().unwrap().is_empty());
}

#[test]
fn robots_are_heeded() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/robots.txt" => ok("text/plain", "", "User-agent: *\nDisallow: /private\n"),
        _ => page("Ferry sold"),
    });
    let place = Place::new();
    let (open, closed) = (format!("{}/a", server.address), format!("{}/private/b", server.address));
    check(place.fetch(&[&open, &closed, "--allow-private"]), 2, &["robots.txt", "fetched       1"]);
    assert_eq!((server.asked("/robots.txt").len(), server.asked("/private/b").len()), (1, 0));
    let broken = Server::start(|_, _| {
        "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned()
    });
    let url = format!("{}/a", broken.address);
    check(place.fetch(&[&url, "--allow-private", "--retries", "0"]), 1, &["robots.txt"]);
    assert!(broken.asked("/a").is_empty());
}

#[test]
fn redirects_are_followed_and_end() {
    let server = Server::start(|request, _| {
        let to = match request.path.as_str() {
            "/old" => "/new",
            "/new" => return page("Ferry sold"),
            "/circle" => "/circle2",
            "/circle2" => "/circle",
            "/out" => "http://10.0.0.1/x",
            "/file" => "file:///etc/passwd",
            path if path.starts_with("/far") => {
                return format!(
                    "HTTP/1.1 302 F\r\nLocation: {path}x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                );
            }
            _ => return none(),
        };
        format!(
            "HTTP/1.1 301 M\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
    });
    let place = Place::new();
    let at = |path: &str| format!("{}{path}", server.address);
    check(place.fetch(&[&at("/old"), "--allow-private"]), 0, &["fetched       1"]);
    assert_eq!(place.kept(), [at("/new")]);
    check(place.fetch(&[&at("/circle"), "--allow-private"]), 1, &["redirects in a circle"]);
    check(
        place.fetch(&[&at("/far"), "--allow-private"]),
        1,
        &["redirects in a circle, or more than"],
    );
    check(place.fetch(&[&at("/file"), "--allow-private"]), 1, &["no address of a page"]);
}

#[test]
fn answers_have_bounds() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/big" => ok("text/html", "", &"<p>big</p>".repeat(100_000)),
        "/slow" => {
            std::thread::sleep(Duration::from_secs(20));
            page("Slow")
        }
        "/cut" => page("Cut").replace("Content-Length: ", "Content-Length: 9"),
        _ => none(),
    });
    let place = Place::new();
    let at = |path: &str| format!("{}{path}", server.address);
    let some = ["--allow-private", "--retries", "0", "--timeout", "3", "--max-size", "100000"];
    let started = Instant::now();
    check(
        place.fetch(&[&[at("/big").as_str()], &some[..]].concat()),
        1,
        &["longer than 100000 bytes"],
    );
    check(place.fetch(&[&[at("/slow").as_str()], &some[..]].concat()), 1, &["/slow: "]);
    check(place.fetch(&[&[at("/cut").as_str()], &some[..]].concat()), 1, &["/cut: "]);
    check(place.fetch(&[&[at("/gone").as_str()], &some[..]].concat()), 1, &["answers with 404"]);
    assert!(started.elapsed() < Duration::from_secs(18), "{:?}", started.elapsed());
}

#[test]
fn bad_moments_pass() {
    let server = Server::start(|request, before| match request.path.as_str() {
        "/ferry" if before < 2 => "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\
             Connection: close\r\n\r\n"
            .to_owned(),
        "/ferry" => page("Ferry sold"),
        _ => none(),
    });
    let place = Place::new();
    let url = format!("{}/ferry", server.address);
    check(place.fetch(&[&url, "--allow-private"]), 0, &["fetched       1"]);
    assert_eq!(server.asked("/ferry").len(), 3);
}

#[test]
fn hosts_are_given_time() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/robots.txt" => none(),
        _ => page("Ferry sold"),
    });
    let place = Place::new();
    let (a, b) = (format!("{}/a", server.address), format!("{}/b", server.address));
    check(place.fetch(&[&a, &b, "--allow-private", "--delay", "1.5"]), 0, &["fetched       2"]);
    let pause = server.asked("/b")[0].at - server.asked("/a")[0].at;
    assert!(pause >= Duration::from_millis(1400), "{pause:?}");
}

#[test]
fn feeds_and_lists_of_them_lead_to_pages() {
    let server = Server::start(|request, _| {
        let host = request.headers.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
        let host = host.trim();
        match request.path.as_str() {
            "/feed" => ok(
                "application/rss+xml",
                "",
                &format!(
                    "<?xml version='1.0'?><rss version='2.0'><channel><title>Bay</title><item><title>x\
                     </title><link>http://{host}/a</link></item><item><title>y</title><link>\
                     http://{host}/b</link></item></channel></rss>"
                ),
            ),
            "/robots.txt" => none(),
            _ => page("Ferry sold"),
        }
    });
    let place = Place::new();
    let feed = format!("{}/feed", server.address);
    check(place.fetch(&[&feed, "--allow-private"]), 0, &["fetched       3"]);
    let pages = [format!("{}/a", server.address), format!("{}/b", server.address)];
    assert_eq!(place.kept(), pages);
    let list = place.0.path().join("feeds.opml");
    let outline = format!(
        "<opml version='2.0'><body><outline text='Bay'><outline xmlUrl='{feed}'/></outline></body></opml>"
    );
    std::fs::write(&list, outline).unwrap();
    let other = Place::new();
    check(
        other.fetch(&["--list", list.to_str().unwrap(), "--allow-private"]),
        0,
        &["fetched       3"],
    );
    let lines = place.0.path().join("list.txt");
    std::fs::write(&lines, format!("# pages\n{}\n\n", pages[1])).unwrap();
    let other = Place::new();
    check(
        other.fetch(&["--list", lines.to_str().unwrap(), "--allow-private"]),
        0,
        &["fetched       1"],
    );
    assert_eq!(other.kept(), pages[1..]);
    // A column of a table.
    let table = place.0.path().join("list.csv");
    std::fs::write(&table, format!("title,url\nFerry sinks,{}\n", pages[1])).unwrap();
    let other = Place::new();
    check(
        other.fetch(&["--list", table.to_str().unwrap(), "--allow-private"]),
        0,
        &["fetched       1"],
    );
    assert_eq!(other.kept(), pages[1..]);
}

#[test]
fn an_archive_that_is_cut_off_stays_as_it_is() {
    let place = Place::new();
    std::fs::write(place.archive(), b"WARC/1.1\r\nContent-Length: 99\r\n\r\ncut").unwrap();
    check(place.fetch(&["https://bay.example/f"]), 1, &["cannot be read", "give -o another name"]);
    assert_eq!(std::fs::read(place.archive()).unwrap().len(), 35);
}
