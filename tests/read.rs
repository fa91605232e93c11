//! The reader over real files: formats, compression, folders, ids, and every
//! way in which an input can be bad.
#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use reportedly::read::{self, Input, Item, Options};
use reportedly::text::{Article, BlockKind};

/// A folder with files that live as long as the test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn input(&self, name: &str) -> Input {
        Input::Path(self.path(name))
    }

    /// What reading gives: the id of each article or the error, without the
    /// folder's own path.
    fn read(&self, names: &[&str]) -> Vec<String> {
        let inputs: Vec<_> = names.iter().map(|n| self.input(n)).collect();
        let own = format!("{}/", self.0.path().display());
        read::articles(&inputs, &Options::default())
            .map(|item| match item {
                Ok(item) => item.article().id.to_string(),
                Err(error) => format!("error: {error}").replace(&own, ""),
            })
            .collect()
    }
}

fn article(item: Item) -> Article {
    item.article().clone()
}

fn one(name: &str, bytes: &[u8]) -> Article {
    let folder = Folder::new(&[(name, bytes)]);
    let mut items = read::articles(&[folder.input(name)], &Options::default());
    article(items.next().unwrap().unwrap())
}

/// One bad file gives one error that begins like this, and the file after it is read.
fn check_bad(name: &str, bytes: &[u8], expected: &str) {
    let folder = Folder::new(&[(name, bytes), ("zz.txt", b"A ferry sank.")]);
    let read = folder.read(&[name, "zz.txt"]);
    let error = read.first().unwrap().strip_prefix("error: ").unwrap_or("no error");
    assert!(error.starts_with(expected), "{error}");
    assert_eq!(read.last().map(String::as_str), Some("zz"), "{read:?}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const STORY: &str = "Title: Ferry sinks\nPublisher: Bay Gazette\nAuthor: By Ann Lee\n\
                     Date: 22 May 2022\nURL: https://bay.example/ferry\n\n\
                     A ferry sank in the harbour.\n\nNobody was hurt.\n";

#[test]
fn a_header_is_taken_off_and_the_title_put_in_front() {
    let story = one("ferry.txt", STORY.as_bytes());
    assert_eq!(story.text, "Ferry sinks\n\nA ferry sank in the harbour.\n\nNobody was hurt.\n");
    assert_eq!(story.title.as_deref(), Some("Ferry sinks"));
    assert_eq!(story.publisher.as_deref(), Some("Bay Gazette"));
    assert_eq!(story.byline.as_deref(), Some("Ann Lee"));
    assert_eq!(story.url.as_deref(), Some("https://bay.example/ferry"));
    assert_eq!(story.published.map(|p| p.day().to_string()), Some("2022-05-22".into()));
    assert_eq!(story.language, "en");
    let kinds: Vec<_> = story.blocks.iter().map(|b| b.kind).collect();
    assert_eq!(kinds, [BlockKind::Title, BlockKind::Paragraph, BlockKind::Paragraph]);
}

#[test]
fn every_wrapping_gives_the_same_article() {
    let plain = one("ferry.txt", STORY.as_bytes());
    assert_eq!(one("ferry.txt.gz", &gzip(STORY.as_bytes())), plain);
    let zstd = zstd::encode_all(STORY.as_bytes(), 3).unwrap();
    assert_eq!(one("ferry.txt.zst", &zstd), plain);
    assert_eq!(one("ferry.txt", STORY.replace('\n', "\r\n").as_bytes()), plain);
    assert_eq!(one("ferry.txt", format!("\u{FEFF}{STORY}").as_bytes()), plain);
    let utf16: Vec<u8> =
        format!("\u{FEFF}{STORY}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(one("ferry.txt", &utf16), plain);
}

#[test]
fn markdown_is_read_as_a_reader_sees_it() {
    let text = "---\npublisher: Bay Gazette\n---\n# Ferry *sinks*\n\nA [ferry](x.html) sank.\n\n\
                * one\n* two\n\nBy Ann Lee\n";
    let story = one("ferry.md", text.as_bytes());
    assert_eq!(story.text, "Ferry sinks\n\nA ferry sank.\n\none\n\ntwo\n\nBy Ann Lee");
    let kinds: Vec<_> = story.blocks.iter().map(|b| b.kind).collect();
    use BlockKind::{Boilerplate, Item, Paragraph, Title};
    assert_eq!(kinds, [Title, Paragraph, Item, Item, Boilerplate]);
    assert_eq!(story.byline.as_deref(), Some("Ann Lee"));
}

#[test]
fn json_lines_know_many_names_of_fields() {
    let lines = concat!(
        r#"{"id": "a1", "headline": "Ferry sinks", "source": {"id": null, "name": "Bay Gazette"},"#,
        r#" "authors": ["Ann Lee", "Bo Day"], "publishedAt": "2022-05-22T10:00:00Z","#,
        r#" "content": "A ferry sank.\r\nNobody was hurt.", "tags": ["sea"]}"#,
        "\n\n",
        r#"{"link": "https://www.bay.example/2022/05/23/quay?x=1", "body": "A quay broke."}"#,
        "\n",
        r#"{"paragraphs": ["A crane fell.", "It was old."], "date": 1653177600}"#,
    );
    let folder = Folder::new(&[("news.jsonl", lines.as_bytes())]);
    let items = read::articles(&[folder.input("news.jsonl")], &Options::default());
    let all: Vec<Article> = items.map(|i| article(i.unwrap())).collect();
    let [first, second, third] = all.as_slice() else { panic!("{}", all.len()) };
    assert_eq!(first.id.as_str(), "a1");
    assert_eq!(first.publisher.as_deref(), Some("Bay Gazette"));
    assert_eq!(first.byline.as_deref(), Some("Ann Lee, Bo Day"));
    assert_eq!(first.text, "Ferry sinks\n\nA ferry sank.\nNobody was hurt.");
    assert!(second.id.as_str().starts_with("bay.example-2022-05-23-quay-"), "{}", second.id);
    assert_eq!(second.published.map(|p| p.day().to_string()), Some("2022-05-23".into()));
    assert!(third.id.as_str().starts_with("news-"), "{}", third.id);
    assert_eq!(third.text, "A crane fell.\n\nIt was old.");
    assert_eq!(third.published.map(|p| p.day().to_string()), Some("2022-05-22".into()));
}

#[test]
fn conllu_gives_documents() {
    let conllu = "# newdoc id = ferry\n# sent_id = 1\n# text = It sank.\n\
                  1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n\
                  2\tsank\tsink\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n\
                  3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";
    let folder = Folder::new(&[("x.conllu", conllu.as_bytes()), ("y", conllu.as_bytes())]);
    for name in ["x.conllu", "y"] {
        let mut items = read::articles(&[folder.input(name)], &Options::default());
        let Some(Ok(Item::Document(document))) = items.next() else { panic!("no document") };
        assert_eq!(document.article.id.as_str(), "ferry");
        assert_eq!(document.article.text.trim_end(), "It sank.");
        assert_eq!(document.tokens.len(), 3);
    }
    check_bad("x.conllu", b"1\ttoo\tfew\n\n", "x.conllu, line 1: 3 columns");
}

#[test]
fn folders_are_read_in_the_order_of_their_names() {
    let folder = Folder::new(&[
        ("b.txt", b"Two."),
        ("a/z.md", b"One."),
        ("c.jsonl", br#"{"id": "three", "text": "Three."}"#),
        (".hidden.txt", b"Not this."),
        ("picture.png", b"\x89PNG\0"),
        ("notes", b"Nor this."),
    ]);
    assert_eq!(folder.read(&[""]), ["z", "b", "three"]);
    assert_eq!(folder.read(&["notes"]), ["notes"]);
}

#[test]
fn ids_do_not_depend_on_the_order_of_the_inputs() {
    let files: [(&str, &[u8]); 3] =
        [("a/x.txt", b"One."), ("b/x.txt", b"Two."), ("y.txt", b"Three.")];
    let folder = Folder::new(&files);
    let forth = folder.read(&["a", "b", "y.txt"]);
    let mut back = folder.read(&["y.txt", "b/x.txt", "a/x.txt"]);
    back.reverse();
    assert_eq!(forth, back);
    let [first, second, third] = forth.as_slice() else { panic!("{forth:?}") };
    assert!(first.starts_with("x-") && second.starts_with("x-") && first != second, "{forth:?}");
    assert_eq!(third, "y");
}

#[test]
fn bad_inputs_are_named_with_what_to_do() {
    check_bad("a.txt", b"", "a.txt: empty");
    check_bad("a.txt", b" \n \n", "a.txt: empty");
    check_bad("a.txt", b"Title: Ferry\nDate: 2022-05-22\n\n", "a.txt: a header, but no text");
    check_bad("a.txt", b"\xFF\xFEH\0i", "a.txt: byte 4 is not UTF-16; convert it");
    check_bad("a.txt", b"\x7FELF\x02\0\0\xFF", "a.txt: byte 5 is zero");
    check_bad("a.doc", b"Hello", "a.doc: a word processor's file is not read");
    check_bad("a.html", b"<nav><a href=/>Home</a></nav>", "a.html: no article found in it");
    check_bad("a.xml", b"<settings><a>1</a></settings>", "a.xml: XML of no kind that is read");
    check_bad("a.rss", b"<rss><channel>", "a.rss: no article found in it");
    check_bad("a.json", b"{\"articles\": [", "a.json: this JSON document cannot be read");
    check_bad(
        "a.csv",
        b"name,age\nAnn,31\n",
        "a.csv: no column is called text, body or content; its columns are name, age; name",
    );
    check_bad("a.zip", b"PK\x03\x04 cut off", "a.zip: this ZIP file cannot be read");
    check_bad("a.warc", b"WARC/1.0\r\nContent-Length: 9\r\n\r\ncut", "a.warc: this web archive");
    check_bad("a.txt.gz", &gzip(STORY.as_bytes())[..40], "a.txt.gz: damaged or cut off");
    check_bad("a.txt", &vec![b'a'; 50_000_000], "a.txt: longer than 16777216 bytes");
    check_bad("a.txt.gz", &gzip(&vec![b'a'; 50_000_000]), "a.txt.gz: longer than 16777216 bytes");
    let folder = Folder::new(&[("other.txt", b"A ferry sank."), ("none/x.png", b"")]);
    assert_eq!(
        folder.read(&["missing.txt", "none", "other.txt"]),
        [
            "error: missing.txt: no such file or folder; check the spelling, or the folder you are in",
            "error: none: no articles in this folder; `reportedly build --help` lists the kinds of \
             files that are read",
            "other",
        ]
    );
}

#[cfg(unix)]
#[test]
fn what_may_not_be_opened_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new(&[("locked/a.txt", b"A ferry sank."), ("b.txt", b"Nobody was hurt.")]);
    let forbid = |mode| {
        fs::set_permissions(folder.path("locked"), fs::Permissions::from_mode(mode)).unwrap();
    };
    forbid(0o000);
    let read = folder.read(&["locked", "b.txt"]);
    let root = fs::read_dir(folder.path("locked")).is_ok();
    forbid(0o755);
    if root {
        eprintln!("skipped: this user may open everything");
        return;
    }
    assert!(read[0].starts_with("error: locked: this folder cannot be listed"), "{read:?}");
    assert_eq!(read[1], "b");
}

#[test]
fn one_bad_line_does_not_spoil_the_others() {
    let mut lines =
        b"{\"id\": \"a\", \"text\": \"One.\"}\n{\"id\": \"b\", \"text\": \n[1, 2]\n".to_vec();
    lines.extend(b"{\"id\": \"c\", \"title\": \"No text\"}\n{\"id\": \"d\", \"text\": \"");
    lines.extend(vec![b'a'; 17 << 20]);
    lines.extend(
        b"\"}\n{\"id\": \"a\", \"text\": \"Again.\"}\n\xFF\n{\"id\": \"e\", \"text\": \"Last.\"}",
    );
    let folder = Folder::new(&[("n.jsonl", &lines)]);
    assert_eq!(
        folder.read(&["n.jsonl"]),
        [
            "a",
            "error: n.jsonl, line 2: not a JSON object: EOF while parsing a value at column 20; \
             the lines after it are read",
            "error: n.jsonl, line 3: not a JSON object: an array instead of {…}; the lines after \
             it are read",
            "error: n.jsonl, line 4: no text; its columns are id, title; name the one of the text with \
             --map text=COLUMN",
            "error: n.jsonl, line 5: longer than 16777216 bytes; the lines after it are read",
            "error: n.jsonl, line 6: the id \"a\" is taken by n.jsonl, line 1; the first is kept; \
             give one of them another id",
            "error: n.jsonl, line 7: not a JSON object: expected value at column 1; the lines \
             after it are read",
            "e",
        ]
    );
}

/// Title, author, day and address of the only article of a file, and its blocks.
fn known(name: &str, bytes: &[u8]) -> String {
    let article = one(name, bytes);
    let day = article.published.map(|p| p.day().to_string());
    let facts = [article.title.clone(), article.byline.clone(), day, article.url.clone()];
    let facts = facts.map(|fact| fact.unwrap_or("-".into())).join(" | ");
    let blocks = article.blocks.iter().filter(|b| b.kind != BlockKind::Title);
    let blocks = blocks.map(|b| b.span.slice(&article.text).to_owned()).collect::<Vec<_>>();
    format!("{facts} | {}", blocks.join(" / "))
}

const KNOWN: &str = "Ferry sinks | Ann Lee | 2022-05-22 | https://bay.example/f | \
                     A ferry sank in the harbour on Sunday, and its crew was saved. / \
                     Nobody was hurt, the harbour master said in the evening.";

const PAGE: &str = "<!DOCTYPE html><html><head><title>Ferry sinks - Bay Gazette</title>\
    <meta property=og:site_name content='Bay Gazette'><meta name=author content='Ann Lee'>\
    <meta property=article:published_time content=2022-05-22T10:00:00Z>\
    <link rel=canonical href=https://bay.example/f></head><body><nav><a href=/>Home</a></nav>\
    <article><h1>Ferry sinks</h1><p>A ferry sank in the harbour on Sunday, and its crew was saved.\
    <p>Nobody was hurt, the harbour master said in the evening.</article></body></html>";

const BODY: &str = "<p>A ferry sank in the harbour on Sunday, and its crew was saved.</p>\
                    <p>Nobody was hurt, the harbour master said in the evening.</p>";

#[test]
fn pages_are_pages_whatever_they_are_called() {
    for name in ["page.html", "page.txt", "page", "page.php"] {
        assert_eq!(known(name, PAGE.as_bytes()), KNOWN, "{name}");
    }
    let saved = format!(
        "From: <Saved by Blink>\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\nContent-Type: \
         multipart/related; type=\"text/html\"; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: \
         text/html\r\n\r\n{PAGE}\r\n--b1--\r\n"
    );
    assert_eq!(known("page.mhtml", saved.as_bytes()), KNOWN);
}

#[test]
fn feeds_are_read_entry_by_entry() {
    let escaped = BODY.replace('<', "&lt;");
    let rss = format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='c' xmlns:dc='d'><channel>\
         <title>Bay Gazette</title><item><title>Ferry sinks</title><link>https://bay.example/f\
         </link><dc:creator>Ann Lee</dc:creator><pubDate>Sun, 22 May 2022 10:00:00 GMT</pubDate>\
         <description>Short.</description><content:encoded><![CDATA[{BODY}]]></content:encoded>\
         </item></channel></rss>"
    );
    assert_eq!(known("feed.rss", rss.as_bytes()), KNOWN);
    let atom = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Bay Gazette</title><entry><title>Ferry \
         sinks</title><link href='https://bay.example/f'/><author><name>Ann Lee</name></author>\
         <published>2022-05-22T10:00:00Z</published><content type='html'>{escaped}</content>\
         </entry></feed>"
    );
    assert_eq!(known("feed.xml", atom.as_bytes()), KNOWN);
}

#[test]
fn news_agencies_formats_are_read_and_killed_items_are_not() {
    let nitf = format!(
        "<nitf><head><docdata><date.issue norm='20220522T100000Z'/></docdata></head><body>\
         <body.head><hedline><hl1>Ferry sinks</hl1></hedline><byline>By <person>Ann Lee</person>\
         </byline></body.head><body.content>{BODY}</body.content></body></nitf>"
    );
    let expected = KNOWN.replace("https://bay.example/f", "-");
    assert_eq!(known("a.xml", nitf.as_bytes()), expected);
    let item = |status: &str| {
        format!(
            "<newsItem guid='urn:x:1' version='2'><itemMeta><pubStatus qcode='stat:{status}'/>\
             </itemMeta><contentMeta><headline>Ferry sinks</headline><by>Ann Lee</by>\
             <contentCreated>2022-05-22T10:00:00Z</contentCreated></contentMeta><contentSet>\
             <inlineXML><html><body>{BODY}</body></html></inlineXML></contentSet></newsItem>"
        )
    };
    assert_eq!(known("a.xml", item("usable").as_bytes()), expected);
    check_bad("a.xml", item("canceled").as_bytes(), "a.xml: \"urn:x:1\" is killed by its provider");
    let ninjs = serde_json::json!({
        "uri": "urn:x:1", "headline": "Ferry sinks", "byline": "Ann Lee",
        "versioncreated": "2022-05-22T10:00:00Z", "body_xhtml": BODY,
    });
    assert_eq!(known("a.json", format!("{ninjs:#}").as_bytes()), expected);
}

#[test]
fn tables_and_lists_hold_an_article_a_row() {
    let table = "title;author;date;url;text\n\"Ferry sinks\";Ann Lee;20220522;https://bay.example/f;\
                 \"A ferry sank in the harbour on Sunday, and its crew was saved.\n\n\
                 Nobody was hurt, the harbour master said in the evening.\"\n";
    assert_eq!(known("a.csv", table.as_bytes()), KNOWN);
    assert_eq!(known("a.txt", table.as_bytes()), KNOWN);
    let text = "A ferry sank in the harbour on Sunday, and its crew was saved.\n\n\
                Nobody was hurt, the harbour master said in the evening.";
    let list = serde_json::json!([{
        "title": "Ferry sinks", "author": "Ann Lee", "date": 20_220_522,
        "url": "https://bay.example/f", "text": text,
    }]);
    assert_eq!(known("a.json", list.to_string().as_bytes()), KNOWN);
}

/// What reading a file gives, with columns named as a user names them.
fn mapped(name: &str, text: &str, columns: &str) -> Result<Article, String> {
    let folder = Folder::new(&[(name, text.as_bytes())]);
    let mut options = Options::default();
    options.columns = columns.parse().unwrap();
    let mut items = read::articles(&[folder.input(name)], &options);
    items.next().unwrap().map(article).map_err(|error| error.to_string())
}

#[test]
fn columns_are_named_by_the_user() {
    let map = "text=story,title=kicker,byline=desk.name,date=seen";
    let table = "kicker,seen,story\nFerry sinks,2022-05-22,A ferry sank in the harbour.\n";
    let read = mapped("a.csv", table, "text=story,title=kicker,date=seen").unwrap();
    assert_eq!(read.text, "Ferry sinks\n\nA ferry sank in the harbour.");
    assert_eq!(read.published.map(|p| p.day().to_string()), Some("2022-05-22".into()));
    let line = r#"{"kicker": "Ferry sinks", "title": "x", "story": "A ferry sank.", "desk": {"name": "Ann Lee"}}"#;
    let read = mapped("a.jsonl", line, map).unwrap();
    assert_eq!(
        (read.title.as_deref(), read.byline.as_deref()),
        (Some("Ferry sinks"), Some("Ann Lee"))
    );
    let error = mapped("a.csv", table, "text=storey").unwrap_err();
    assert!(
        error.contains("no column \"storey\", perhaps \"story\"; it has kicker, seen, story"),
        "{error}"
    );
    let long =
        format!(r#"{{"kicker": "x", "account": "{}"}}"#, "A ferry sank in the harbour. ".repeat(3));
    let error = mapped("a.jsonl", &long, "").unwrap_err();
    assert!(
        error.contains(
            "line 1: no text; its columns are kicker, account; perhaps --map text=account"
        ),
        "{error}"
    );
}

#[test]
fn rows_and_messages_have_a_bound() {
    let long = "a".repeat(40 << 20);
    let table = format!("title,text\nFerry,A ferry sank.\nLong,{long}\nCrane,A crane fell.\n");
    let letter = "From ann Sun May 22 10:00:00 2022\nSubject: Ferry\nMessage-ID: <1@b.example>\n\n";
    let letters =
        format!("{letter}A ferry sank.\n\n{letter}{}\n\n{letter}It rose.\n", long.repeat(2));
    let letters = letters.replacen("<1@", "<2@", 1);
    let folder = Folder::new(&[("a.csv", table.as_bytes()), ("a.mbox", letters.as_bytes())]);
    let read = folder.read(&["a.csv"]);
    let [_, error] = read.as_slice() else { panic!("{read:?}") };
    assert!(error.starts_with("error: a.csv, line 3: longer than 16777216 bytes"), "{error}");
    let read = folder.read(&["a.mbox"]);
    let [first, error, last] = read.as_slice() else { panic!("{read:?}") };
    assert!(!first.starts_with("error") && !last.starts_with("error"), "{read:?}");
    assert!(error.starts_with("error: a.mbox, message 2: longer than"), "{error}");
}

#[test]
fn mail_is_read_without_what_it_quotes() {
    let mail = "From: Ann Lee <ann@bay.example>\r\nTo: desk@bay.example\r\nSubject: Ferry sinks\r\n\
                Date: Sun, 22 May 2022 10:00:00 +0000\r\nMessage-ID: <1@bay.example>\r\n\r\n\
                A ferry sank in the harbour on Sunday, and its crew was saved.\r\n\r\n\
                Nobody was hurt, the harbour master said in the evening.\r\n\r\n\
                On Saturday the desk wrote:\r\n> Anything new?\r\n-- \r\nAnn\r\n";
    let expected = KNOWN.replace("https://bay.example/f", "-");
    assert_eq!(known("a.eml", mail.as_bytes()), expected);
    let letters = format!("From ann Sun May 22 10:00:00 2022\n{}\n", mail.replace("\r\n", "\n"));
    assert_eq!(known("a.mbox", letters.as_bytes()), expected);
}

/// A PDF file whose one page is drawn like this.
fn pdf(drawing: &str) -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R\
         /Resources<</Font<</F 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{drawing}\nendstream", drawing.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = "xref\n0 6\n0000000000 65535 f \n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj {object} endobj\n", at + 1);
    }
    let start = file.len();
    file += &format!("{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}

/// Lines of a page, each with its place and size.
fn drawn(lines: &[(u32, u32, u32, &str)]) -> String {
    let line = |(x, y, size, words): &(u32, u32, u32, &str)| {
        format!("BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n")
    };
    lines.iter().map(line).collect()
}

#[test]
fn pages_of_pdf_are_read_column_by_column() {
    let page = drawn(&[
        (220, 470, 10, "Nobody was hurt, the harbour"),
        (220, 458, 10, "master said in the evening. Two"),
        (220, 446, 10, "tugs brought the passengers in."),
        (40, 530, 20, "Ferry sinks off the harbour"),
        (40, 470, 10, "A ferry sank in the harbour on"),
        (40, 458, 10, "Sunday, and its crew was res-"),
        (40, 446, 10, "cued by a well-known pilot."),
        (200, 20, 8, "3"),
    ]);
    let article = one("a.pdf", &pdf(&page));
    assert_eq!(article.title.as_deref(), Some("Ferry sinks off the harbour"));
    let body = "A ferry sank in the harbour on Sunday, and its crew was rescued by a well-known \
                pilot.\n\nNobody was hurt, the harbour master said in the evening. Two tugs brought \
                the passengers in.";
    assert_eq!(article.text, format!("Ferry sinks off the harbour\n\n{body}"));
}

#[test]
fn pdf_without_text_is_refused_by_name() {
    let picture = pdf("0.5 g 40 40 340 500 re f");
    check_bad("a.pdf", &picture, "a.pdf: its pages are pictures, without text; recognise it first");
    check_bad("a.pdf", b"%PDF-1.4 cut", "a.pdf: this PDF cannot be read: it is damaged");
}

#[test]
fn documents_are_read_with_their_properties() {
    let rtf = br"{\rtf1\ansi{\info{\title Ferry sinks}{\author Ann Lee}}A ferry sank in the harbour on \
                 Sunday, and its crew was saved.\par Nobody was hurt, the harbour master said in the \
                 evening.}";
    assert!(known("a.rtf", rtf).starts_with("Ferry sinks | Ann Lee | - | - | A ferry sank"));
    let docx = zipped(&[
        (
            "word/document.xml",
            "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>A ferry sank in the \
          harbour on Sunday, and its crew</w:t></w:r><w:r><w:t> was saved.</w:t></w:r></w:p><w:p>\
          <w:del><w:r><w:delText>No.</w:delText></w:r></w:del><w:r><w:t>Nobody was hurt, the harbour \
          master said in the evening.</w:t></w:r></w:p></w:body></w:document>",
        ),
        (
            "docProps/core.xml",
            "<p xmlns:dc='d'><dc:title>Ferry sinks</dc:title><dc:creator>Ann Lee\
          </dc:creator></p>",
        ),
    ]);
    let expected = KNOWN.replace("2022-05-22 | https://bay.example/f", "- | -");
    assert_eq!(known("a.docx", &docx), expected);
}

/// A ZIP file of some members.
fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, text) in members {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*path, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A record of a web archive, cut into chunks.
fn record(address: &str, page: &str) -> String {
    let body = format!("{:x}\r\n{page}\r\n0\r\n\r\n", page.len());
    let http = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\
         \r\n\r\n{body}"
    );
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Type: \
         application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    )
}

