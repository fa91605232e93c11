//! Some of what there is, and where to go on.

use serde::{Deserialize, Serialize};

use crate::serve::http::Problem;

/// Some of what there is, and where to go on.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::serve) struct Part<T> {
    /// Some of what there is.
    pub(in crate::serve) results: Vec<T>,
    /// What to ask with for more, if there is more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::serve) cursor: Option<String>,
}

/// How many results come before those that are asked for.
pub(super) fn start(cursor: Option<&str>) -> Result<usize, Problem> {
    let wrong = |given: &str| Problem::bad(format!("cursor {given}: not one that was given"));
    cursor.map_or(Ok(0), |given| given.parse().map_err(|_| wrong(given)))
}
