//! The pages of a row group, looked at before they are believed.
//!
//! In: a row group as its file describes it. Out: the same, whose pages unpack to no more
//! than they say, and that to no more than memory holds: a reader of Parquet asks for the
//! memory that a header names, and a wrong one would end the program.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use parquet::basic::{Compression, Encoding};
use parquet::bloom_filter::Sbbf;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use parquet::file::reader::{ChunkReader, Length, RowGroupReader};
use parquet::record::reader::RowIter;
use parquet::schema::types::{ColumnDescPtr, Type};

use super::source::Source;

/// The most bytes of a page, unpacked.
const LONGEST_PAGE: u64 = 256 << 20;
/// The most bytes of a page's header, which may hold two long values.
const LONGEST_HEADER: u64 = 64 << 20;
/// A value of a dictionary takes so many bytes in memory, beside its own.
const OF_A_VALUE: u64 = 64;

fn wrong<T>(reason: &str) -> Result<T> {
    Err(ParquetError::General(reason.to_owned()))
}

/// A row group whose pages are looked at.
pub(super) struct CheckedGroup<'a> {
    group: Box<dyn RowGroupReader + 'a>,
    source: Source,
}

impl<'a> CheckedGroup<'a> {
    pub(super) fn new(group: Box<dyn RowGroupReader + 'a>, source: Source) -> Result<Self> {
        let rows = u64::try_from(group.metadata().num_rows());
        // An article takes more than a byte, however it is packed.
        if rows.is_ok_and(|rows| rows <= source.len()) {
            return Ok(Self { group, source });
        }
        wrong("it tells more rows than it can hold")
    }
}

impl RowGroupReader for CheckedGroup<'_> {
    fn metadata(&self) -> &RowGroupMetaData {
        self.group.metadata()
    }

    fn num_columns(&self) -> usize {
        self.group.num_columns()
    }

    fn get_column_page_reader(&self, number: usize) -> Result<Box<dyn PageReader>> {
        let chunk = self.metadata().column(number);
        check_sizes(&self.source, chunk)?;
        let pages = self.group.get_column_page_reader(number)?;
        Ok(Box::new(CheckedPages { pages, column: chunk.column_descr_ptr() }))
    }

    fn get_column_bloom_filter(&self, number: usize) -> Option<&Sbbf> {
        self.group.get_column_bloom_filter(number)
    }

    fn get_row_iter(&self, projection: Option<Type>) -> Result<RowIter<'_>> {
        RowIter::from_row_group(projection, self)
    }
}

/// Fails where a page of a column is, or becomes, too large.
fn check_sizes(source: &Source, chunk: &ColumnChunkMetaData) -> Result<()> {
    let (mut start, length) = chunk.byte_range();
    let Some(end) = start.checked_add(length).filter(|end| *end <= source.len()) else {
        return wrong("it is cut off");
    };
    while start < end {
        let PageSizes { header, packed, unpacked } = PageSizes::read(source, start)?;
        if unpacked > LONGEST_PAGE {
            return wrong(&format!("a page of it unpacks to {unpacked} bytes"));
        }
        start += header;
        if end - start.min(end) < packed {
            return wrong("a page of it is cut off");
        }
        if matches!(chunk.compression(), Compression::GZIP(_)) {
            check_gzip(source, start, packed, unpacked)?;
        }
        start += packed;
    }
    Ok(())
}

/// Fails where a page that is compressed with gzip unpacks to more than it says.
fn check_gzip(source: &Source, start: u64, packed: u64, unpacked: u64) -> Result<()> {
    let bytes = MultiGzDecoder::new(source.get_read(start)?.take(packed));
    // What is damaged, or not compressed at all, is left to whoever reads it.
    match io::copy(&mut bytes.take(unpacked + 1), &mut io::sink()) {
        Ok(bytes) if bytes > unpacked => wrong("a page of it unpacks to more than it says"),
        _ => Ok(()),
    }
}

/// How long a page is.
struct PageSizes {
    header: u64,
    packed: u64,
    unpacked: u64,
}

impl PageSizes {
    /// Reads the header of a page: a structure of Thrift whose second and third fields
    /// are the sizes.
    fn read(source: &Source, start: u64) -> Result<Self> {
        let mut thrift = Thrift(source.get_read(start)?.take(LONGEST_HEADER));
        let (mut packed, mut unpacked, mut field) = (None, None, 0);
        while let Some(kind) = thrift.field(&mut field)? {
            match (field, kind) {
                (2, INT_32) => unpacked = Some(thrift.number()?),
                (3, INT_32) => packed = Some(thrift.number()?),
                _ => thrift.skip(kind, 0)?,
            }
        }
        let size = |told: Option<i64>| told.and_then(|size| u64::try_from(size).ok());
        match (size(packed), size(unpacked)) {
            (Some(packed), Some(unpacked)) => {
                Ok(Self { header: LONGEST_HEADER - thrift.0.limit(), packed, unpacked })
            }
            _ => wrong("a page of it does not tell its size"),
        }
    }
}

