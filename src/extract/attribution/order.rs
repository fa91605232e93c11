//! Attributions that the order of words shows, whatever the tree makes of it.
//!
//! In: the rules that go by the order of words (`rules/attribution/order.rule`), the
//! list of cues, and what was found so far. Out: the same, with what these rules
//! find. A rule yields to what has its cue already, unless it says that it overrides
//! that.

use compact_str::CompactString;

use super::cue::{Cues, Frame, Licence};
use super::span::{cue_span, merge, phrase, spans, trim};
use super::{polarity, source};
use crate::analyse::syntax::{is_nominal, is_quoted};
use crate::extract::repetition::is_repetition;
use crate::extract::rule::{
    AttributionForm, Emit, Orders, Row, RowMatch, RowReader, Rule, RuleError, RuleProblem, Rules,
    Stretch,
};
use crate::extract::{Attitude, Attribution, Graph, Source};
use crate::text::{BlockKind, Deprel, Document, TokenId, TokenRange, Upos};

/// Reads a document by its rules about the order of words.
pub(super) struct OrderReader<'a> {
    graph: &'a Graph<'a>,
    cues: &'a Cues,
    rows: RowReader<'a>,
}

/// An attribution that takes over another one as a whole, with that one's cue.
pub(super) type Outer = (TokenId, Attribution);

/// Holds that rules about the order of words ask only for what cues may take.
pub(crate) fn check_frames(rules: &Rules) -> Result<(), RuleError> {
    for rule in rules.all() {
        let mut frames = rule.orders.iter().flat_map(Orders::frames);
        if let Some(frame) = frames.find(|frame| Frame::parse(frame).is_none()) {
            let problem = RuleProblem::UnknownFrame(frame.to_owned());
            return Err(RuleError { file: rule.file.clone(), at: rule.at, problem });
        }
    }
    Ok(())
}

impl<'a> OrderReader<'a> {
    pub(super) fn new(graph: &'a Graph<'a>, rules: &'a Rules, cues: &'a Cues) -> Self {
        Self { graph, cues, rows: rules.rows(graph) }
    }

    /// What the words beside a quotation say of it.
    pub(super) fn beside(&self, row: Row) -> Option<Attribution> {
        let stretch =
            if row.backwards { Stretch::BeforeQuotation } else { Stretch::BehindQuotation };
        let rules = self.rows.rules().filter(|(_, rule)| stretch_of(rule) == Some(stretch));
        for (id, rule) in rules {
            for found in self.rows.find(id, row, &|word, takes| self.words_of_cue(word, takes)) {
                let mut forms = forms(rule);
                let attribution = forms.find_map(|form| self.read(rule, form, row, &found));
                if attribution.is_some() {
                    return attribution;
                }
            }
        }
        None
    }

    /// Adds what stands in sentences and blocks. What takes over a whole other
    /// attribution is given back, for when that is settled.
    pub(super) fn complete(&self, all: &mut Vec<Attribution>) -> Vec<Outer> {
        let mut outer = Vec::new();
        for (id, rule) in self.rows.rules() {
            for row in rows(self.graph.document, stretch_of(rule)) {
                let found = self.rows.find(id, row, &|word, takes| self.words_of_cue(word, takes));
                for found in found {
                    self.add(rule, row, &found, all, &mut outer);
                }
            }
        }
        outer
    }

    fn add(
        &self,
        rule: &Rule,
        row: Row,
        found: &RowMatch,
        all: &mut Vec<Attribution>,
        outer: &mut Vec<Outer>,
    ) {
        let cue = self.graph.document.span(found.cue);
        let overrides = rule.orders.as_ref().is_some_and(|orders| orders.overrides);
        for form in forms(rule) {
            let Some(attribution) = self.read(rule, form, row, found) else { continue };
            if let Some(node) = form.around {
                outer.extend(first(found, node).map(|cue| (cue, attribution)));
                continue;
            }
            let has_cue = |other: &Attribution| other.cue.is_some_and(|c| c.overlaps(cue));
            if overrides {
                all.retain(|other| !has_cue(other));
            }
            if !all.iter().any(has_cue) {
                all.push(attribution);
            }
        }
    }