#[test]
fn archives_are_read_member_by_member() {
    let other = PAGE.replace("bay.example/f", "bay.example/g");
    let warc = record("https://bay.example/f", PAGE) + &record("https://bay.example/g", &other);
    assert_eq!(known("a.warc", warc.as_bytes()), KNOWN);
    let cut = &warc.as_bytes()[..warc.len() - 200];
    let folder = Folder::new(&[
        ("cut.warc.gz", &gzip(cut)),
        ("b.zip", &zipped(&[("in/x.txt", "A crane fell."), ("y.html", &other), ("z.png", "-")])),
    ]);
    let read = folder.read(&["cut.warc.gz", "b.zip"]);
    let [first, broken, text, page] = read.as_slice() else { panic!("{read:?}") };
    assert!(first.starts_with("bay.example-f-"), "{first}");
    assert!(broken.contains("cut off within a record; the 1 records before are read"), "{broken}");
    assert!(text.starts_with("x-"), "{text}");
    assert!(page.starts_with("bay.example-g-"), "{page}");
}

#[test]
fn tar_is_read_as_a_stream() {
    let mut tar = Vec::new();
    for (name, text) in [("in/x.txt", "A crane fell."), ("y.html", PAGE)] {
        let mut header = vec![0; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", text.len()).as_bytes());
        header[156] = b'0';
        header[257..262].copy_from_slice(b"ustar");
        header[148..156].copy_from_slice(b"        ");
        let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        tar.extend(header);
        tar.extend(text.as_bytes());
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    let folder = Folder::new(&[("a.tar.gz", &gzip(&tar)), ("cut.tar", &tar[..700])]);
    let read = folder.read(&["a.tar.gz"]);
    assert!(
        matches!(read.as_slice(), [x, y] if x.starts_with("x-") && y.starts_with("bay.example-f-")),
        "{read:?}"
    );
    assert!(folder.read(&["cut.tar"]).last().unwrap().starts_with("error: "));
}

#[test]
fn bombs_and_nests_are_refused() {
    let bomb = "a".repeat(17 << 20);
    let zip = zipped(&[("a.txt", &bomb), ("b.txt", "A crane fell.")]);
    let folder = Folder::new(&[("a.zip", &zip)]);
    let read = folder.read(&["a.zip"]);
    assert!(read[0].contains("a.txt: longer than"), "{read:?}");
    assert!(read[1].starts_with("b-"), "{read:?}");
    let mut nest = zipped(&[("x.txt", "A crane fell.")]);
    for _ in 0..5 {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        writer.start_file("n.zip", zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&nest).unwrap();
        nest = writer.finish().unwrap().into_inner();
    }
    check_bad("n.zip", &nest, "n.zip!n.zip!n.zip!n.zip!n.zip: too many archives in each other");
}

#[test]
fn what_is_no_english_article_is_refused_by_name() {
    let french = "Le capitaine du port a déclaré vendredi que les deux bateaux avaient été contrôlés \
                  au printemps et qu’aucun défaut n’avait été trouvé. Personne n’a été blessé, et la \
                  ligne rouvre dans une semaine, selon le propriétaire, dès que les plongeurs auront \
                  examiné les coques.";
    check_bad("a.txt", french.as_bytes(), "a.txt: not English but French; skipped");
    let log = "2022-05-22 10:00:01 INFO started\n2022-05-22 10:00:02 WARN slow\n".repeat(4);
    check_bad("a.txt", log.as_bytes(), "a.txt: a log, no article");
    let latin = b"They had a caf\xE9 au lait in Besan\xE7on, \x93as ever\x94, and left.";
    assert_eq!(
        one("a.txt", latin).text,
        "They had a café au lait in Besançon, “as ever”, and left."
    );
}

/// What holds of every article, whatever it was made of.
fn check_article(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        let range = block.span.range();
        assert!(range.start >= end, "blocks overlap: {:?}", article.blocks);
        let between = article.text.get(end..range.start).expect("a character boundary");
        assert!(between.trim().is_empty(), "left out: {between:?}");
        let words = article.text.get(range.clone()).expect("a character boundary");
        assert!(!words.is_empty() && words.trim() == words, "blanks around: {words:?}");
        end = range.end;
    }
    assert!(article.text.get(end..).expect("a character boundary").trim().is_empty());
    let titles = article.blocks.iter().filter(|b| b.kind == BlockKind::Title).count();
    assert!(titles <= 1, "{titles} titles");
    assert_eq!(titles == 1, article.title.is_some());
}

fn check_reading(name: &str, bytes: &[u8]) {
    let folder = Folder::new(&[(name, bytes)]);
    for item in read::articles(&[folder.input(name)], &Options::default()) {
        match item {
            Ok(item) => check_article(item.article()),
            Err(error) => assert!(error.to_string().contains(name), "{error}"),
        }
    }
}

/// Lines as articles have them, and as they do not.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => "[A-Z][a-z]{1,8}( [a-z“”’]{1,9}){0,12}[.?]?",
        1 => "(Title|Date|URL|Author): .{0,20}",
        1 => "(By|Photo:|Read more:|©|Leave a Reply|- |\\* |1\\. |# |> |    |---|\\|) ?[A-Za-z ]{0,20}",
        1 => ".{0,40}",
        2 => "",
    ];
    proptest::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for name in [
            "a.txt", "a.md", "a.jsonl", "a.conllu", "a.txt.gz", "a", "a.html", "a.mhtml", "a.json", "a.csv",
            "a.rss", "a.xml", "a.warc", "a.zip", "a.tar", "a.rtf", "a.eml", "a.mbox", "a.pdf",
        ] {
            check_reading(name, &bytes);
        }
    }

    #[test]
    fn any_text_is_laid_out(text in lines()) {
        check_reading("a.txt", text.as_bytes());
        check_reading("a.md", text.as_bytes());
        check_reading("a.html", format!("<p>{}</p>", text.replace('\n', "<p>")).as_bytes());
        check_reading("a.rtf", format!("{{\\rtf1 {text}}}").as_bytes());
        check_reading("a.csv", format!("title,text\n{text}").as_bytes());
        let line = serde_json::json!({ "title": text.lines().next(), "text": text }).to_string();
        check_reading("a.jsonl", line.as_bytes());
    }
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn development_texts_are_laid_out_whole() {
    let seeds = common::shared("data/seeds");
    let items = read::articles(&[Input::Path(seeds)], &Options::default());
    let articles: Vec<Article> = items.map(|item| article(item.unwrap())).collect();
    articles.iter().for_each(check_article);
    let count = |kind| articles.iter().flat_map(|a| &a.blocks).filter(|b| b.kind == kind).count();
    assert_eq!((count(BlockKind::Title), count(BlockKind::Boilerplate)), (1, 5));
}

