//! Sentences' lines, put together to documents.

use compact_str::CompactString;

use super::escape::{attribute, unescape};
use super::lines::{Lines, Surface, Word};
use super::share::share;
use super::tree::tree;
use super::{Conllu, ConlluError};
use crate::text::{
    ArcCertainty, Article, Block, BlockKind, Document, Edge, EdgeLabel, Feats, Name, NameKind,
    Sentence, Span, Tag, Token, TokenId, Tree, Upos, is_blank,
};

/// What has been read so far.
pub(super) struct Assembly {
    id: String,
    done: Conllu,
    draft: Option<Draft>,
}

impl Assembly {
    pub(super) fn new(id: &str) -> Self {
        Self { id: id.to_owned(), done: Conllu::default(), draft: None }
    }

    /// Adds the next sentence; a document starts where it says so.
    pub(super) fn add(&mut self, lines: &Lines) {
        if let Some(name) = lines.comment("newdoc id").or(lines.comment("newdoc")) {
            self.close();
            self.draft = Some(self.draft(name));
        }
        let mut draft = self.draft.take().unwrap_or_else(|| self.draft(""));
        draft.describe(lines);
        match &lines.refused {
            Some(error) => self.done.errors.push(error.clone()),
            None => draft.add(lines, &mut self.done.errors),
        }
        self.draft = Some(draft);
    }

    pub(super) fn finish(mut self) -> Conllu {
        self.close();
        self.done
    }

    fn draft(&self, name: &str) -> Draft {
        let n = self.done.documents.len();
        match name {
            "" if n == 0 => Draft::new(&self.id),
            "" => Draft::new(&format!("{}-{}", self.id, n + 1)),
            name => Draft::new(name),
        }
    }

    fn close(&mut self) {
        if let Some(draft) = self.draft.take().filter(|d| !d.document.tokens.is_empty()) {
            self.done.documents.push(draft.finish());
        }
    }
}

/// A document in the making.
struct Draft {
    document: Document,
    heads: Vec<Option<TokenId>>,
    labels: Vec<CompactString>,
    /// How sure the parser was of each arc, where the file says it.
    certainty: Vec<Option<ArcCertainty>>,
    extra: Vec<Edge>,
    /// What stands after the last sentence, where the file says it exactly.
    gap: Option<String>,
    /// Whether the file says that no space follows the last sentence.
    tight: bool,
    /// What the block being read is.
    kind: BlockKind,
}

impl Draft {
    fn new(id: &str) -> Self {
        Self {
            document: Document::new(Article::laid_out(id, "", Vec::new())),
            heads: Vec::new(),
            labels: Vec::new(),
            certainty: Vec::new(),
            extra: Vec::new(),
            gap: None,
            tight: false,
            kind: BlockKind::Paragraph,
        }
    }

    /// Takes what comments say of the article.
    fn describe(&mut self, lines: &Lines) {
        let article = &mut self.document.article;
        for &(key, value) in lines.comments.iter().filter(|(_, value)| !value.is_empty()) {
            match key {
                "meta::title" => article.title = Some(value.to_owned()),
                "meta::author" => article.byline = Some(value.to_owned()),
                "meta::publisher" => article.publisher = Some(value.to_owned()),
                "meta::dateline" => article.dateline = Some(value.to_owned()),
                "meta::credit" => article.credit = Some(value.to_owned()),
                "meta::rights" => article.rights = Some(value.to_owned()),
                "meta::sourceURL" => article.url = Some(value.to_owned()),
                "meta::language" => article.language = value.into(),
                "meta::dateCreated" => article.published = value.parse().ok(),
                _ => {}
            }
        }
    }

    fn add(&mut self, lines: &Lines, errors: &mut Vec<ConlluError>) {
        let first = TokenId::from_index(self.document.tokens.len());
        let starts_block = self.start_sentence(lines);
        self.add_tokens(lines, errors);
        self.add_tags(&lines.words, errors);
        self.add_tree(&lines.words, first, errors);
        self.add_names(&lines.words, first);
        let tokens = first.until(TokenId::from_index(self.document.tokens.len()));
        let span = self.document.span_of(tokens);
        self.add_to_block(span, starts_block);
        self.document.sentences.push(Sentence {
            span,
            tokens,
            block: self.kind,
            block_index: self.document.article.blocks.len() as u32 - 1,
        });
    }

