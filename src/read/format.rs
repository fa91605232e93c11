//! The formats that are read: what each is called, and how its files are known.
//! Which function reads it stands in `readers.rs`.

use std::path::Path;

use super::start;

/// How the bytes of an input are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain text, one article, with an optional header.
    Text,
    /// Markdown, one article, with an optional header or front matter.
    Markdown,
    /// HTML, a page with one article.
    Html,
    /// JSON Lines, one article a line.
    JsonLines,
    /// A page saved with all that belongs to it (MHTML).
    Mhtml,
    /// JSON: an array of articles, an answer of a news service, JSON Feed, ninjs.
    Json,
    /// CSV or TSV, one article a row, the columns known by their names.
    Table,
    /// Parquet, one article a row.
    Parquet,
    /// RSS or Atom, one article an entry.
    Feed,
    /// NITF or NewsML-G2, the XML of news agencies.
    NewsXml,
    /// A web archive (WARC), one article a page.
    Warc,
    /// A ZIP file of any of these (WACZ, too), or DOCX, ODT or EPUB.
    Zip,
    /// A tar archive of any of these.
    Tar,
    /// Rich Text Format.
    Rtf,
    /// PDF with text in it, one article.
    Pdf,
    /// A message of mail.
    Mail,
    /// A box of mail (mbox), one article a message.
    MailBox,
    /// CoNLL-U: documents parsed elsewhere.
    Conllu,
}

/// What there is to know of a format.
pub(super) struct Kind {
    format: Format,
    /// How people call it.
    pub(super) name: &'static str,
    /// The endings of its files, in lower case.
    endings: &'static [&'static str],
    /// Whether a file that begins like this is of this format, whatever its
    /// ending. The bytes are without byte order mark and white space before them.
    begins: fn(&[u8]) -> bool,
}

const fn kind(
    format: Format,
    name: &'static str,
    endings: &'static [&'static str],
    begins: fn(&[u8]) -> bool,
) -> Kind {
    Kind { format, name, endings, begins }
}

/// All formats. What begins like several is of the first of them.
const KINDS: &[Kind] = &[
    kind(Format::Zip, "ZIP", &["zip", "wacz", "docx", "odt", "epub"], start::of_zip),
    kind(Format::Tar, "tar", &["tar", "tgz"], start::of_tar),
    kind(Format::Warc, "a web archive", &["warc", "wet"], start::of_warc),
    kind(Format::Parquet, "Parquet", &["parquet", "pq"], start::of_parquet),
    kind(Format::Rtf, "RTF", &["rtf"], start::of_rtf),
    kind(Format::Pdf, "PDF", &["pdf"], start::of_pdf),
    kind(Format::Feed, "a feed", &["rss", "atom", "rdf"], start::of_feed),
    kind(Format::NewsXml, "NITF or NewsML-G2", &["nitf", "newsml", "opml", "xml"], start::of_news),
    kind(Format::Html, "HTML", PAGES, start::of_page),
    kind(Format::Json, "JSON", &["json", "ninjs"], start::of_json),
    kind(Format::JsonLines, "JSON Lines", &["jsonl", "ndjson"], start::of_json_lines),
    kind(Format::Conllu, "CoNLL-U", &["conllu"], start::of_conllu),
    kind(Format::MailBox, "a box of mail", &["mbox"], start::of_mail_box),
    kind(Format::Mhtml, "a page saved as MHTML", &["mhtml", "mht"], start::of_mhtml),
    kind(Format::Mail, "mail", &["eml"], start::of_mail),
    kind(Format::Table, "a table", &["csv", "tsv", "tab"], start::of_table),
    kind(Format::Markdown, "Markdown", &["md", "markdown"], start::of_nothing),
    kind(Format::Text, "plain text", &["txt", "text"], start::of_nothing),
];

const PAGES: &[&str] = &["html", "htm", "xhtml", "shtml", "asp", "aspx", "php", "jsp"];

impl Format {
    pub(super) fn kind(self) -> &'static Kind {
        KINDS.iter().find(|kind| kind.format == self).expect("a test finds every format in KINDS")
    }

    /// The feature of the crate that reads it; `None` where every build does.
    pub(super) fn feature(self) -> Option<&'static str> {
        match self {
            Self::Text | Self::JsonLines | Self::Json | Self::Conllu => None,
            Self::Markdown => Some("markdown"),
            Self::Html => Some("html"),
            Self::Feed | Self::NewsXml => Some("feeds"),
            Self::Table => Some("tables"),
            Self::Parquet => Some("parquet"),
            Self::Warc | Self::Zip | Self::Tar => Some("archives"),
            Self::Rtf => Some("office"),
            Self::Pdf => Some("pdf"),
            Self::Mail | Self::MailBox | Self::Mhtml => Some("mail"),
        }
    }

    /// The format that an ending tells.
    fn of_ending(ending: &str) -> Option<Self> {
        let kind = KINDS.iter().find(|kind| kind.endings.contains(&ending))?;
        Some(kind.format)
    }

    /// The format of a file that begins like this. Text, Markdown, XML and JSON
    /// are what people call anything: their endings count only where the content
    /// tells nothing else.
    pub(super) fn of_start(start: &[u8], ending: Option<Self>) -> Self {
        let start = start.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(start).trim_ascii_start();
        let told = || KINDS.iter().find(|kind| (kind.begins)(start)).map(|kind| kind.format);
        let loose =
            |format| matches!(format, Self::Text | Self::Markdown | Self::Json | Self::NewsXml);
        match ending {
            Some(format) if !loose(format) => format,
            Some(Self::Json) if !start::is_json_lines(start) => Self::Json,
            any => told().or(any).unwrap_or(Self::Text),
        }
    }
}