/// The first article of an input, or why there is none.
fn first(name: &str, bytes: &[u8]) -> Result<Article, String> {
    let folder = Folder::new(&[(name, bytes)]);
    let mut items = read::articles(&[folder.input(name)], &Options::default());
    items.next().unwrap().map(article).map_err(|error| error.to_string())
}

#[test]
fn tables_that_many_people_have_are_known_by_their_columns() {
    let text = "A ferry sank in the harbour on Sunday.";
    let news = serde_json::json!({"status": "ok", "articles": [{
        "source": {"id": null, "name": "Bay Gazette"}, "author": "Ann Lee", "title": "Ferry sinks",
        "description": "x", "url": "https://bay.example/f", "urlToImage": null,
        "publishedAt": "2022-05-22T10:00:00Z", "content": format!("{text} [+1234 chars]"),
    }]});
    let read = first("news.json", news.to_string().as_bytes()).unwrap();
    assert_eq!(read.text.trim(), format!("Ferry sinks\n\n{text}"));
    assert_eq!(read.publisher.as_deref(), Some("Bay Gazette"));
    let site = serde_json::json!({
        "id": "1", "title": "Ferry sinks", "date": "2022-05-22", "url": "https://bay.example/f",
        "site": "bay", "bylines": ["Ann Lee", "Orm Hall"], "extracted_at": "2022-05-23",
        "language": "eng", "text": text,
    });
    let read = first("site.jsonl", site.to_string().as_bytes()).unwrap();
    assert_eq!(read.byline.as_deref(), Some("Ann Lee, Orm Hall"));
    assert_eq!(read.publisher.as_deref(), Some("bay"));
    let kaggle = "date,year,month,day,author,title,article,url,section,publication\n\
                  2019-05-22,2019,5,22,Ann Lee,Ferry sinks,A ferry sank in the harbour.,\
                  https://bay.example/f,World,Bay Gazette\n";
    let read = first("news.csv", kaggle.as_bytes()).unwrap();
    assert_eq!(read.publisher.as_deref(), Some("Bay Gazette"));
    let list = "id,indexed_date,language,media_name,media_url,publish_date,title,url\n\
                1,2022-05-23,en,Bay Gazette,bay.example,2022-05-22,Ferry sinks,https://bay.example/f\n";
    let error = first("list.csv", list.as_bytes()).unwrap_err();
    assert!(error.contains("Media Cloud") && error.contains("reportedly fetch --list"), "{error}");
}

