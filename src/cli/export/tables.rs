//! `reportedly export --format parquet|csv`.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::{Amount, Flags, Kind, articles};
use crate::export::{TableFormat, TableOptions, write_tables};
use crate::graph::Store;

/// Refuses what tables do not have.
pub(super) fn check(flags: &Flags, kind: Kind) -> anyhow::Result<()> {
    if !matches!(kind, Kind::Tables(_)) {
        return Ok(());
    }
    anyhow::ensure!(
        flags.profile != Amount::Facts,
        "--profile facts: tables have claims, and their column `asserted` tells which are facts; \
         use --profile claims"
    );
    anyhow::ensure!(
        flags.output.is_some(),
        "tables are several files: -o DIR names the folder for them"
    );
    Ok(())
}

/// Writes the tables beside their places, and puts them there when all are complete.
pub(super) fn write(flags: &Flags, store: &Store, format: TableFormat) -> anyhow::Result<()> {
    let folder = flags.output.as_deref().context("-o DIR")?;
    let name = || folder.display().to_string();
    let mut options = TableOptions::of(format);
    options.profile = flags.profile.into();
    options.articles = articles(flags, store)?;
    fs::create_dir_all(folder).with_context(name)?;
    let unfinished = tempfile::tempdir_in(folder).with_context(name)?;
    let written = write_tables(store, &options, unfinished.path())?;
    let mut bytes = 0;
    for (table, rows) in written {
        let file = format!("{table}.{}", format.ending());
        let size = put(&unfinished.path().join(&file), &folder.join(&file))?;
        bytes += size;
        anstream::eprintln!("{table:15} {rows:>10} rows {size:>12} bytes");
    }
    anstream::eprintln!("{:15} {:>15} {bytes:>12} bytes", "all", "");
    Ok(())
}

/// Puts a file in its place, and tells how large it is.
fn put(from: &Path, to: &Path) -> anyhow::Result<u64> {
    let moved = fs::rename(from, to).and_then(|()| fs::metadata(to));
    Ok(moved.with_context(|| to.display().to_string())?.len())
}
