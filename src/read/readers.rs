//! Which function reads which format: those of the features that are on.

use std::sync::Arc;

#[cfg(feature = "html")]
use super::html;
#[cfg(feature = "mail")]
use super::mail;
#[cfg(feature = "parquet")]
use super::parquet;
#[cfg(feature = "pdf")]
use super::pdf;
#[cfg(feature = "office")]
use super::rtf;
#[cfg(feature = "tables")]
use super::table;
use super::{Format, Part, Reader, Reads, json, jsonl, parsed, plain};
#[cfg(feature = "archives")]
use super::{archive, warc};
#[cfg(feature = "feeds")]
use super::{feed, news};

/// Reads the articles of a file or stream.
pub(super) type ReadFormat = fn(&Arc<Reader>, Part) -> Reads;

const READERS: &[(Format, ReadFormat)] = &[
    (Format::Text, plain::read_text),
    #[cfg(feature = "markdown")]
    (Format::Markdown, plain::read_markdown),
    #[cfg(feature = "html")]
    (Format::Html, html::read),
    (Format::JsonLines, jsonl::read),
    #[cfg(feature = "mail")]
    (Format::Mhtml, mail::read_page),
    (Format::Json, json::read),
    #[cfg(feature = "tables")]
    (Format::Table, table::read),
    #[cfg(feature = "parquet")]
    (Format::Parquet, parquet::read),
    #[cfg(feature = "feeds")]
    (Format::Feed, feed::read),
    #[cfg(feature = "feeds")]
    (Format::NewsXml, news::read),
    #[cfg(feature = "archives")]
    (Format::Warc, warc::read),
    #[cfg(feature = "archives")]
    (Format::Zip, archive::read_zip),
    #[cfg(feature = "archives")]
    (Format::Tar, archive::read_tar),
    #[cfg(feature = "office")]
    (Format::Rtf, rtf::read),
    #[cfg(feature = "pdf")]
    (Format::Pdf, pdf::read),
    #[cfg(feature = "mail")]
    (Format::Mail, mail::read_message),
    #[cfg(feature = "mail")]
    (Format::MailBox, mail::read_box),
    (Format::Conllu, parsed::read),
];

/// What reads a format; `None` where its feature is off.
pub(super) fn reader_of(format: Format) -> Option<ReadFormat> {
    let (_, read) = READERS.iter().find(|(known, _)| *known == format)?;
    Some(*read)
}