/// Parquet of one text column, and others.
mod parquet_files {
    use std::sync::Arc;

    use parquet::basic::Compression;
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    /// A file with a row group for each text.
    pub(super) fn of(column: &str, texts: &[&str], compression: Compression) -> Vec<u8> {
        let schema = format!("message m {{ required binary {column} (UTF8); }}");
        let schema = Arc::new(parse_message_type(&schema).unwrap());
        let properties = WriterProperties::builder()
            .set_compression(compression)
            .set_dictionary_enabled(false)
            .build();
        let mut writer =
            SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
        for text in texts {
            let mut group = writer.next_row_group().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            let values = [ByteArray::from(*text)];
            column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
            column.close().unwrap();
            group.close().unwrap();
        }
        writer.into_inner().unwrap()
    }
}

#[test]
fn parquet_is_read_row_group_by_row_group() {
    use parquet::basic::Compression;
    let texts = ["A ferry sank in the harbour.", "A barge left the harbour on Monday."];
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::LZ4_RAW] {
        let file = parquet_files::of("body", &texts, compression);
        let folder =
            Folder::new(&[("a.parquet", &file), ("b.bin", &file), ("c.pq.gz", &gzip(&file))]);
        for name in ["a.parquet", "b.bin", "c.pq.gz"] {
            let items = read::articles(&[folder.input(name)], &Options::default());
            let found: Vec<String> = items.map(|item| article(item.unwrap()).text).collect();
            assert_eq!(found, texts, "{name}");
        }
    }
    let file = parquet_files::of("account", &texts, Compression::SNAPPY);
    check_bad(
        "a.parquet",
        &file,
        "a.parquet: no column is called text, body or content; its columns are account; name",
    );
    let mut options = Options::default();
    options.columns = "text=acount".parse().unwrap();
    let folder = Folder::new(&[("a.parquet", &file)]);
    let error = read::articles(&[folder.input("a.parquet")], &options).next().unwrap();
    let error = error.unwrap_err().to_string();
    assert!(error.contains("no column \"acount\", perhaps \"account\""), "{error}");
}

