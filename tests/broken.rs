//! Hundreds of broken inputs of every kind: cut off, damaged, mislabelled, nested,
//! packed to burst. Each is read or named, none ends the program, and all end soon.
#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use reportedly::read::{self, Input, Options};
use tempfile::TempDir;

/// No input here may take longer, even where other programs use the processor.
const LONGEST: Duration = Duration::from_mins(1);
/// Two paragraphs, as pages have them.
const PROSE: &str = "<p>The café in Besançon reopened on Sunday, and the “owner” said that its guests \
    had come back.</p><p>Nobody was hurt in the fire, the harbour master said in the evening.</p>";

/// Reads a file: how many articles it gave, and what was said of it.
fn read(folder: &TempDir, name: &str, bytes: &[u8]) -> (usize, Vec<String>) {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let started = Instant::now();
    let (mut articles, mut errors) = (0, Vec::new());
    for item in read::articles(&[Input::from(path.as_path())], &Options::default()) {
        match item {
            Ok(_) => articles += 1,
            Err(error) => errors.push(error.to_string()),
        }
    }
    let took = started.elapsed();
    fs::remove_file(&path).unwrap();
    assert!(took < LONGEST, "{name} took {took:?}");
    for error in &errors {
        assert!(error.contains(name), "{error} does not name {name}");
    }
    (articles, errors)
}

/// Fails unless an input is named, with these words among the reasons.
fn check(name: &str, bytes: &[u8], reason: &str) {
    let folder = tempfile::tempdir().unwrap();
    let (_, errors) = read(&folder, name, bytes);
    assert!(errors.iter().any(|error| error.contains(reason)), "{name}: {errors:?}");
}

/// Fails unless an input gives so many articles.
fn check_read(name: &str, bytes: &[u8], articles: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (found, errors) = read(&folder, name, bytes);
    assert_eq!(found, articles, "{name}: {errors:?}");
}

/// The example of each kind.
fn examples() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/formats");
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        files.push((name, fs::read(path).unwrap()));
    }
    files.sort();
    assert!(files.len() > 20);
    files
}

#[test]
fn what_is_cut_off_is_read_as_far_as_it_goes_or_named() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in examples() {
        for part in 0..16 {
            let cut = &bytes[..bytes.len() * part / 16];
            let (articles, errors) = read(&folder, &name, cut);
            assert!(articles + errors.len() > 0, "{name} cut to {} bytes", cut.len());
        }
    }
}

/// Numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

#[test]
fn what_is_damaged_is_read_or_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut numbers = Numbers(7);
    for (name, bytes) in examples() {
        for _ in 0..12 {
            let mut damaged = bytes.clone();
            for _ in 0..4 {
                let at = numbers.below(damaged.len());
                damaged[at] = numbers.below(256) as u8;
            }
            let (articles, errors) = read(&folder, &name, &damaged);
            assert!(articles + errors.len() > 0, "{name}");
        }
    }
}