/// What the ending of a file's name says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// A format that is read.
    Known(Format),
    /// Articles come like this, but it is not read.
    Unsupported(&'static str),
    /// No ending, or none that is known.
    Unknown,
}

impl Ending {
    /// The ending of a file's name, below `.gz`, `.bz2` and `.zst`.
    pub(crate) fn of(path: &Path) -> Self {
        let name = path.file_name().map(|n| n.to_string_lossy().to_ascii_lowercase());
        let name = name.as_deref().unwrap_or("");
        let plain =
            [".gz", ".bz2", ".zst"].iter().find_map(|z| name.strip_suffix(z)).unwrap_or(name);
        let ending = plain.rsplit_once('.').map_or("", |(_, ending)| ending);
        match (Format::of_ending(ending), ending) {
            (Some(format), _) => Self::Known(format),
            (None, "doc" | "pages" | "wpd" | "wps") => Self::Unsupported("a word processor's file"),
            (None, "msg" | "pst") => Self::Unsupported("mail of Outlook"),
            (None, "xls" | "xlsx" | "ods") => Self::Unsupported("a spreadsheet"),
            (None, "mobi" | "azw3") => Self::Unsupported("an e-book of this kind"),
            (None, "7z" | "rar" | "xz") => Self::Unsupported("an archive of this kind"),
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Ending) {
        assert_eq!(Ending::of(Path::new(name)), expected, "{name}");
    }

    #[test]
    fn endings_tell_formats() {
        check("a.txt", Ending::Known(Format::Text));
        check("dir/a.b.TXT.GZ", Ending::Known(Format::Text));
        check("a.md.zst", Ending::Known(Format::Markdown));
        check("a.jsonl", Ending::Known(Format::JsonLines));
        check("a.conllu", Ending::Known(Format::Conllu));
        check("a.html.gz", Ending::Known(Format::Html));
        check("a.doc", Ending::Unsupported("a word processor's file"));
        check("LICENSE", Ending::Unknown);
        check("a.png", Ending::Unknown);
    }

    #[test]
    fn no_ending_means_two_formats() {
        let mut endings: Vec<_> = KINDS.iter().flat_map(|kind| kind.endings).collect();
        let all = endings.len();
        endings.sort_unstable();
        endings.dedup();
        assert_eq!(endings.len(), all);
    }

    fn check_start(start: &str, expected: Format) {
        let found = Format::of_start(start.as_bytes(), Some(Format::Text));
        assert_eq!(found, expected, "{start}");
    }

    #[test]
    fn content_tells_formats_that_are_called_text() {
        check_start("A ferry sank.", Format::Text);
        check_start("<!DOCTYPE html><title>Ferry sinks</title>", Format::Html);
        check_start("  <html lang=en>", Format::Html);
        check_start("<p>A ferry <b>sank</b>.</p><p>Nobody was hurt.</p>", Format::Html);
        check_start("{\"text\": \"A ferry sank.\"}", Format::JsonLines);
        check_start("{\"text\": \"A ferry sank.\"}\n{\"text\": \"It rose.\"}", Format::JsonLines);
        check_start("{\n  \"articles\": []\n}", Format::Json);
        check_start("[{\"text\": \"A ferry sank.\"}]", Format::Json);
        check_start("<?xml version='1.0'?>\n<rss version='2.0'><channel>", Format::Feed);
        check_start("<?xml version='1.0'?>\n<nitf><head>", Format::NewsXml);
        check_start("WARC/1.0\r\nWARC-Type: warcinfo", Format::Warc);
        check_start("{\\rtf1\\ansi A ferry sank.}", Format::Rtf);
        check_start("title,date,text\nFerry sinks,2022-05-22,A ferry sank.", Format::Table);
        check_start("Subject: a headline\nDate: 2022-05-22\n\nA ferry sank.", Format::Text);
        check_start(
            "From: Ann <a@b.example>\nSubject: Ferry\nMessage-ID: <1@b.example>\n\nIt sank.",
            Format::Mail,
        );
        check_start("# newdoc\n1\tA\ta\tDET\tDT\t_\t2\tdet\t_\t_\n", Format::Conllu);
        check_start("1 < 2, and a<b>c in some notations.", Format::Text);
    }
}