#[test]
fn parquet_that_unpacks_to_far_more_or_is_cut_off_is_named() {
    use parquet::basic::{Compression, GzipLevel};
    let long = "a ".repeat(150 << 20);
    for compression in [Compression::GZIP(GzipLevel::default()), Compression::SNAPPY] {
        let file = parquet_files::of("body", &[&long], compression);
        check_bad(
            "a.parquet",
            &file,
            "a.parquet: this Parquet file cannot be read: a page of it unpacks",
        );
    }
    let long = "A ferry sank. ".repeat(2 << 20);
    let file = parquet_files::of("body", &[&long, "A ferry sank."], Compression::SNAPPY);
    let folder = Folder::new(&[("a.parquet", &file)]);
    let read = folder.read(&["a.parquet"]);
    assert!(read[0].contains("a.parquet, row 1: longer than"), "{read:?}");
    assert_eq!(read.len(), 2, "{read:?}");
    let file = parquet_files::of("body", &["A ferry sank."], Compression::SNAPPY);
    check_bad("a.parquet", &file[..file.len() - 1], "a.parquet: this Parquet file cannot be read");
    // Its pages are gone, its end is there.
    let mut hollow = file.clone();
    let page = 4..file.len() - 300.min(file.len() - 8);
    hollow[page.start..page.end.max(page.start + 8)].fill(0);
    check_bad("a.parquet", &hollow, "a.parquet: this Parquet file cannot be read");
}

