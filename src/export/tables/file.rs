//! A table as a file, row by row.

#[cfg(feature = "parquet")]
mod columns;

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

#[cfg(feature = "parquet")]
use self::columns::ColumnFile;
use super::super::ExportError;
use super::TableFormat;
use super::cell::Cell;
use super::schema::{ColumnType, Schema};

/// A table that is being written.
pub(super) struct TableFile {
    schema: &'static Schema,
    path: PathBuf,
    sink: Sink,
    rows: u64,
}

enum Sink {
    Csv(Box<csv::Writer<BufWriter<File>>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<ColumnFile>),
}

impl TableFile {
    pub(super) fn create(
        schema: &'static Schema,
        format: TableFormat,
        folder: &Path,
    ) -> Result<Self, ExportError> {
        let path = folder.join(format!("{}.{}", schema.name, format.ending()));
        let file = File::create(&path).map_err(|error| broken(&path, error))?;
        let sink = match format {
            TableFormat::Csv => {
                let mut writer = csv::Writer::from_writer(BufWriter::new(file));
                let names = schema.columns.iter().map(|column| column.name);
                writer.write_record(names).map_err(|error| broken(&path, error))?;
                Sink::Csv(Box::new(writer))
            }
            #[cfg(feature = "parquet")]
            TableFormat::Parquet => {
                let columns = ColumnFile::create(schema, file);
                Sink::Parquet(Box::new(columns.map_err(|error| broken(&path, error))?))
            }
        };
        Ok(Self { schema, path, sink, rows: 0 })
    }

    /// Writes a row.
    ///
    /// # Panics
    /// Where its cells are not those of the schema.
    pub(super) fn push(&mut self, cells: Vec<Cell>) -> Result<(), ExportError> {
        self.check(&cells);
        self.rows += 1;
        let written = match &mut self.sink {
            Sink::Csv(writer) => writer.write_record(cells.iter().map(text)).map_err(boxed),
            #[cfg(feature = "parquet")]
            Sink::Parquet(columns) => columns.push(cells).map_err(boxed),
        };
        written.map_err(|error| broken(&self.path, error))
    }

    fn check(&self, cells: &[Cell]) {
        let Schema { name, columns } = self.schema;
        assert_eq!(cells.len(), columns.len(), "a row of {name} has a cell for each column");
        for (cell, column) in cells.iter().zip(columns) {
            let fits = match cell {
                Cell::Empty => !column.required,
                Cell::Text(_) => column.kind == ColumnType::Text,
                Cell::Integer(_) => column.kind == ColumnType::Integer,
                Cell::Number(_) => column.kind == ColumnType::Number,
                Cell::Boolean(_) => column.kind == ColumnType::Boolean,
            };
            assert!(fits, "{name}.{}: {cell:?}", column.name);
        }
    }

    /// Completes the file, and tells how many rows it has.
    pub(super) fn finish(self) -> Result<(&'static str, u64), ExportError> {
        let Self { schema, path, sink, rows } = self;
        let finished = match sink {
            Sink::Csv(mut writer) => writer.flush().map_err(boxed),
            #[cfg(feature = "parquet")]
            Sink::Parquet(columns) => columns.finish().map_err(boxed),
        };
        finished.map_err(|error| broken(&path, error))?;
        Ok((schema.name, rows))
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Boolean(value) => value.to_string(),
    }
}

type Reason = Box<dyn std::error::Error + Send + Sync>;

fn boxed(error: impl std::error::Error + Send + Sync + 'static) -> Reason {
    Box::new(error)
}

fn broken(path: &Path, reason: impl Into<Reason>) -> ExportError {
    ExportError::Table { path: path.to_path_buf(), reason: reason.into() }
}
