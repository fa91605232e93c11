//! The examples that a rule carries.

use compact_str::CompactString;

use super::position::Position;
use crate::analyse::quotations;
use crate::extract::Attribution;
use crate::read::conllu;
use crate::text::{Article, Block, BlockKind, Document, Span};

/// An example of a rule.
#[derive(Clone, Debug)]
pub enum Example {
    /// A parsed sentence: tests the rule alone.
    Parsed {
        /// The sentence, as it is written.
        parse: Parse,
        /// Whether the rule must fit.
        found: bool,
        /// Where it stands.
        at: Position,
    },
    /// A plain sentence: tests the rule at the end of the whole pipeline.
    Sentence {
        /// The sentence.
        text: String,
        /// Whether the rule must fit.
        found: bool,
        /// Claims that must be found: `subject | relation | object | marks`.
        gives: Vec<String>,
        /// Where it stands.
        at: Position,
    },
}

/// The article that an example's sentence is: a paragraph, or a headline where a
/// number sign stands before it.
pub fn article(text: &str) -> Article {
    let Some(headline) = text.strip_prefix("# ") else {
        return Article::paragraph("example", text);
    };
    let span = Span::new(0, headline.len() as u32);
    Article::laid_out("example", headline, vec![Block { span, kind: BlockKind::Title }])
}

/// The form that an attribution begins with where an order of words has a node: of its
/// source, or of its cue.
pub fn first_word<'d>(
    attribution: &Attribution,
    document: &'d Document,
    node: &str,
) -> Option<&'d str> {
    let span = match node {
        "source" => attribution.source.as_ref()?.span,
        _ => attribution.cue?,
    };
    document.tokens_in(span).iter().next().map(|word| document.form(word))
}

impl Example {
    /// Whether the rule must fit it.
    pub fn is_positive(&self) -> bool {
        match self {
            Self::Parsed { found, .. } | Self::Sentence { found, .. } => *found,
        }
    }
}

/// A parsed sentence as a rule file has it. It is read where a rule is tested,
/// not where one is run.
#[derive(Clone, Debug)]
pub struct Parse {
    /// `node=form` pairs; `heading` before them where the words are one.
    pub(super) bound: String,
    /// The rows of CoNLL-U.
    pub(super) rows: String,
}

/// A parsed sentence, and which node of its rule must be bound to which form.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The sentence.
    pub document: Document,
    /// Pairs of node and form.
    pub bound: Vec<(CompactString, CompactString)>,
}

impl Parse {
    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with it, with the row.
    pub fn read(&self) -> Result<Parsed, String> {
        let (kind, bound) = match self.bound.strip_prefix("heading") {
            Some(rest) => (BlockKind::Title, rest),
            None => (BlockKind::Paragraph, self.bound.as_str()),
        };
        let pairs = bound.split_whitespace().map(|o| o.split_once('='));
        let bound = pairs.map(|p| p.map(|(node, form)| (node.into(), form.into())));
        let bound = bound.collect::<Option<_>>().ok_or("expected NODE=FORM")?;
        Ok(Parsed { document: document(&self.rows, kind)?, bound })
    }
}

/// The columns that a row may not leave out, and how many CoNLL-U has.
const NEEDED: usize = 8;
const COLUMNS: usize = 10;

/// A row with blanks between its columns as a line of CoNLL-U; the last two
/// columns may be left out.
fn conllu_line(row: &str) -> Result<String, &'static str> {
    let mut cells: Vec<&str> = row.split_whitespace().collect();
    if cells.len() < NEEDED {
        return Err("expected id, form, lemma, upos, xpos, feats, head, deprel");
    }
    cells.resize(COLUMNS.max(cells.len()), "_");
    Ok(cells.join("\t") + "\n")
}

/// A document of one sentence. What the reader of files repairs is a mistake here.
fn document(rows: &str, kind: BlockKind) -> Result<Document, String> {
    let mut text = String::new();
    for (i, row) in rows.lines().enumerate() {
        text += &conllu_line(row).map_err(|problem| format!("line {}: {problem}", i + 1))?;
    }
    let mut conllu = conllu::parse(&text, "example");
    if let Some(error) = conllu.errors.first() {
        return Err(error.to_string());
    }
    let mut document = conllu.documents.pop().ok_or("expected a sentence")?;
    document.quotations = quotations(&document.article, &document.words);
    document.article.blocks.iter_mut().for_each(|block| block.kind = kind);
    document.sentences.iter_mut().for_each(|sentence| sentence.block = kind);
    Ok(document)
}