#[test]
fn doubtful_days_are_none() {
    let lines = b"{\"text\": \"A ferry sank.\", \"date\": \"05/06/2022\"}";
    assert_eq!(first("a.jsonl", lines).unwrap().published, None);
}

#[test]
fn moments_in_nanoseconds_are_understood() {
    let line = r#"{"text": "A ferry sank.", "date": 1653213600000000000}"#;
    let read = first("a.jsonl", line.as_bytes()).unwrap();
    assert_eq!(read.published.map(|p| p.day().to_string()), Some("2022-05-22".into()));
}

/// A live blog that shows two of the three updates that it lists.
const LIVE: &str = r#"<html><head><title>Storm over Orm: live</title>
    <meta property="og:site_name" content="Bay Gazette"><link rel=canonical href="https://bay.example/storm">
    <script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Storm over Orm: live",
    "datePublished": "2024-05-03T06:00:00Z", "liveBlogUpdate": [
    {"@type": "BlogPosting", "headline": "Bridge closed", "url": "https://bay.example/storm#2",
     "datePublished": "2024-05-04T09:30:00Z", "author": {"@type": "Person", "name": "Ann Lee"},
     "articleBody": "The council closed the old bridge on Friday evening, its chief engineer said."},
    {"@type": "BlogPosting", "headline": "Ferry in port", "url": "https://bay.example/storm#1",
     "datePublished": "2024-05-03T21:00:00Z",
     "articleBody": "<p>The last ferry reached the port of Orm at nine in the evening.</p> <p>Its crew was well.</p>"},
    {"@type": "BlogPosting", "headline": "Not shown", "url": "https://bay.example/storm#0",
     "datePublished": "2024-05-03T07:00:00Z", "articleBody": "A warning was given at dawn."}]}</script></head>
    <body><main><h1>Storm over Orm: live</h1>
    <p>A storm moves over the bay, and the harbour master expects the worst of it in the night.</p>
    <section><h2>Bridge closed</h2>
    <p>The council closed the old bridge on Friday evening, its chief engineer said.</p></section>
    <section><h2>Ferry in port</h2>
    <p>The last ferry reached the port of Orm at nine in the evening.</p><p>Its crew was well.</p></section>
    </main></body></html>"#;