    /// Writes the gap before the sentence; says whether a block starts with it.
    fn start_sentence(&mut self, lines: &Lines) -> bool {
        let newpar = lines.comments.iter().any(|(k, _)| *k == "newpar" || *k == "newpar id");
        let starts_block = newpar || self.document.article.blocks.is_empty();
        if starts_block {
            self.kind = lines.comment("newpar_block").map_or(BlockKind::Paragraph, block_kind);
        }
        let before = lines.words.first().and_then(|w| attribute(w.misc, "SpacesBefore"));
        let default = match starts_block {
            _ if self.document.sentences.is_empty() => "",
            true => "\n\n",
            false if self.tight => "",
            false => " ",
        };
        let gap = self.gap.take();
        self.document.article.text.push_str(gap.as_deref().unwrap_or(default));
        self.document.article.text.push_str(&before.map_or_else(String::new, unescape));
        starts_block
    }

    fn add_tokens(&mut self, lines: &Lines, errors: &mut Vec<ConlluError>) {
        let gaps = lines.comment("text").map(|text| gaps(text, &lines.surfaces));
        if gaps == Some(None) {
            errors.extend(lines.words.first().map(|w| ConlluError::Text { line: w.line }));
        }
        let mut gaps = gaps.flatten().unwrap_or_default().into_iter();
        for surface in &lines.surfaces {
            let start = self.document.article.text.len();
            self.document.article.text.push_str(surface.form);
            self.add_words(surface, start, lines);
            let exact = attribute(surface.misc, "SpacesAfter").map(unescape);
            let tight = attribute(surface.misc, "SpaceAfter") == Some("No");
            let from_text = gaps.next();
            if surface.last == lines.words.len() {
                (self.gap, self.tight) = (exact, tight);
            } else {
                let gap = exact.as_deref().or(from_text);
                let gap = gap.unwrap_or(if tight { "" } else { " " });
                self.document.article.text.push_str(gap);
            }
        }
    }

    fn add_words(&mut self, surface: &Surface, start: usize, lines: &Lines) {
        let words = lines.words.get(surface.first..surface.last).unwrap_or(&[]);
        let forms: Vec<&str> = words.iter().map(|w| w.form).collect();
        let spans = if forms.len() == 1 {
            vec![Span::of(0..surface.form.len())]
        } else {
            share(surface.form, &forms)
        };
        for (i, (span, form)) in spans.into_iter().zip(forms).enumerate() {
            let span = Span::new(span.start + start as u32, span.end + start as u32);
            self.document.tokens.push(Token { span, form: form.into(), joined: i > 0 });
        }
    }

    fn add_tags(&mut self, words: &[Word], errors: &mut Vec<ConlluError>) {
        for word in words {
            let upos = Upos::parse(word.upos);
            if upos.is_none() && word.upos != "_" {
                errors.push(ConlluError::Upos { line: word.line, tag: word.upos.to_owned() });
            }
            self.document.tags.push(Tag {
                upos: upos.unwrap_or_default(),
                xpos: given(word.xpos).into(),
                feats: Feats(given(word.feats).into()),
                lemma: if word.form == "_" { word.lemma } else { given(word.lemma) }.into(),
            });
        }
    }

    fn add_tree(&mut self, words: &[Word], first: TokenId, errors: &mut Vec<ConlluError>) {
        let (heads, labels) = tree(words, errors);
        for (i, word) in words.iter().enumerate() {
            let dependent = first + i as u32;
            let basic = heads.get(i).copied().flatten();
            for (head, label) in edges(word, words.len(), errors) {
                let known = labels.get(i).is_some_and(|basic| relation(basic) == relation(label));
                if basic != Some(head) || !known {
                    let head = first + head as u32;
                    self.extra.push(Edge { dependent, head, label: EdgeLabel::parse(label) });
                }
            }
        }
        self.heads.extend(heads.iter().map(|h| h.map(|h| first + h as u32)));
        self.labels.extend(labels.iter().map(CompactString::from));
        let sure = |word: &Word| attribute(word.misc, "Certainty").and_then(|it| it.parse().ok());
        self.certainty.extend(words.iter().map(sure));
    }

    /// Names as `NER=B-person`, `NER=I-person` of the last column has them.
    fn add_names(&mut self, words: &[Word], first: TokenId) {
        let mut open: Option<(TokenId, NameKind)> = None;
        for (token, word) in first.until(first + words.len() as u32).iter().zip(words) {
            let label = attribute(word.misc, "NER").and_then(label);
            let goes_on = label.is_some_and(|(begins, kind)| {
                !begins && open.is_some_and(|(_, open)| open == kind)
            });
            if !goes_on {
                self.close_name(open, token);
                open = label.map(|(_, kind)| (token, kind));
            }
        }
        self.close_name(open, first + words.len() as u32);
    }

