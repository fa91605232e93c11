//! Web archives (WARC): the pages of their records, one at a time.
//!
//! In memory is one record, and no more of it than an article may have. What is
//! no page (pictures, scripts, redirects, records of visits that saw nothing
//! new) is passed over.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use super::compose::Body;
use super::metadata::Metadata;
use super::{Origin, Part, ReadError, Reader, Reads, date, encoding, html};

pub(super) fn read(reader: &Arc<Reader>, part: Part) -> Reads {
    let Part { stream, origin } = part;
    let reader = Arc::clone(reader);
    let most = reader.options.longest_article + LONGEST_HEADER;
    let records = Records { bytes: stream.into_bytes(), number: 0, most };
    Box::new(Pages { reader, origin, records, read: VecDeque::new(), ended: false })
}

/// A header may have so many bytes.
const LONGEST_HEADER: u64 = 64 << 10;

/// The pages of an archive, record by record.
struct Pages {
    reader: Arc<Reader>,
    origin: Origin,
    records: Records,
    /// What the last record gave and was not asked for yet.
    read: VecDeque<Result<super::Read, ReadError>>,
    ended: bool,
}

impl Iterator for Pages {
    type Item = Result<super::Read, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.read.is_empty() && !self.ended {
            match self.records.next() {
                Ok(Some(record)) => self.read = self.articles_of(&record).into(),
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(self.records.broken(&self.origin.name, &error)));
                }
            }
        }
        self.read.pop_front()
    }
}

/// A record that may hold a page.
struct Record {
    header: Headers,
    /// What it holds, up to the length of the longest article.
    block: Vec<u8>,
    /// Whether there was more.
    cut: bool,
}

/// The records of an archive.
struct Records {
    bytes: Box<dyn BufRead + Send>,
    /// The records read so far.
    number: u64,
    /// No more bytes of a record are kept.
    most: u64,
}

impl Records {
    fn broken(&self, name: &str, error: &io::Error) -> ReadError {
        let reason = format!("{error}; the {} records before are read", self.number);
        ReadError::Broken { name: name.to_owned(), kind: "web archive", reason }
    }

    /// The next record; `None` at the end of the archive.
    fn next(&mut self) -> io::Result<Option<Record>> {
        let Some(version) = self.version()? else { return Ok(None) };
        if !version.starts_with("WARC/") {
            return Err(io::Error::other("a record does not begin with WARC/"));
        }
        let header = self.headers()?;
        let length: u64 = header
            .get("content-length")
            .and_then(|l| l.parse().ok())
            .ok_or_else(|| io::Error::other("a record does not tell its length"))?;
        let kept = if holds_page(&header) { length.min(self.most) } else { 0 };
        let mut block = Vec::new();
        let read = (&mut self.bytes).take(kept).read_to_end(&mut block)? as u64;
        let rest = length - kept;
        let skipped = io::copy(&mut (&mut self.bytes).take(rest), &mut io::sink())?;
        if read < kept || skipped < rest {
            return Err(io::Error::other("cut off within a record"));
        }
        self.number += 1;
        Ok(Some(Record { header, block, cut: kept < length && kept > 0 }))
    }

    /// The first line of a record, past the empty lines behind the one before.
    fn version(&mut self) -> io::Result<Option<String>> {
        loop {
            let Some(line) = self.line()? else { return Ok(None) };
            if !line.is_empty() {
                return Ok(Some(line));
            }
        }
    }

    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let read = (&mut self.bytes).take(LONGEST_HEADER).read_until(b'\n', &mut line)?;
        Ok((read > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned()))
    }

    fn headers(&mut self) -> io::Result<Headers> {
        const MOST: usize = 1000;
        let mut headers = Headers::default();
        loop {
            let line = self.line()?.ok_or_else(|| io::Error::other("cut off within a header"))?;
            if line.is_empty() {
                return Ok(headers);
            }
            headers.add(&line);
            if headers.0.len() > MOST {
                return Err(io::Error::other("a record has too many headers"));
            }
        }
    }
}

impl Pages {
    /// The articles of a record; none where it holds no page.
    fn articles_of(&self, record: &Record) -> Vec<Result<super::Read, ReadError>> {
        let Some(address) = record.header.get("warc-target-uri") else { return Vec::new() };
        let address = address.trim_start_matches('<').trim_end_matches('>');
        let Some(page) = Page::of(record) else { return Vec::new() };
        let name = format!("{}, {address}", self.origin.name);
        let limit = self.reader.options.longest_article;
        if record.cut {
            return vec![Err(ReadError::TooLong { name, limit })];
        }
        let bytes = match decoded(&page.header, page.body, limit) {
            Ok(bytes) if bytes.trim_ascii().is_empty() => return Vec::new(),
            Ok(bytes) => bytes,
            Err(source) => return vec![Err(ReadError::Compression { name, source })],
        };
        let fetched = record.header.get("warc-date").and_then(date::parse);
        let original = self.reader.original(&bytes);
        let read = match self.articles(address, name, &page, bytes) {
            Ok(read) => read,
            Err(error) => vec![Err(error)],
        };
        let with = |read| super::Read { fetched, original: Some(original.clone()), ..read };
        read.into_iter().map(|read| read.map(with)).collect()
    }

    fn articles(
        &self,
        address: &str,
        name: String,
        page: &Page<'_>,
        bytes: Vec<u8>,
    ) -> Result<Vec<Result<super::Read, ReadError>>, ReadError> {
        let depth = self.origin.depth;
        let text = encoding::page(&name, bytes, page.charset())?;
        let origin = Origin { name: name.into(), path: None, file: None, entry: true, depth };
        if page.is_html() {
            return Ok(html::articles(&self.reader, &origin, &text, Some(address)));
        }
        let metadata = Metadata { url: Some(address.to_owned()), ..Metadata::default() };
        Ok(vec![self.reader.published(&origin, metadata, Body::plain(&text))])
    }
}