/// The articles of a live blog: address, day, authors and text of each.
fn live(page: &str) -> (Vec<Article>, Vec<String>) {
    let folder = Folder::new(&[("live.html", page.as_bytes())]);
    let items = read::articles(&[folder.input("live.html")], &Options::default());
    let articles: Vec<Article> = items.map(|item| article(item.unwrap())).collect();
    let shown = articles.iter().map(|article| {
        let (url, day) = (article.url.as_deref().unwrap_or("-"), article.published.unwrap().day());
        format!("{url} {day} {:?} {}", article.byline, article.text.replace("\n\n", " / "))
    });
    let shown = shown.collect();
    (articles, shown)
}

#[test]
fn updates_of_a_live_blog_have_their_own_times_and_addresses() {
    let (articles, found) = live(LIVE);
    assert_eq!(
        found,
        [
            "https://bay.example/storm 2024-05-03 None Storm over Orm: live / A storm moves over \
             the bay, and the harbour master expects the worst of it in the night.",
            "https://bay.example/storm#2 2024-05-04 Some(\"Ann Lee\") Bridge closed / The council \
             closed the old bridge on Friday evening, its chief engineer said.",
            "https://bay.example/storm#1 2024-05-03 None Ferry in port / The last ferry reached \
             the port of Orm at nine in the evening. / Its crew was well.",
        ]
    );
    assert!(articles.iter().all(|article| article.publisher.as_deref() == Some("Bay Gazette")));
}

#[test]
fn agencies_tell_dateline_credit_and_rights() {
    let told = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/formats").join(name);
        let mut items = read::articles(&[Input::from(path.as_path())], &Options::default());
        let found = article(items.next().unwrap().unwrap());
        [found.dateline, found.credit, found.rights].map(Option::unwrap_or_default)
    };
    assert_eq!(told("wire.nitf"), ["REYKJAVIK, April 2", "Fjord Wire", "© 2024 The Lava Field"]);
    assert_eq!(
        told("newsml-g2.xml"),
        ["BRISTOL, Nov 20", "The Gallery Wire", "© 2023 The Gallery Wire. For subscribers."]
    );
    assert_eq!(told("item.ninjs"), ["", "River Courier Service", "© 2023 The River Courier"]);
}

