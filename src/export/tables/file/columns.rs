//! Parquet, row group by row group: no more rows are held than one group has.

use std::fs::File;
use std::io::BufWriter;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use super::super::cell::Cell;
use super::super::schema::{Column, ColumnType, Schema};

/// A group has at most so many rows, as readers like it.
const ROWS: usize = 120_000;
/// And about so many bytes of text.
const BYTES: usize = 32 << 20;

/// A file of columns.
pub(super) struct ColumnFile {
    writer: SerializedFileWriter<BufWriter<File>>,
    columns: Vec<Buffer>,
    rows: usize,
    bytes: usize,
}

impl ColumnFile {
    pub(super) fn create(schema: &Schema, file: File) -> Result<Self, ParquetError> {
        let message = Arc::new(parse_message_type(&message(schema))?);
        // Nothing of the clock or the machine is in it, so that bytes stay the same.
        let properties = WriterProperties::builder()
            .set_created_by(concat!("reportedly ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?));
        let properties = Arc::new(properties.build());
        let writer = SerializedFileWriter::new(BufWriter::new(file), message, properties)?;
        let columns = schema.columns.iter().map(Buffer::of).collect();
        Ok(Self { writer, columns, rows: 0, bytes: 0 })
    }

    pub(super) fn push(&mut self, cells: Vec<Cell>) -> Result<(), ParquetError> {
        for (buffer, cell) in self.columns.iter_mut().zip(cells) {
            self.bytes += buffer.push(cell);
        }
        self.rows += 1;
        if self.rows >= ROWS || self.bytes >= BYTES { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for buffer in &mut self.columns {
            let column = group.next_column()?;
            let mut column = column.ok_or_else(|| ParquetError::General("columns".to_owned()))?;
            buffer.write(&mut column)?;
            column.close()?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), ParquetError> {
        if self.rows > 0 {
            self.write_group()?;
        }
        // Also writes what is still held.
        self.writer.close().map(drop)
    }
}

/// The schema as Parquet writes it.
fn message(schema: &Schema) -> String {
    let columns: Vec<String> = schema.columns.iter().map(field).collect();
    format!("message {} {{ {} }}", schema.name, columns.join(" "))
}

fn field(column: &Column) -> String {
    let repetition = if column.required { "required" } else { "optional" };
    let name = column.name;
    match column.kind {
        ColumnType::Text => format!("{repetition} binary {name} (STRING);"),
        ColumnType::Integer => format!("{repetition} int64 {name};"),
        ColumnType::Number => format!("{repetition} double {name};"),
        ColumnType::Boolean => format!("{repetition} boolean {name};"),
    }
}

/// The values of a column in the rows that are held.
struct Buffer {
    values: Values,
    /// Whether each row has a value; not kept of columns where all have.
    levels: Option<Vec<i16>>,
}

enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Boolean(Vec<bool>),
}

impl Buffer {
    fn of(column: &Column) -> Self {
        let values = match column.kind {
            ColumnType::Text => Values::Text(Vec::new()),
            ColumnType::Integer => Values::Integer(Vec::new()),
            ColumnType::Number => Values::Number(Vec::new()),
            ColumnType::Boolean => Values::Boolean(Vec::new()),
        };
        Self { values, levels: (!column.required).then(Vec::new) }
    }

    /// Adds the value of a row, and tells how many bytes it takes about.
    fn push(&mut self, cell: Cell) -> usize {
        if let Some(levels) = &mut self.levels {
            levels.push(i16::from(cell != Cell::Empty));
        }
        match (&mut self.values, cell) {
            (Values::Text(values), Cell::Text(text)) => {
                let bytes = text.len();
                values.push(ByteArray::from(text.into_bytes()));
                return bytes + size_of::<ByteArray>();
            }
            (Values::Integer(values), Cell::Integer(number)) => values.push(number),
            (Values::Number(values), Cell::Number(number)) => values.push(number),
            (Values::Boolean(values), Cell::Boolean(value)) => values.push(value),
            _ => {}
        }
        size_of::<u64>()
    }

    /// Writes what is held, and forgets it.
    fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = self.levels.as_deref();
        match &mut self.values {
            Values::Text(values) => write::<ByteArrayType>(column, values, levels)?,
            Values::Integer(values) => write::<Int64Type>(column, values, levels)?,
            Values::Number(values) => write::<DoubleType>(column, values, levels)?,
            Values::Boolean(values) => write::<BoolType>(column, values, levels)?,
        }
        if let Some(levels) = &mut self.levels {
            levels.clear();
        }
        Ok(())
    }
}

fn write<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    column.typed::<T>().write_batch(values, levels, None)?;
    values.clear();
    Ok(())
}
