//! A web archive far larger than memory: read page by page, in memory that does not grow
//! with it, and cut off at the end, all but its last page.
//!
//! ```sh
//! REPORTEDLY_ARCHIVE_MB=5120 cargo test --release --test large -- --nocapture
//! REPORTEDLY_ARCHIVE_MB=150 REPORTEDLY_ARCHIVE=/tmp/pages.warc cargo test --release --test large
//! ```
//!
//! reads a larger one, and says how fast; the second leaves it there for other programs.
#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use reportedly::read::{self, Input, Options};

/// How many megabytes the archive has unless the environment says otherwise.
const MEGABYTES: usize = 24;
/// Reading may take so many megabytes beside what the program has anyway.
const MOST_MEGABYTES: usize = 150;
/// What a page of a newspaper has of scripts, in bytes: far more than of text.
const SCRIPTS: usize = 110_000;
const PARAGRAPHS: usize = 14;

/// The paragraphs of the examples.
fn prose() -> Vec<String> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut paragraphs = Vec::new();
    let mut files: Vec<PathBuf> =
        fs::read_dir(examples).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "txt")) {
        let text = fs::read_to_string(file).unwrap();
        let long = text.split("\n\n").filter(|paragraph| paragraph.len() > 150);
        paragraphs.extend(long.map(|paragraph| paragraph.replace('\n', " ")));
    }
    assert!(paragraphs.len() > 30);
    paragraphs
}

/// What surrounds the text of every page: menus, scripts, teasers.
struct Site {
    head: String,
    foot: String,
}

impl Site {
    fn new() -> Self {
        let mut head = String::from("<style>");
        for i in 0..200 {
            let _ = write!(head, ".c{i}>li:hover{{margin:{i}px;color:#{i:06x}}}");
        }
        head.push_str("</style><script>window.state=[");
        while head.len() < SCRIPTS {
            let at = head.len();
            let _ = write!(head, "{{\"id\":{at},\"slug\":\"a-b-{at}\",\"tags\":[1,2,3]}},");
        }
        head.push_str("null]</script></head><body><header><nav><ul>");
        for i in 0..120 {
            let _ = write!(head, "<li class=c{i}><a href=/s/{i}>Section {i}</a></li>");
        }
        head.push_str("</ul></nav></header>");
        let mut foot = String::from("<aside class=related><h2>More stories</h2>");
        for i in 0..40 {
            let _ = write!(
                foot,
                "<div class=teaser><a href=/t/{i}><img src=/i/{i}.jpg alt=''><h3>Another story \
                 of the day, number {i}</h3><p>What it says in one line.</p></a></div>"
            );
        }
        foot.push_str("</aside><footer><p>© The Bay Courier</p></footer></body></html>");
        Self { head, foot }
    }

    fn page(&self, number: usize, prose: &[String]) -> String {
        let mut page = format!(
            "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Story {number} of the \
             bay</title><meta property=og:title content='Story {number} of the bay'><meta \
             property=article:published_time content=2024-05-{:02}T08:00:00Z>",
            1 + number % 28
        );
        page.push_str(&self.head);
        let _ = write!(page, "<main><article><h1>Story {number} of the bay</h1>");
        for i in 0..PARAGRAPHS {
            let paragraph = &prose[(number * 7 + i * (1 + number % 11)) % prose.len()];
            let _ = write!(page, "<p>{paragraph}</p>");
        }
        page.push_str("</article></main>");
        page + &self.foot
    }
}

/// Writes an archive, and says how many pages it has and where the last one begins.
fn write_archive(path: &Path, megabytes: usize) -> (usize, u64) {
    let (site, prose) = (Site::new(), prose());
    let mut file = BufWriter::new(File::create(path).unwrap());
    let (mut pages, mut length, mut last) = (0, 0, 0);
    while length < (megabytes as u64) << 20 {
        let page = site.page(pages, &prose);
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
        let record = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2024-06-01T00:00:00Z\r\n\
             WARC-Target-URI: https://bay.example/{pages}\r\nContent-Type: application/http; \
             msgtype=response\r\nContent-Length: {}\r\n\r\n{head}{page}\r\n\r\n",
            head.len() + page.len()
        );
        file.write_all(record.as_bytes()).unwrap();
        last = length;
        length += record.len() as u64;
        pages += 1;
    }
    file.flush().unwrap();
    (pages, last)
}

/// How many articles are read, and what is said of the rest.
fn read(path: &Path) -> (usize, Vec<String>) {
    let (mut articles, mut errors) = (0, Vec::new());
    for item in read::articles(&[Input::from(path)], &Options::default()) {
        match item {
            Ok(item) => {
                assert!(item.article().text.len() > 2000, "{}", item.article().text);
                articles += 1;
            }
            Err(error) => errors.push(error.to_string()),
        }
    }
    (articles, errors)
}

/// The most memory that this program has had, in megabytes; none where the system does not
/// tell it.
fn most_memory() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: usize = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes >> 10)
}

/// One test, as the memory of the whole program is measured.
#[test]
fn a_large_archive_is_read_in_bounded_memory_as_far_as_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let megabytes =
        std::env::var("REPORTEDLY_ARCHIVE_MB").map_or(MEGABYTES, |n| n.parse().unwrap());
    let kept = std::env::var_os("REPORTEDLY_ARCHIVE").map(PathBuf::from);
    let path = kept.clone().unwrap_or_else(|| folder.path().join("pages.warc"));
    let (pages, last) = write_archive(&path, megabytes);
    let (before, started) = (most_memory(), Instant::now());
    assert_eq!(read(&path), (pages, Vec::new()));
    let seconds = started.elapsed().as_secs_f64();
    let (pages_a_second, rate) = (pages as f64 / seconds, megabytes as f64 / seconds);
    println!("{pages} pages, {megabytes} MB: {pages_a_second:.0} pages, {rate:.1} MB a second");
    if let (Some(before), Some(after)) = (before, most_memory()) {
        println!("memory: {before} MB before, {after} MB at most");
        assert!(after - before < MOST_MEGABYTES);
    }
    if kept.is_none() {
        // The last page is cut off in its middle.
        let end = fs::metadata(&path).unwrap().len();
        File::options().write(true).open(&path).unwrap().set_len(last + (end - last) / 2).unwrap();
        let (articles, errors) = read(&path);
        assert_eq!(articles, pages - 1);
        assert!(matches!(&errors[..], [error] if error.contains("cut off")), "{errors:?}");
    }
}