    /// The attribution that a word is the cue of.
    fn with_cue<'b>(&self, all: &'b [Attribution], cue: TokenId) -> Option<&'b Attribution> {
        let word = self.graph.document.span(cue);
        all.iter().find(|a| a.cue.is_some_and(|cue| cue.contains(word)))
    }

    /// The attributions around others that are settled now.
    pub(super) fn around(&self, outer: Vec<Outer>, all: &[Attribution]) -> Vec<Attribution> {
        let mut found = Vec::new();
        for (cue, mut attribution) in outer {
            let Some(inner) = self.with_cue(all, cue) else { continue };
            let mut content = inner.content.clone();
            content.extend(inner.source.as_ref().map(|source| source.span));
            content.extend(inner.cue);
            attribution.content = merge(content, &self.graph.document.article.text);
            attribution.cue = inner.cue;
            found.push(attribution);
        }
        found
    }

    /// An attribution from the words that a rule found; its content is empty where
    /// it is another one as a whole.
    fn read(
        &self,
        rule: &Rule,
        form: &AttributionForm,
        row: Row,
        found: &RowMatch,
    ) -> Option<Attribution> {
        let document = self.graph.document;
        let Licence { lemma, attitude, mut words } = self.licence_of(rule, form, found)?;
        words.push(found.cue);
        words.sort_unstable();
        let source = self.source(form, row, found, &words);
        let is_within = |s: &Source| is_quoted(document, s.head) && !is_quoted(document, found.cue);
        if source.is_none() && !form.any_source || source.as_ref().is_some_and(is_within) {
            return None;
        }
        let content: Vec<TokenId> = content(form, found).collect();
        let content = spans(document, &content);
        if content.is_empty() && form.around.is_none() {
            return None;
        }
        Some(Attribution {
            source,
            cue: Some(cue_span(document, &words, found.cue)),
            cue_lemma: lemma,
            content,
            kind: form.kind,
            attitude,
            polarity: polarity(document, found.cue),
            within: None,
            sentence: document.sentence_of(found.cue)?,
            rule: rule.id.clone(),
        })
    }

    /// What the list of cues says of a cue, or the rule itself.
    fn licence_of(&self, rule: &Rule, form: &AttributionForm, found: &RowMatch) -> Option<Licence> {
        if let Some(lemma) = form.lemma.clone() {
            return Some(Licence { lemma, attitude: Attitude::States, words: Vec::new() });
        }
        let frames: Vec<CompactString> =
            rule.orders.iter().flat_map(Orders::frames).map(CompactString::from).collect();
        self.licence(found.cue, &frames)
    }

    /// What the list of cues says of a word that takes all these.
    fn licence(&self, word: TokenId, takes: &[CompactString]) -> Option<Licence> {
        let mut first = None;
        for frame in takes {
            let frame = Frame::parse(frame)?;
            let licence = self.cues.licence(self.graph.document, word, frame, None)?;
            first.get_or_insert(licence);
        }
        first
    }

    /// The words of a cue that stand side by side.
    fn words_of_cue(&self, word: TokenId, takes: &[CompactString]) -> Option<TokenRange> {
        let words = self.licence(word, takes)?.words;
        let mut run = word.through(word);
        while words.contains(&run.end) {
            run.end += 1;
        }
        while let Some(before) = run.start.previous().filter(|t| words.contains(t)) {
            run.start = before;
        }
        Some(run)
    }

    /// The source: the subject of the cue in the tree, if the rule asks for it and it
    /// stands in the row; else the words that the rule found.
    fn source(
        &self,
        form: &AttributionForm,
        row: Row,
        found: &RowMatch,
        cue: &[TokenId],
    ) -> Option<Source> {
        let document = self.graph.document;
        let verb = form.subject.and_then(|node| first(found, node));
        let subject = verb.and_then(|verb| subject(self.graph, verb));
        if let Some(head) = subject.filter(|&head| row.words.contains(head)) {
            let mut words = phrase(document, head, cue);
            words.retain(|&word| row.words.contains(word));
            return source(document, head, &words);
        }
        source_in(document, group(found, form.source?)?)
    }
}

