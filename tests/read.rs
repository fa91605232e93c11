//! The reader over real files: formats, compression, folders, ids, and every
//! way in which an input can be bad.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::fs;
use std::io::Write;
use std::path::PathBuf;

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
    check_bad("a.txt", b"caf\xE9", "a.txt: byte 3 is not UTF-8; convert it");
    check_bad("a.txt", b"\x7FELF\x02\0\0\xFF", "a.txt: byte 5 is zero");
    check_bad("a.txt", br"{\rtf1\ansi Hello}", "a.txt: RTF is not read");
    check_bad("a.html", b"<p>Hello</p>", "a.html: HTML is not read");
    check_bad("a.txt.gz", &gzip(STORY.as_bytes())[..40], "a.txt.gz: damaged or cut off");
    check_bad("a.txt", &vec![b'a'; 50_000_000], "a.txt: longer than 16777216 bytes");
    check_bad("a.txt.gz", &gzip(&vec![b'a'; 50_000_000]), "a.txt.gz: longer than 16777216 bytes");
    let folder = Folder::new(&[("other.txt", b"A ferry sank."), ("none/x.png", b"")]);
    assert_eq!(
        folder.read(&["missing.txt", "none", "other.txt"]),
        [
            "error: missing.txt: no such file or folder; check the spelling, or the folder you are in",
            "error: none: no articles in this folder; files must end in .txt, .md, .jsonl or \
             .conllu, each also with .gz or .zst",
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
            "error: n.jsonl, line 4: no text; put it in a field \"text\", \"body\" or \"content\"",
            "error: n.jsonl, line 5: longer than 16777216 bytes; the lines after it are read",
            "error: n.jsonl: the id \"a\" is taken by n.jsonl; the first is kept; give one of them \
             another id",
            "error: n.jsonl, line 7: not a JSON object: expected value at column 1; the lines \
             after it are read",
            "e",
        ]
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
        for name in ["a.txt", "a.md", "a.jsonl", "a.conllu", "a.txt.gz", "a"] {
            check_reading(name, &bytes);
        }
    }

    #[test]
    fn any_text_is_laid_out(text in lines()) {
        check_reading("a.txt", text.as_bytes());
        check_reading("a.md", text.as_bytes());
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
