/// How an article was found in what was read: for whoever wonders why its text is what
/// it is. Readers fill it in only where [`Options::explain`](crate::read::Options) asks
/// for it; it is no part of the article's JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// The digest and the length of what it was read from: the file, or the record of it.
    pub source: Option<String>,
    /// Where title, author, day and the like were told.
    pub told: Vec<Told>,
    /// What stands in the source and not in the text, in its order.
    pub left_out: Vec<LeftOut>,
    /// Blocks that were taken for boilerplate, by their numbers in
    /// [`Article::blocks`](super::Article), and what made them that.
    pub boilerplate: Vec<(usize, String)>,
}

/// Where something known of an article was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What is known: `title`, `byline`, `published`.
    pub field: &'static str,
    /// The place in the source: `<meta og:title>`, `JSON-LD author`.
    pub place: String,
}

/// Words of a source that are not the article's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The first of them.
    pub words: String,
    /// How many more paragraphs were left out behind these, for the same reason.
    pub more: usize,
    /// Why: `in <aside class="teaser">`.
    pub reason: String,
}

impl Reading {
    /// Whether nothing was noted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