#[test]
fn what_has_the_ending_of_another_kind_is_read_or_named() {
    let folder = tempfile::tempdir().unwrap();
    let all = examples();
    for (name, bytes) in &all {
        let (stem, _) = name.split_once('.').unwrap();
        for (other, _) in &all {
            let (_, ending) = other.split_once('.').unwrap();
            let (articles, errors) = read(&folder, &format!("{stem}.{ending}"), bytes);
            assert!(articles + errors.len() > 0, "{name} as .{ending}");
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, bytes) in members {
        writer.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A record of a web archive that says how long it is.
fn record(length: &str, block: &str) -> String {
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://bay.example/f\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n\
         {block}\r\n\r\n"
    )
}

#[test]
fn what_unpacks_to_far_more_is_refused() {
    let zeros = vec![b' '; 300 << 20];
    let bomb = gzip(&zeros);
    check("bomb.txt.gz", &bomb, "longer than");
    check("bomb.html.gz", &bomb, "longer than");
    check("bomb.rss.gz", &bomb, "longer than");
    check("bomb.json.gz", &bomb, "longer than");
    check("twice.txt.gz", &gzip(&bomb), "twice");
    let many: Vec<_> = (0..40).map(|i| format!("{i}.txt")).collect();
    let members: Vec<(&str, &[u8])> =
        many.iter().map(|name| (name.as_str(), &zeros[..16 << 20])).collect();
    check("bomb.zip", &zipped(&members), "unpacks to far more than its size");
    check("bomb.docx", &zipped(&[("word/document.xml", &zeros)]), "longer than");
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
    let mut block = page.as_bytes().to_vec();
    block.extend(gzip(&zeros[..64 << 20]));
    let head = record(&block.len().to_string(), "");
    let record = [head.trim_end().as_bytes(), b"\r\n\r\n", block.as_slice(), b"\r\n\r\n"].concat();
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(read(&folder, "bomb.warc", &record).0, 0);
}

#[test]
fn archives_in_archives_end_somewhere() {
    let mut nest = zipped(&[("story.txt", b"A ferry sank in the harbour.")]);
    for _ in 0..60 {
        nest = zipped(&[("nest.zip", &nest)]);
    }
    check("nest.zip", &nest, "too many archives in each other");
    let paths = zipped(&[("../../etc/story.txt", b"A ferry sank."), ("/bay/x.txt", b"It rose.")]);
    check_read("paths.zip", &paths, 2);
}

#[test]
fn entities_are_no_bombs() {
    let mut entities = String::from("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for i in 1..40 {
        entities.push_str(&format!("<!ENTITY a{i} \"&a{0};&a{0};\">", i - 1));
    }
    entities.push_str("]>");
    let rss = format!(
        "{entities}<rss><channel><item><title>x</title><description>A ferry sank. &a39;\
         </description></item></channel></rss>"
    );
    check_read("bomb.rss", rss.as_bytes(), 1);
    let nitf = format!(
        "{entities}<nitf><body><body.content><p>It sank. &a39;</p></body.content></body></nitf>"
    );
    check_read("bomb.nitf", nitf.as_bytes(), 1);
    let page = format!("{entities}<html><body>{PROSE}<p>&a39;</p></body></html>");
    check_read("bomb.xhtml", page.as_bytes(), 1);
    let word = format!(
        "{entities}<w:document><w:body><w:p><w:t>&a39; sank.</w:t></w:p></w:body></w:document>"
    );
    check_read("bomb.docx", &zipped(&[("word/document.xml", word.as_bytes())]), 1);
    let outside = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><rss><channel><item>\
                   <title>x</title><description>A ferry &a; sank.</description></item></channel></rss>";
    check_read("outside.rss", outside.as_bytes(), 1);
}

#[test]
fn pages_of_a_million_tags_in_each_other_are_read() {
    const DEEP: usize = 1_000_000;
    let tags = format!("{}{DEEP_PROSE}", "<div>".repeat(DEEP));
    check_read("deep.html", tags.as_bytes(), 1);
    check_read("deep-inline.html", format!("<p>{}{DEEP_PROSE}", "<b>".repeat(DEEP)).as_bytes(), 1);
    let lists = format!("<body>{}{DEEP_PROSE}", "<ul><li>".repeat(DEEP));
    check_read("deep-lists.html", lists.as_bytes(), 1);
    let tables = format!("<body>{}{DEEP_PROSE}", "<table><tr><td>".repeat(DEEP));
    check_read("deep-tables.html", tables.as_bytes(), 1);
    let quotations = format!("<body>{}{DEEP_PROSE}", "<blockquote>".repeat(DEEP));
    check_read("deep-quotations.html", quotations.as_bytes(), 1);
    let unclosed = format!("<p>{DEEP_PROSE}</p>{}", "<".repeat(DEEP));
    check_read("open.html", unclosed.as_bytes(), 1);
    let closed = format!("<p>{DEEP_PROSE}</p>{}", "</div>".repeat(DEEP));
    check_read("closed.html", closed.as_bytes(), 1);
    let attributes = format!("<p {}>{DEEP_PROSE}", "a=b ".repeat(DEEP));
    check_read("attributes.html", attributes.as_bytes(), 1);
    let links = format!("<p>{DEEP_PROSE}</p>{}", "<a href=/>x</a>".repeat(DEEP));
    check_read("links.html", links.as_bytes(), 1);
}

const DEEP_PROSE: &str = "A ferry sank in the harbour on Sunday, and its crew was saved.";

#[test]
fn what_is_nested_a_hundred_thousand_deep_is_read_or_named() {
    const DEEP: usize = 100_000;
    let prose = DEEP_PROSE;
    let tags = format!("{}{prose}", "<div>".repeat(DEEP));
    let feed = format!(
        "<rss><channel><item><title>x</title><description><![CDATA[{tags}]]></description></item></channel></rss>"
    );
    check_read("deep.rss", feed.as_bytes(), 1);
    let mail = format!(
        "From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n{tags}"
    );
    check_read("deep.eml", mail.as_bytes(), 1);
    check("deep.xml", format!("<nitf>{}", "<a>".repeat(DEEP)).as_bytes(), "nested deeper");
    check("deep.json", format!("{{\n\"text\": {}", "[".repeat(DEEP)).as_bytes(), "cannot be read");
    check(
        "deep.jsonl",
        format!("{{\"text\": {}", "[".repeat(DEEP)).as_bytes(),
        "not a JSON object",
    );
    let page =
        format!("<script type=application/ld+json>{{\"a\":{}</script><p>{prose}", "[".repeat(DEEP));
    check_read("deep-ld.html", page.as_bytes(), 1);
    check("deep.rtf", "{\\rtf1 ".repeat(DEEP).as_bytes(), "no article");
    let quoted = format!("{}{prose}\n", "> ".repeat(DEEP));
    let folder = tempfile::tempdir().unwrap();
    let (articles, errors) = read(&folder, "deep.md", quoted.as_bytes());
    assert!(articles + errors.len() > 0);
    let parts = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(5_000);
    let mail =
        format!("From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n{parts}\r\n{prose}");
    let (articles, errors) = read(&folder, "deep-parts.eml", mail.as_bytes());
    assert!(articles + errors.len() > 0);
}

#[test]
fn tags_of_a_hundred_thousand_attributes_are_read() {
    let attributes = (0..100_000).map(|i| format!(" a{i}=\"b\""));
    let attributes = attributes.collect::<String>();
    check_read("a.html", format!("<div{attributes}>{PROSE}").as_bytes(), 1);
    let nitf =
        format!("<nitf{attributes}><body><body.content>{PROSE}</body.content></body></nitf>");
    check_read("a.nitf", nitf.as_bytes(), 1);
}

#[test]
fn streams_that_never_end_are_not_read_again_for_each() {
    let objects = (1..30_000).map(|i| format!("{i} 0 obj<</Length {} 0 R>>stream\n", i + 1));
    check("a.pdf", format!("%PDF-1.4\n{}", objects.collect::<String>()).as_bytes(), "a.pdf");
}

#[test]
fn lines_of_a_hundred_megabytes_are_named() {
    let line = "a ".repeat(50 << 20);
    check("long.txt", line.as_bytes(), "longer than");
    check("long.html", line.as_bytes(), "longer than");
    check("long.jsonl", format!("{{\"text\": \"{line}\"}}").as_bytes(), "longer than");
    check("long.csv", format!("title,text\nx,{line}\n").as_bytes(), "longer than");
    let letter = "From a Sun May 22 10:00:00 2022\nSubject: x\nMessage-ID: <1@b.example>\n\n";
    check("long.mbox", format!("{letter}{line}").as_bytes(), "longer than");
    check("long.eml", format!("Subject: x\n\n{line}").as_bytes(), "longer than");
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{line}");
    check("long.warc", record(&http.len().to_string(), &http).as_bytes(), "longer than");
}

#[test]
fn labels_that_lie_are_not_believed() {
    for label in ["utf-16", "utf-16le", "shift_jis", "iso-2022-kr", "nonsense", "us-ascii"] {
        let page = format!("<html><meta charset={label}><body>{PROSE}</body></html>");
        check_read("label.html", page.as_bytes(), 1);
    }
    let xml = "<?xml version='1.0' encoding='utf-16'?><rss><channel><item><title>x</title>\
               <description>A ferry sank.</description></item></channel></rss>";
    check_read("label.rss", xml.as_bytes(), 1);
    let mail = "From: a@b.example\r\nSubject: =?nonsense?B?////?=\r\nMIME-Version: 1.0\r\n\
                Content-Type: text/plain; charset=nonsense\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!";
    let folder = tempfile::tempdir().unwrap();
    let (articles, errors) = read(&folder, "label.eml", mail.as_bytes());
    assert!(articles + errors.len() > 0);
}

#[test]
fn lengths_that_lie_are_named() {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>A ferry sank in the harbour.";
    for length in ["99999999999999999999", "-1", "x", "18446744073709551615", "1000000000"] {
        check("length.warc", record(length, page).as_bytes(), "length.warc");
    }
    let mut header = [0_u8; 512];
    header[..9].copy_from_slice(b"story.txt");
    header[124..135].copy_from_slice(b"77777777777");
    header[156] = b'0';
    header[257..262].copy_from_slice(b"ustar");
    header[148..156].copy_from_slice(b"        ");
    let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    check("length.tar", &[&header[..], b"A ferry sank."].concat(), "length.tar");
    let chunks = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n\
                  ffffffffffffffff\r\n<p>A ferry sank in the harbour.\r\n0\r\n\r\n";
    let folder = tempfile::tempdir().unwrap();
    let record = record(&chunks.len().to_string(), chunks);
    let (articles, errors) = read(&folder, "chunks.warc", record.as_bytes());
    assert!(articles + errors.len() < 2);
}

/// A PDF file of some objects; each is its dictionary or what it is, and its stream.
fn pdf(objects: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (i, (object, stream)) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\n", i + 1).as_bytes());
        if !stream.is_empty() {
            file.extend(b"stream\n");
            file.extend(stream);
            file.extend(b"\nendstream\n");
        }
        file.extend(b"endobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").as_bytes());
    }
    let trailer = format!("trailer\n<</Size {}/Root 1 0 R>>\n", objects.len() + 1);
    file.extend(format!("{trailer}startxref\n{start}\n%%EOF\n").as_bytes());
    file
}

