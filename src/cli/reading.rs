//! How inputs are read, for all commands that read some.

use clap::Args;

use crate::pipeline::Pipeline;
use crate::read::{Columns, Options};

/// How inputs are read
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Which columns of tables and fields of JSON hold what, as in
    /// text=body,title=headline,date=published_at,byline=source.author
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    map: Option<Columns>,
}

impl Flags {
    /// With the word lists of a pipeline.
    pub(crate) fn options(&self, pipeline: &Pipeline) -> Options {
        let columns = self.map.clone().unwrap_or_default();
        Options { columns, ..pipeline.reading() }
    }
}
