//! What was fetched, kept as a web archive (WARC 1.1): the evidence of what a
//! page said that day, and what tells the next run whether it has changed.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::client::{Answer, Conditions};
use crate::read;
use crate::text::hex;

/// A web archive that grows at its end, record by record.
pub(super) struct Archive {
    path: PathBuf,
    file: File,
    zipped: bool,
    /// What servers said of the pages in it, for asking again.
    known: HashMap<String, Conditions>,
}

impl Archive {
    /// Opens an archive, or begins one; what is in it stays.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let shown = || path.display().to_string();
        let mut known = HashMap::new();
        if path.exists() {
            let bytes = File::open(path).with_context(shown)?;
            let visits = read::visits(&shown(), bytes)
                .context("it stays as it is; give -o another name, or move it")?;
            for visit in visits {
                let conditions = Conditions { etag: visit.etag, modified: visit.modified };
                known.insert(visit.address, conditions);
            }
        }
        let file = OpenOptions::new().create(true).append(true).open(path).with_context(shown)?;
        let zipped = path.extension().is_some_and(|ending| ending == "gz");
        let mut archive = Self { path: path.to_owned(), file, zipped, known };
        if archive.file.metadata().with_context(shown)?.len() == 0 {
            archive.begin().with_context(shown)?;
        }
        Ok(archive)
    }

    /// What to tell the server of a page that is fetched again.
    pub(super) fn conditions(&self, address: &str) -> Conditions {
        self.known.get(address).cloned().unwrap_or_default()
    }

    /// Says what made the archive.
    fn begin(&mut self) -> io::Result<()> {
        let fields = format!(
            "software: reportedly {}\r\nformat: WARC File Format 1.1\r\n",
            env!("CARGO_PKG_VERSION")
        );
        let header = [("WARC-Type", "warcinfo"), ("Content-Type", "application/warc-fields")];
        self.record(&header, fields.as_bytes())
    }

    /// Keeps an answer: with its body, or as a visit that saw nothing new.
    pub(super) fn keep(&mut self, answer: &Answer) -> anyhow::Result<()> {
        let kind = if answer.status == 304 { "revisit" } else { "response" };
        let mut header = vec![
            ("WARC-Type", kind),
            ("WARC-Target-URI", &answer.address),
            ("Content-Type", "application/http; msgtype=response"),
        ];
        if answer.status == 304 {
            const PROFILE: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";
            header.push(("WARC-Profile", PROFILE));
        }
        let kept = self.record(&header, &answer.bytes());
        kept.with_context(|| self.path.display().to_string())
    }

    /// Writes a record at once, so that a kill leaves whole ones and at most a
    /// piece at the end.
    fn record(&mut self, header: &[(&str, &str)], block: &[u8]) -> io::Result<()> {
        let date = now();
        let mut text = String::from("WARC/1.1\r\n");
        for (name, value) in header {
            write!(text, "{name}: {value}\r\n").expect("text takes whatever is written to it");
        }
        let id = id(&date, &text, block);
        write!(text, "WARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: {date}\r\n")
            .and_then(|()| write!(text, "Content-Length: {}\r\n\r\n", block.len()))
            .expect("text takes whatever is written to it");
        let record = [text.as_bytes(), block, b"\r\n\r\n"].concat();
        let record = if self.zipped { zipped(&record)? } else { record };
        self.file.write_all(&record)
    }
}

fn zipped(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// When a page is fetched belongs to what is kept.
#[allow(clippy::disallowed_methods)]
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A name for a record, made of all that it holds, in the form of a UUID.
fn id(date: &str, header: &str, block: &[u8]) -> String {
    let mut digest = Sha256::new();
    for part in [date.as_bytes(), header.as_bytes(), block] {
        digest.update(part);
    }
    let digest: [u8; 32] = digest.finalize().into();
    let hex = hex(&digest[..16]);
    format!("{}-{}-8{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}