#[test]
fn numbers_that_are_no_days_are_none() {
    for number in ["45415", "-1", "0", "99999999999999999999", "2.5"] {
        let line = format!(r#"{{"text": "A ferry sank.", "date": {number}}}"#);
        assert_eq!(first("a.jsonl", line.as_bytes()).unwrap().published, None, "{number}");
    }
}

/// A live blog that lists no words of its updates.
fn live_without_words(listed: &str, updates: &str) -> String {
    format!(
        r#"<html><head><title>Storm over Orm: live</title><meta property="og:site_name" content="Bay Gazette">
        <link rel=canonical href="https://bay.example/storm"><meta property="article:published_time"
        content="2024-05-03T06:00:00Z"><script type="application/ld+json">{listed}</script></head>
        <body><main><header><h1>Storm over Orm: live</h1><time class=timestamp datetime="2024-05-03T06:00:00Z">Friday</time></header>
        <p>A storm moves over the bay, and the harbour master expects the worst of it in the night.</p>
        {updates}</main></body></html>"#
    )
}

const BRIDGE: &str =
    "The council closed the old bridge on Friday evening, its chief engineer said.";
const FERRY: &str = "The last ferry reached the port of Orm at nine in the evening, with its crew.";

fn check_live(listed: &str, updates: &str, bridge: &str, ferry: &str) {
    let (_, found) = live(&live_without_words(listed, updates));
    let rest = "https://bay.example/storm 2024-05-03 None Storm over Orm: live / A storm moves \
                over the bay, and the harbour master expects the worst of it in the night.";
    assert_eq!(found, [rest.to_owned(), bridge.to_owned(), ferry.to_owned()], "{updates}");
}

#[test]
fn updates_whose_words_are_not_listed_are_found_in_the_page() {
    const KIND: &str = r#"{"@type": "LiveBlogPosting", "headline": "Storm over Orm: live"}"#;
    let bridge = format!("- 2024-05-04 None Bridge closed / {BRIDGE}");
    let ferry = format!("- 2024-05-03 None {FERRY}");
    // An update is the largest element with one time in it,
    let elements = format!(
        "<ol><li><div><time datetime='2024-05-04T09:30:00Z'>9.30</time></div><h2>Bridge closed</h2><p>{BRIDGE}</p></li>\
         <li><div><time datetime='2024-05-03T21:00:00Z'>21.00</time></div><p>{FERRY}</p></li></ol>"
    );
    check_live(KIND, &elements, &bridge, &ferry);
    // or what follows a heading with a time in it,
    let headings = format!(
        "<h2>Bridge closed <time datetime='2024-05-04T09:30:00Z'></time></h2><p>{BRIDGE}</p>\
         <h2><time datetime='2024-05-03T21:00:00Z'></time></h2><p>{FERRY}</p>"
    );
    check_live(KIND, &headings, &bridge, &ferry);
    // or what is called so, on a page that lists nothing,
    let named = format!(
        "<article class=live-blog-post id=u2><time datetime='2024-05-04T09:30:00Z'></time><h2>Bridge closed</h2>\
         <p>{BRIDGE}</p><p><time datetime='2024-05-01'></time></p></article>\
         <article class=live-blog-post id=u1><time datetime='2024-05-03T21:00:00Z'></time><p>{FERRY}</p></article>"
    );
    let (bridge, ferry) = (bridge.replace("- 2024", "https://bay.example/storm#u2 2024"), ferry);
    check_live(
        "{}",
        &named,
        &bridge,
        &ferry.replace("- 2024", "https://bay.example/storm#u1 2024"),
    );
}

#[test]
fn updates_that_are_listed_by_their_headlines_have_what_is_listed() {
    let listed = r#"{"@type": "LiveBlogPosting", "liveBlogUpdate": [
        {"headline": "Bridge closed", "url": "https://bay.example/storm?2", "datePublished": "2024-05-04T09:30:00Z",
         "author": {"name": "Ann Lee"}},
        {"headline": "Ferry in port", "url": "https://bay.example/storm?1", "datePublished": "2024-05-03T21:00:00Z"}]}"#;
    let updates = format!(
        "<div><h3>Bridge closed</h3><p>{BRIDGE}</p></div><div><h3>Ferry in port</h3><p>{FERRY}</p></div>"
    );
    check_live(
        listed,
        &updates,
        &format!(
            "https://bay.example/storm?2 2024-05-04 Some(\"Ann Lee\") Bridge closed / {BRIDGE}"
        ),
        &format!("https://bay.example/storm?1 2024-05-03 None Ferry in port / {FERRY}"),
    );
}

#[test]
fn articles_with_times_in_them_are_no_live_blogs() {
    let updates = format!(
        "<p>{BRIDGE} <time datetime='2024-05-04'>Saturday</time></p><p>{FERRY} <time datetime='2024-05-03'></time></p>"
    );
    assert_eq!(live(&live_without_words("{}", &updates)).1.len(), 1);
}

#[test]
fn what_may_be_the_column_of_the_texts_is_told() {
    let table = "name,wording\nFerry,The ferry that sank on Friday had been inspected in spring.\n";
    check_bad(
        "a.csv",
        table.as_bytes(),
        "a.csv: no column is called text, body or content; its columns are name, wording; perhaps --map text=wording",
    );
    check_bad(
        "a.csv",
        b"a,b\n1,2\n",
        "a.csv: no column is called text, body or content; its columns are a, b; name the one of the text with",
    );
}

#[test]
fn lists_of_feeds_are_named_whatever_their_ending() {
    let list =
        b"<?xml version='1.0'?><opml><body><outline xmlUrl='https://bay.example/f'/></body></opml>";
    for name in ["feeds.opml", "feeds.xml", "feeds.txt"] {
        check_bad(name, list, &format!("{name}: a list of feeds"));
    }
}

#[test]
fn tables_of_figures_are_no_articles() {
    let figures = "day,high,low\n1,17.5,9\n2,18,10.5\n3,16,8\n4,15,7\n";
    check_bad("a.txt", figures.as_bytes(), "a.txt: a table without a column of texts, no article");
}