/// What a record holds: a page of HTML, or plain text.
struct Page<'a> {
    header: Headers,
    body: &'a [u8],
    /// Its media type, in lower case.
    kind: String,
}

impl<'a> Page<'a> {
    /// `None` for what is neither.
    fn of(record: &'a Record) -> Option<Self> {
        let (header, body) = match record.header.get("content-type") {
            Some(kind) if kind.contains("application/http") => response(&record.block)?,
            _ => (record.header.clone(), record.block.as_slice()),
        };
        let kind = header.get("content-type")?.to_ascii_lowercase();
        let page = Self { header, body, kind };
        (page.is_html() || page.kind.starts_with("text/plain")).then_some(page)
    }

    fn is_html(&self) -> bool {
        self.kind.contains("html")
    }

    fn charset(&self) -> Option<&str> {
        let (_, label) = self.kind.split_once("charset=")?;
        Some(label.trim_matches(['"', '\'', ' ']))
    }
}

/// A page that an archive holds, and what its server said for asking again
/// whether it has changed.
#[cfg(feature = "fetch")]
pub(crate) struct Visit {
    pub(crate) address: String,
    pub(crate) etag: Option<String>,
    pub(crate) modified: Option<String>,
}

/// The pages of a whole archive; of one that is cut off, why it cannot be added to.
#[cfg(feature = "fetch")]
pub(crate) fn visits(
    name: &str,
    bytes: impl Read + Send + 'static,
) -> Result<Vec<Visit>, ReadError> {
    let stream = super::stream::Stream::new(name.to_owned(), bytes)?;
    let mut records = Records { bytes: stream.into_bytes(), number: 0, most: LONGEST_HEADER };
    let mut visits = Vec::new();
    while let Some(record) = records.next().map_err(|error| records.broken(name, &error))? {
        let Some(address) = record.header.get("warc-target-uri") else { continue };
        let Some(page) = Page::of(&record).filter(Page::is_html) else { continue };
        let told = |name: &str| page.header.get(name).map(str::to_owned);
        let (etag, modified) = (told("etag"), told("last-modified"));
        visits.push(Visit { address: address.to_owned(), etag, modified });
    }
    Ok(visits)
}

/// Whether a record can hold a page, by its type.
fn holds_page(header: &Headers) -> bool {
    matches!(header.get("warc-type"), Some("response" | "resource" | "conversion"))
}

/// Headers by their names in lower case; of several of a name the first.
#[derive(Clone, Debug, Default)]
struct Headers(Vec<(String, String)>);

impl Headers {
    fn add(&mut self, line: &str) {
        if let Some((name, value)) = line.split_once(':') {
            self.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The headers and the body of a response over HTTP that found a page.
fn response(block: &[u8]) -> Option<(Headers, &[u8])> {
    let end = block.windows(4).position(|w| w == b"\r\n\r\n").map(|at| (at, at + 4));
    let (end, body) = end.or_else(|| {
        let at = block.windows(2).position(|w| w == b"\n\n")?;
        Some((at, at + 2))
    })?;
    let head = String::from_utf8_lossy(block.get(..end)?).into_owned();
    let mut lines = head.lines();
    let status = lines.next()?.split_whitespace().nth(1)?;
    let mut headers = Headers::default();
    lines.for_each(|line| headers.add(line));
    (status == "200").then_some((headers, block.get(body..)?))
}

/// The body without its chunks and its compression.
fn decoded(header: &Headers, body: &[u8], limit: u64) -> io::Result<Vec<u8>> {
    let chunked = header.get("transfer-encoding").is_some_and(|t| t.contains("chunked"));
    let whole = if chunked { without_chunks(body) } else { None };
    let body = whole.as_deref().unwrap_or(body);
    let mut bytes = Vec::new();
    let gzip = body.starts_with(&[0x1F, 0x8B]);
    match header.get("content-encoding").unwrap_or("").trim() {
        "gzip" | "x-gzip" if gzip => {
            flate2::read::MultiGzDecoder::new(body).take(limit).read_to_end(&mut bytes)?;
        }
        "deflate" => {
            flate2::read::ZlibDecoder::new(body).take(limit).read_to_end(&mut bytes)?;
        }
        #[cfg(feature = "zstd")]
        "zstd" => {
            zstd::Decoder::new(body)?.take(limit).read_to_end(&mut bytes)?;
        }
        #[cfg(not(feature = "zstd"))]
        "zstd" => return Err(io::Error::other("compression zstd is not read")),
        "br" if std::str::from_utf8(body).is_err() => {
            return Err(io::Error::other("compression br is not read"));
        }
        _ => bytes.extend_from_slice(body),
    }
    Ok(bytes)
}

/// A body put together from its chunks; `None` where it is not in chunks: many
/// archives keep the header and not the chunks.
fn without_chunks(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let line = body.iter().position(|b| *b == b'\n')?;
        let size = std::str::from_utf8(body.get(..line)?).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        body = body.get(line + 1..)?;
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body.get(..size.min(body.len()))?);
        body = body.get(size..)?.trim_ascii_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: Option<&str>) {
        let found = without_chunks(body.as_bytes());
        assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{body:?}");
    }

    #[test]
    fn chunks_are_put_together() {
        check("4\r\nferr\r\n1;x=y\r\ny\r\n0\r\n\r\n", Some("ferry"));
        check("<p>ferry</p>\n", None);
        check("ffff\r\ncut off", None);
    }
}