/// A PDF file of one page: what it draws, how that is packed, and more objects from 6 on.
fn one_page(content: &[u8], filter: &str, more: &[(String, Vec<u8>)]) -> Vec<u8> {
    let plain = |object: &str| (object.to_owned(), Vec::new());
    let mut drawings = String::new();
    for (i, _) in more.iter().enumerate() {
        drawings.push_str(&format!("/X{i} {} 0 R ", i + 6));
    }
    let resources = format!("<</Font<</F1 5 0 R>>/XObject<<{drawings}>>>>");
    let mut objects = vec![
        plain("<</Type/Catalog/Pages 2 0 R>>"),
        plain("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        plain(&format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources {resources}>>"
        )),
        (format!("<</Length {}{filter}>>", content.len()), content.to_vec()),
        plain("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
    ];
    for (dictionary, stream) in more {
        let dictionary = format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources {resources}/Length {}\
             {dictionary}>>",
            stream.len()
        );
        objects.push((dictionary, stream.clone()));
    }
    pdf(&objects)
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn streams_of_pdf_are_no_bombs() {
    let text = "BT /F1 12 Tf 40 700 Td (A ferry sank in the harbour of Orm on Sunday.) Tj ET\n";
    let packed = zlib(text.as_bytes());
    check_read("page.pdf", &one_page(text.as_bytes(), "", &[]), 1);
    check_read("packed.pdf", &one_page(&packed, "/Filter/FlateDecode", &[]), 1);
    let twice = zlib(&packed);
    let filters = "/Filter[/FlateDecode/FlateDecode]";
    check_read("twice.pdf", &one_page(&twice, filters, &[]), 1);
    let bomb = zlib(&vec![b' '; 300 << 20]);
    let reason = "unpacks to far more";
    check("bomb.pdf", &one_page(&bomb, "/Filter/FlateDecode", &[]), reason);
    check("twice-bomb.pdf", &one_page(&zlib(&bomb), filters, &[]), reason);
    let mut digits = String::new();
    for byte in &bomb {
        digits.push_str(&format!("{byte:02x}"));
    }
    let hexadecimal = one_page(digits.as_bytes(), "/Filter[/AHx/Fl]", &[]);
    check("hexadecimal-bomb.pdf", &hexadecimal, reason);
    let drawing = [(String::from("/Filter/FlateDecode"), bomb)];
    check("drawing-bomb.pdf", &one_page(b"/X0 Do", "", &drawing), reason);
}

