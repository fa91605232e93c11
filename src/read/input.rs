//! What the user names as input.

use std::convert::Infallible;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// One input as the user names it. Sorts by path, standard input first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// Standard input, named `-`.
    Stdin,
    /// A file, or a folder with all that is below it.
    Path(PathBuf),
}

impl Input {
    /// The size of a file in bytes; `None` for what has none: streams, pipes.
    pub(crate) fn size(&self) -> Option<u64> {
        let Self::Path(path) = self else { return None };
        std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|file| file.len())
    }
}

impl From<OsString> for Input {
    fn from(name: OsString) -> Self {
        if name == "-" { Self::Stdin } else { Self::Path(name.into()) }
    }
}

impl From<&Path> for Input {
    fn from(path: &Path) -> Self {
        Self::Path(path.to_owned())
    }
}

impl FromStr for Input {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(OsString::from(name).into())
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("standard input"),
            Self::Path(path) => path.display().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_is_standard_input() {
        assert_eq!("-".parse(), Ok(Input::Stdin));
        assert_eq!("./-".parse(), Ok(Input::Path("./-".into())));
    }
}