/// The source that some words are: its head is the first noun of them that hangs on
/// none of the others.
fn source_in(document: &Document, words: TokenRange) -> Option<Source> {
    let words = before_day(document, words);
    let words = trim(document, &words.iter().collect::<Vec<_>>());
    let is_outside = |&t: &TokenId| document.tree.head(t).is_none_or(|head| !words.contains(&head));
    let nouns: Vec<TokenId> = words.iter().copied().filter(|&t| is_nominal(document, t)).collect();
    let noun = nouns.iter().copied().find(is_outside).or(nouns.first().copied());
    let may_speak = |&t: &TokenId| {
        !matches!(document.tag(t).upos, Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Part)
    };
    let head = noun.or_else(|| words.iter().copied().rev().find(may_speak))?;
    source(document, head, &words)
}

/// The name before a day that alone was taken for a source: "*Long* on Monday denied …"; else
/// the same words.
fn before_day(document: &Document, words: TokenRange) -> TokenRange {
    let is_day = words.iter().all(|t| document.time_at(t).is_some());
    let preposition = words.start.previous().filter(|&t| document.tag(t).upos == Upos::Adp);
    let Some(preposition) = preposition.filter(|_| is_day) else { return words };
    let sentence = document.sentence_at(words.start).map(|s| s.tokens.start);
    let before = sentence.unwrap_or(preposition).until(preposition).iter().rev();
    let named = before.take_while(|&t| document.form(t).starts_with(char::is_uppercase));
    named.last().map_or(words, |first| first.until(preposition))
}

/// The subject of a verb, in the tree or understood.
fn subject(graph: &Graph, verb: TokenId) -> Option<TokenId> {
    let tree = &graph.document.tree;
    if let Some(subject) = tree.child(verb, Deprel::Nsubj) {
        return Some(subject);
    }
    if let Some(arc) = graph.down(verb).iter().find(|arc| arc.label == Deprel::Nsubj) {
        return Some(arc.dependent);
    }
    if graph.document.tag(verb).xpos == "VBG" {
        return tree.child(tree.head(verb)?, Deprel::Nsubj);
    }
    None
}

/// The words of the content.
fn content(form: &AttributionForm, found: &RowMatch) -> impl Iterator<Item = TokenId> {
    let mut groups: Vec<TokenRange> =
        form.content.iter().filter_map(|&node| group(found, node)).collect();
    groups.sort_unstable();
    groups.into_iter().flat_map(TokenRange::iter)
}

fn group(found: &RowMatch, node: usize) -> Option<TokenRange> {
    found.groups.get(node).copied().flatten().filter(|group| !group.is_empty())
}

fn first(found: &RowMatch, node: usize) -> Option<TokenId> {
    group(found, node).map(|group| group.start)
}

fn forms(rule: &Rule) -> impl Iterator<Item = &AttributionForm> {
    rule.emits.iter().filter_map(|emit| match emit {
        Emit::Attribution(form) => Some(form),
        _ => None,
    })
}

fn stretch_of(rule: &Rule) -> Option<Stretch> {
    rule.orders.as_ref().map(|orders| orders.stretch)
}

/// The rows that a rule is read in, if they are not beside a quotation.
fn rows(document: &Document, stretch: Option<Stretch>) -> Vec<Row> {
    let row = |words: TokenRange| Row { words, quotation: None, backwards: false };
    match stretch {
        Some(Stretch::Sentence) => {
            let sentences = document.sentences.iter().zip(is_repetition(document));
            let running =
                sentences.filter(|(s, repeats)| s.block != BlockKind::Boilerplate && !repeats);
            running.map(|(sentence, _)| row(sentence.tokens)).collect()
        }
        Some(Stretch::Block) => {
            let blocks = document.article.blocks.iter();
            let running = blocks.filter(|b| b.kind != BlockKind::Boilerplate);
            running.map(|block| row(document.tokens_in(block.span))).collect()
        }
        _ => Vec::new(),
    }
}