#[test]
fn drawings_of_pdf_in_each_other_end_somewhere() {
    let times = |number: usize| format!("/X{number} Do ").repeat(20).into_bytes();
    let nest: Vec<_> = (1..12).map(|i| (String::new(), times(i))).collect();
    check("nest.pdf", &one_page(&times(0), "", &nest), "takes too long");
    // A drawing of itself.
    let itself = [(String::new(), b"/X0 Do /X0 Do".to_vec())];
    let folder = tempfile::tempdir().unwrap();
    let (articles, errors) = read(&folder, "itself.pdf", &one_page(b"/X0 Do", "", &itself));
    assert!(articles + errors.len() > 0);
    // Pages that are their own parents, and one that stands there very often.
    let plain = |object: &str| (object.to_owned(), Vec::new());
    let circle = [
        plain("<</Type/Catalog/Pages 2 0 R>>"),
        plain("<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
    ];
    check("circle.pdf", &pdf(&circle), "circle.pdf");
    let kids = "3 0 R ".repeat(100_000);
    let often = [
        plain("<</Type/Catalog/Pages 2 0 R>>"),
        plain(&format!("<</Type/Pages/Kids[{kids}]/Count 100000>>")),
        plain("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"),
    ];
    check("often.pdf", &pdf(&often), "often.pdf");
}
