//! Articles of text at hand, laid out as files are.

use super::compose::{self, Body};
use super::lists::Lists;
use super::metadata::Metadata;
use crate::text::{Article, ArticleId, Published};

impl Article {
    /// An article of plain text, laid out as a file of it would be: its
    /// headline, headings, paragraphs, items and boilerplate are found by their
    /// looks. The text stays as it is; `id` names the article in a graph, as
    /// [`ArticleId::new`] makes it.
    ///
    /// ```
    /// use reportedly::Article;
    /// use reportedly::text::BlockKind;
    ///
    /// let article = Article::new("ferry", "Ferry sold\n\nAda Brook sold the ferry on Friday.");
    /// assert_eq!(article.title.as_deref(), Some("Ferry sold"));
    /// assert_eq!(article.blocks[1].kind, BlockKind::Paragraph);
    /// ```
    ///
    /// # Panics
    /// Where the text is longer than 1 GiB, as spans would not reach its end.
    pub fn new(id: &str, text: &str) -> Self {
        Self::builder(id, text).build()
    }

    /// The same for an article of which more is known than its text.
    ///
    /// ```
    /// use reportedly::Article;
    ///
    /// let article = Article::builder("ferry", "Ada Brook sold the ferry on Friday.")
    ///     .title("Ferry sold")
    ///     .publisher("Harbour Courier")
    ///     .published("2024-05-31".parse()?)
    ///     .build();
    /// // The headline is part of the text, so that its claims have evidence.
    /// assert!(article.text.starts_with("Ferry sold\n\nAda Brook"));
    /// # Ok::<(), reportedly::text::NoDate>(())
    /// ```
    pub fn builder(id: &str, text: &str) -> ArticleBuilder {
        let (id, text) = (ArticleId::new(id), text.to_owned());
        ArticleBuilder { id, text, metadata: Metadata::default() }
    }
}

/// An article in the making; see [`Article::builder`].
#[derive(Clone, Debug)]
#[must_use = "a builder makes nothing until it is built"]
pub struct ArticleBuilder {
    id: ArticleId,
    text: String,
    metadata: Metadata,
}

impl ArticleBuilder {
    /// Its headline. It is put in front of the text, unless it stands there already.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.metadata.title = Some(title.into());
        self
    }

    /// Where it was published.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.metadata.url = Some(url.into());
        self
    }

    /// Who published it.
    pub fn publisher(mut self, name: impl Into<String>) -> Self {
        self.metadata.publisher = Some(name.into());
        self
    }

    /// Who wrote it, without "By".
    pub fn byline(mut self, names: impl Into<String>) -> Self {
        self.metadata.byline = Some(names.into());
        self
    }

    /// When it was published: what *Friday* means follows from it.
    pub fn published(mut self, published: Published) -> Self {
        self.metadata.published = Some(published);
        self
    }

    /// Its language as a BCP 47 tag; `en` unless said otherwise.
    pub fn language(mut self, tag: &str) -> Self {
        self.metadata.language = Some(tag.into());
        self
    }

    /// Lays the article out. What its first lines tell (author, day, address)
    /// is taken from there, unless it was given.
    ///
    /// # Panics
    /// As [`Article::new`].
    pub fn build(self) -> Article {
        assert!(self.text.len() <= LONGEST, "texts are at most {LONGEST} bytes long");
        let lists = Lists::default();
        compose::article(self.id, self.metadata, Body::plain(&self.text), lists.looks())
    }
}

/// The longest text, in bytes.
const LONGEST: usize = 1 << 30;
