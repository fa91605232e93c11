//! A store as tables: one row a claim, a mention, an article, for DuckDB, pandas, Spark
//! and whatever else reads Parquet or CSV.
//!
//! In: a [`Store`]. Out: a file a table in a folder, and how many rows each has. The
//! tables ([`schemas`]) say what the graph says, in the same IRIs. Articles are read
//! one after the other, in order of their IRIs; held in memory are the graph of one,
//! the rows of a row group, and the names of the entities and relations that several
//! articles share. The same store gives the same bytes.
//!
//! Sentences are the one thing that the graph does not have: they are found again in
//! the stored text, as in a plain text of it ([`SentenceSplitter`]).

mod article;
mod cell;
mod claims;
mod file;
mod labels;
mod schema;
mod shared;
mod stories;

use std::collections::BTreeSet;
use std::path::Path;

use oxrdf::{NamedNode, Term};

pub use self::schema::{Column, ColumnType, Schema, schemas};

use self::cell::Cell;
use self::file::TableFile;
use self::labels::Labels;
use super::claims::ArticleView;
use super::{ExportError, Profile};
use crate::analyse::SentenceSplitter;
use crate::graph::Store;

/// How tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Text, a line a row; what is missing is empty.
    Csv,
    /// Columns, compressed with Zstandard.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl TableFormat {
    /// What the names of its files end in.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }
}

/// Which tables of a store are written, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableOptions {
    /// How each table is written.
    pub format: TableFormat,
    /// How much of each article: [`Profile::Claims`] leaves out texts, sentences,
    /// mentions and what the others were chosen from. [`Profile::Facts`] has no tables.
    pub profile: Profile,
    /// These articles; all of them where it is `None`.
    pub articles: Option<Vec<NamedNode>>,
}

impl TableOptions {
    /// All of the store in a format.
    pub fn of(format: TableFormat) -> Self {
        Self { format, profile: Profile::Full, articles: None }
    }
}

/// Writes the tables of a store into a folder, and tells how many rows each has.
pub fn write_tables(
    store: &Store,
    options: &TableOptions,
    folder: &Path,
) -> Result<Vec<(&'static str, u64)>, ExportError> {
    let mut tables = Tables::create(store, options, folder)?;
    for article in tables.articles.clone() {
        let view = ArticleView::read_as(store, &article, options.profile)?;
        tables.article(&view)?;
    }
    tables.shared()?;
    tables.stories(options)?;
    tables.files.into_iter().map(TableFile::finish).collect()
}

/// The tables, in the order of [`schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Table {
    Articles,
    Sentences,
    Entities,
    Names,
    Mentions,
    Claims,
    Qualifiers,
    Reports,
    Attributions,
    Contents,
    Links,
    Propositions,
    Origins,
    Relations,
    Stories,
    StoryArticles,
    StoryEntities,
    SharedClaims,
    Appearances,
    Differences,
}

/// The tables of a store that are being written.
struct Tables<'a> {
    store: &'a Store,
    /// Those whose rows are written, in order.
    articles: Vec<NamedNode>,
    files: Vec<TableFile>,
    /// None where sentences are left out.
    splitter: Option<SentenceSplitter>,
    labels: Labels<'a>,
    /// What several articles may speak of, by name.
    entities: BTreeSet<NamedNode>,
    relations: BTreeSet<NamedNode>,
}

impl<'a> Tables<'a> {
    fn create(
        store: &'a Store,
        options: &TableOptions,
        folder: &Path,
    ) -> Result<Self, ExportError> {
        let mut articles = match &options.articles {
            Some(articles) => articles.clone(),
            None => store.articles()?,
        };
        articles.sort_unstable();
        let create = |schema| TableFile::create(schema, options.format, folder);
        let files = schemas().iter().map(create).collect::<Result<_, _>>()?;
        let splitter = match options.profile {
            Profile::Full => Some(SentenceSplitter::english()?),
            Profile::Claims | Profile::Facts => None,
        };
        let entities = match options.articles {
            Some(_) => BTreeSet::new(),
            None => shared::all_entities(store)?,
        };
        let relations = BTreeSet::new();
        let labels = Labels::new(store);
        Ok(Self { store, articles, files, splitter, labels, entities, relations })
    }

    fn push(
        &mut self,
        table: Table,
        cells: impl IntoIterator<Item = Cell>,
    ) -> Result<(), ExportError> {
        self.files[table as usize].push(cells.into_iter().collect())
    }

    fn article(&mut self, view: &ArticleView<'_>) -> Result<(), ExportError> {
        self.note(view);
        self.describe(view)?;
        self.sentences(view)?;
        self.nodes(view)?;
        self.mentions(view)?;
        self.links_of_article(view)?;
        self.claims(view)?;
        self.attributions(view)?;
        self.propositions(view)
    }

    /// Notes the entities that are the same in every article.
    fn note(&mut self, view: &ArticleView<'_>) {
        let entities = self.store.iris().entities();
        for node in view.all_nodes().filter(|node| node.as_str().starts_with(&entities)) {
            if !self.entities.contains(node) {
                self.entities.insert(node.clone());
            }
        }
    }

    /// What stands for a node, and what it is called.
    fn named(
        &mut self,
        view: &ArticleView<'_>,
        node: Option<&NamedNode>,
    ) -> Result<[Cell; 2], ExportError> {
        match node {
            Some(node) => Ok([node.into(), self.labels.of(view, node)?.into()]),
            None => Ok([Cell::Empty, Cell::Empty]),
        }
    }

    /// A value: its IRI where it is a node, its words, and which type it has.
    fn value(&mut self, view: &ArticleView<'_>, term: &Term) -> Result<[Cell; 3], ExportError> {
        Ok(match term {
            Term::NamedNode(node) => {
                let [iri, label] = self.named(view, Some(node))?;
                [iri, label, "node".into()]
            }
            Term::Literal(literal) if cell::is_none(literal) => {
                [Cell::Empty, Cell::Empty, "none".into()]
            }
            Term::Literal(literal) => {
                [Cell::Empty, cell::words(term), cell::datatype(literal).into()]
            }
            other => [Cell::Empty, cell::words(other), "other".into()],
        })
    }
}

/// The value of a property that a node must have.
fn needed<'t>(
    view: &'t ArticleView<'_>,
    node: &NamedNode,
    property: oxrdf::NamedNodeRef<'_>,
) -> Result<&'t Term, ExportError> {
    view.objects(node, property).into_iter().next().ok_or_else(|| ExportError::Incomplete {
        node: node.clone(),
        property: property.into_owned(),
    })
}

/// The first of the values of a property, in their order.
fn first<'t>(
    view: &'t ArticleView<'_>,
    node: &NamedNode,
    property: oxrdf::NamedNodeRef<'_>,
) -> Option<&'t Term> {
    view.objects(node, property).into_iter().next()
}

/// The number that the IRI of a claim or an attribution ends with.
fn number(node: &NamedNode) -> Cell {
    cell::last_part(node.as_str()).parse::<i64>().ok().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_in_the_order_of_their_schemas() {
        let last = Table::Differences as usize;
        assert_eq!(schemas().len(), last + 1);
        let at = |table: Table| schemas()[table as usize].name;
        assert_eq!((at(Table::Articles), at(Table::Claims)), ("articles", "claims"));
        assert_eq!((at(Table::Contents), at(Table::Links)), ("contents", "links"));
        assert_eq!((at(Table::Origins), at(Table::Stories)), ("origins", "stories"));
        assert_eq!(
            (at(Table::SharedClaims), at(Table::Differences)),
            ("shared_claims", "differences")
        );
    }
}