/// The kind of a field in Thrift's compact protocol that is a whole number.
const INT_32: u8 = 5;

/// Reads what is written in Thrift's compact protocol.
struct Thrift<R>(R);

impl<R: Read> Thrift<R> {
    fn byte(&mut self) -> Result<u8> {
        let mut byte = [0];
        self.0.read_exact(&mut byte)?;
        let [byte] = byte;
        Ok(byte)
    }

    fn unsigned(&mut self) -> Result<u64> {
        let mut number = 0;
        for part in 0..10 {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << (7 * part).min(63);
            if byte < 0x80 {
                return Ok(number);
            }
        }
        wrong("a page of it has a wrong header")
    }

    fn number(&mut self) -> Result<i64> {
        let zigzag = self.unsigned()?;
        Ok((zigzag >> 1) as i64 ^ -((zigzag & 1) as i64))
    }

    /// The kind of the next field, whose number follows the one before; `None` behind
    /// the last one.
    fn field(&mut self, number: &mut i64) -> Result<Option<u8>> {
        let byte = self.byte()?;
        if byte == 0 {
            return Ok(None);
        }
        *number = match byte >> 4 {
            0 => self.number()?,
            more => number.saturating_add(i64::from(more)),
        };
        Ok(Some(byte & 0x0F))
    }

    fn skip_bytes(&mut self, bytes: u64) -> Result<()> {
        let skipped = io::copy(&mut self.0.by_ref().take(bytes), &mut io::sink())?;
        if skipped == bytes { Ok(()) } else { wrong("a page of it is cut off") }
    }

    fn skip(&mut self, kind: u8, depth: u8) -> Result<()> {
        const DEEPEST: u8 = 8;
        match kind {
            _ if depth > DEEPEST => wrong("a page of it has a wrong header"),
            // True and false say all by their kinds.
            1 | 2 => Ok(()),
            3 => self.skip_bytes(1),
            4..=6 => self.unsigned().map(drop),
            7 => self.skip_bytes(8),
            8 => {
                let length = self.unsigned()?;
                self.skip_bytes(length)
            }
            12 => self.skip_fields(depth),
            // No header of a page has lists, sets or maps.
            _ => wrong("a page of it has a wrong header"),
        }
    }

    fn skip_fields(&mut self, depth: u8) -> Result<()> {
        let mut number = 0;
        while let Some(kind) = self.field(&mut number)? {
            self.skip(kind, depth + 1)?;
        }
        Ok(())
    }
}

/// The pages of a column, whose counts are looked at once they are unpacked.
struct CheckedPages {
    pages: Box<dyn PageReader>,
    column: ColumnDescPtr,
}

impl CheckedPages {
    fn check(&self, page: &Page) -> Result<()> {
        let values = u64::from(page.num_values());
        let bytes = page.buffer().len() as u64;
        match page {
            Page::DictionaryPage { .. } => {
                if values > bytes || values * OF_A_VALUE > LONGEST_PAGE {
                    return wrong("a dictionary of it is too large");
                }
            }
            Page::DataPage { .. } | Page::DataPageV2 { .. } => {
                let lengths = matches!(
                    page.encoding(),
                    Encoding::DELTA_LENGTH_BYTE_ARRAY | Encoding::DELTA_BYTE_ARRAY
                );
                if lengths && self.count(page).is_none_or(|count| count > values) {
                    return wrong("a page of it tells more values than it has");
                }
            }
        }
        Ok(())
    }

    /// How many values a page tells that begins with their lengths.
    fn count(&self, page: &Page) -> Option<u64> {
        let mut bytes: &[u8] = page.buffer();
        match page {
            Page::DataPageV2 { def_levels_byte_len, rep_levels_byte_len, .. } => {
                let levels = def_levels_byte_len.checked_add(*rep_levels_byte_len)?;
                bytes = bytes.get(levels as usize..)?;
            }
            _ => {
                let levels = [self.column.max_rep_level(), self.column.max_def_level()];
                for _ in levels.iter().filter(|most| **most > 0) {
                    let (length, rest) = bytes.split_first_chunk()?;
                    bytes = rest.get(u32::from_le_bytes(*length) as usize..)?;
                }
            }
        }
        let mut numbers = Thrift(bytes);
        // The size of a block, and how many it has, stand before.
        numbers.unsigned().and_then(|_| numbers.unsigned()).ok()?;
        numbers.unsigned().ok()
    }
}

impl PageReader for CheckedPages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        if let Some(page) = &page {
            self.check(page)?;
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }
}

impl Iterator for CheckedPages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}