    fn close_name(&mut self, open: Option<(TokenId, NameKind)>, last: TokenId) {
        if let Some((first, kind)) = open {
            let span = self.document.span_of(first.until(last));
            self.document.names.push(Name::new(span, first.until(last), kind));
        }
    }

    fn add_to_block(&mut self, span: Span, starts: bool) {
        let blocks = &mut self.document.article.blocks;
        match blocks.last_mut() {
            Some(block) if !starts => block.span = block.span.cover(span),
            _ => blocks.push(Block { span, kind: self.kind }),
        }
    }

    fn finish(mut self) -> Document {
        self.document.article.text.push_str(&self.gap.unwrap_or_default());
        let tree = Tree::from_labels(self.heads, &self.labels);
        // Where only some arcs tell how sure they are, others know of no doubt.
        self.document.tree = if self.certainty.iter().any(Option::is_some) {
            let sure = |certainty: Option<ArcCertainty>| certainty.unwrap_or(ArcCertainty::FULL);
            tree.with_certainty(self.certainty.into_iter().map(sure).collect())
        } else {
            tree
        };
        self.extra.sort();
        self.extra.dedup();
        self.document.tree.extra = self.extra;
        mark_title(&mut self.document);
        self.document
    }
}

/// A first heading that is the article's title is marked as one.
fn mark_title(document: &mut Document) {
    let Some(block) = document.article.blocks.first() else { return };
    let is_title = block.kind == BlockKind::Heading
        && document.article.title.as_deref() == Some(document.slice(block.span));
    if is_title {
        document.article.blocks[0].kind = BlockKind::Title;
        let sentences = document.sentences.iter_mut().filter(|s| s.block_index == 0);
        sentences.for_each(|s| s.block = BlockKind::Title);
    }
}

/// A column's value, nothing for `_`.
fn given(value: &str) -> &str {
    if value == "_" { "" } else { value }
}

/// What follows each surface token in `text`; `None` where the text does not
/// spell the tokens.
fn gaps<'a>(text: &'a str, surfaces: &[Surface]) -> Option<Vec<&'a str>> {
    let mut rest = text.trim_start_matches(is_blank);
    let mut gaps = Vec::with_capacity(surfaces.len());
    for surface in surfaces {
        let after = rest.strip_prefix(surface.form)?;
        rest = after.trim_start_matches(is_blank);
        gaps.push(after.get(..after.len() - rest.len())?);
    }
    rest.is_empty().then_some(gaps)
}

/// The enhanced edges of a word that end at words of its sentence.
fn edges<'a>(word: &Word<'a>, n: usize, errors: &mut Vec<ConlluError>) -> Vec<(usize, &'a str)> {
    let mut edges = Vec::new();
    for edge in given(word.deps).split('|').filter(|e| !e.is_empty()) {
        let (head, deprel) = edge.split_once(':').unwrap_or((edge, ""));
        match head.parse::<usize>() {
            Ok(0) => {}
            Ok(head) if head <= n && !deprel.is_empty() => edges.push((head - 1, deprel)),
            Err(_) if head.contains('.') => {}
            _ => errors.push(ConlluError::Deps { line: word.line, edge: edge.to_owned() }),
        }
    }
    edges
}

/// A label without its subtype.
fn relation(label: &str) -> Option<&str> {
    label.split(':').next()
}

/// A `B-kind` or `I-kind` label: whether it begins a name, and of which kind.
fn label(label: &str) -> Option<(bool, NameKind)> {
    let (place, kind) = label.split_once('-')?;
    let kind = match kind {
        "PER" | "PERSON" => NameKind::Person,
        "ORG" => NameKind::Organization,
        "LOC" | "GPE" => NameKind::Place,
        kind => NameKind::parse(kind)?,
    };
    Some((place == "B", kind))
}

fn block_kind(name: &str) -> BlockKind {
    BlockKind::ALL.into_iter().find(|kind| kind.as_str() == name).unwrap_or_else(|| {
        // GUM's names of blocks: `head rend:::"bold" (1 s)`, `list | item (2 s)`.
        let is = |word| name.split([' ', '|']).any(|w| w == word);
        if is("head") {
            BlockKind::Heading
        } else if is("item") {
            BlockKind::Item
        } else {
            BlockKind::Paragraph
        }
    })
}
