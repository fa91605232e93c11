//! The examples that a rule carries.

use compact_str::CompactString;

use super::position::Position;
use crate::text::{
    Article, BlockKind, Document, Feats, Sentence, Span, Tag, Token, TokenId, TokenRange, Tree,
    Upos,
};

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
    /// `node=form` pairs.
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
    /// The number of the broken row, 0 for the line above all rows, and its problem.
    pub fn read(&self) -> Result<Parsed, (usize, &'static str)> {
        let pairs = self.bound.split_whitespace().map(|o| o.split_once('='));
        let bound = pairs.map(|p| p.map(|(node, form)| (node.into(), form.into())));
        let bound = bound.collect::<Option<_>>().ok_or((0, "expected NODE=FORM"))?;
        Ok(Parsed { document: document(&self.rows)?, bound })
    }
}

/// One row: id, form, lemma, upos, xpos, feats, head, deprel; CoNLL-U's last
/// two columns may be there or not.
struct Row<'a> {
    form: &'a str,
    tag: Tag,
    head: Option<TokenId>,
    label: &'a str,
}

fn row(line: &str) -> Result<Row<'_>, &'static str> {
    let cells: Vec<&str> = line.split_whitespace().collect();
    let [_, form, lemma, upos, xpos, feats, head, deprel, ..] = cells[..] else {
        return Err("expected id, form, lemma, upos, xpos, feats, head, deprel");
    };
    let plain = |cell: &str| if cell == "_" { CompactString::default() } else { cell.into() };
    let tag = Tag {
        upos: Upos::parse(upos).ok_or("no such part of speech")?,
        xpos: plain(xpos),
        feats: Feats(plain(feats)),
        lemma: lemma.into(),
    };
    let head: u32 = head.parse().map_err(|_| "the head is no number")?;
    Ok(Row { form, tag, head: TokenId::new(head).previous(), label: deprel })
}

/// A document of one sentence, its words joined by spaces.
fn document(rows: &str) -> Result<Document, (usize, &'static str)> {
    let rows = rows.lines().enumerate();
    let rows: Vec<Row> = rows
        .map(|(i, line)| row(line).map_err(|problem| (i + 1, problem)))
        .collect::<Result<_, _>>()?;
    check_tree(&rows)?;
    let text = rows.iter().map(|r| r.form).collect::<Vec<_>>().join(" ");
    let mut start = 0;
    let token = |row: &Row| {
        let span = Span::of(start..start + row.form.len());
        start += row.form.len() + 1;
        Token { span, form: row.form.into(), joined: false }
    };
    let tokens: Vec<Token> = rows.iter().map(token).collect();
    let span = Span::of(0..text.len());
    let sentence = Sentence {
        span,
        tokens: TokenRange::first(tokens.len()),
        block: BlockKind::Paragraph,
        block_index: 0,
    };
    let heads = rows.iter().map(|r| r.head).collect();
    let labels: Vec<&str> = rows.iter().map(|r| r.label).collect();
    Ok(Document {
        sentences: vec![sentence],
        tokens,
        tags: rows.into_iter().map(|r| r.tag).collect(),
        tree: Tree::from_labels(heads, &labels),
        ..Document::new(Article::paragraph("example", text))
    })
}

/// One root, and every head in the sentence and on the way to the root.
fn check_tree(rows: &[Row]) -> Result<(), (usize, &'static str)> {
    if rows.iter().filter(|r| r.head.is_none()).count() != 1 {
        return Err((0, "a sentence has one root"));
    }
    for (i, row) in rows.iter().enumerate() {
        let mut head = row.head;
        for _ in 0..rows.len() {
            let Some(h) = head else { break };
            head = rows.get(h.index()).ok_or((i + 1, "no word has the head's number"))?.head;
        }
        if head.is_some() {
            return Err((i + 1, "its heads go round in a circle"));
        }
    }
    Ok(())
}
