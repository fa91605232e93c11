//! Scores attributions against PolNeAR (Newell, Margolin and Ruths, LREC 2018).
//!
//! In: the text and brat standoff annotations of gold articles, and the
//! attributions found in them. Out: a [`Report`].
//!
//! Tokens are Unicode words and punctuation marks (UAX 29), so that the score
//! does not depend on the tokeniser that is scored. Four things are counted:
//!
//! - *relation*: one gold and one found attribution, each used once, whose
//!   sources share a token (or both have none) and whose contents have a
//!   Jaccard index of at least 0.5 over tokens;
//! - *overlap*: the same with all three roles sharing at least one token, the
//!   set's own criterion;
//! - for each role the *exact* spans, each counted once an article;
//! - for each role the *tokens* that stand in any span of it.

mod brat;

use std::collections::BTreeSet;
use std::fmt;

use unicode_segmentation::UnicodeSegmentation;

use super::score::Score;
use crate::extract::Attribution;
use crate::text::Span;

pub use brat::{BratError, read_brat};

/// One attribution: where its source, cue and content stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Whose word; empty if the text does not say.
    pub source: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// What is attributed.
    pub content: Vec<Span>,
    /// Whether it stands within another one, as far as that is known.
    pub is_nested: bool,
}

impl From<&Attribution> for Roles {
    fn from(attribution: &Attribution) -> Self {
        Self {
            source: attribution.source.iter().map(|s| s.span).collect(),
            cue: attribution.cue.into_iter().collect(),
            content: attribution.content.clone(),
            is_nested: attribution.within.is_some(),
        }
    }
}

/// The scores of one role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoleScore {
    /// Spans that agree at both ends.
    pub exact: Score,
    /// Tokens within the role's spans.
    pub tokens: Score,
}

/// An attribution that has no partner on the other side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Case {
    /// How many content tokens were lost or invented.
    pub tokens: usize,
    /// The article's name.
    pub article: String,
    /// Whether it was found but is not gold; else it is gold and was missed.
    pub spurious: bool,
    /// Source, cue and content as text.
    pub words: String,
}

/// Scores over some articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Source overlaps and content Jaccard ≥ 0.5.
    pub relation: Score,
    /// The same without what was found within another attribution: PolNeAR marks few of these.
    pub outermost: Score,
    /// All three roles overlap.
    pub overlap: Score,
    /// Spans and tokens of the source.
    pub source: RoleScore,
    /// Spans and tokens of the cue.
    pub cue: RoleScore,
    /// Spans and tokens of the content.
    pub content: RoleScore,
    /// What went wrong, worst first.
    pub cases: Vec<Case>,
}

impl Report {
    /// Adds the scores of other articles.
    pub fn add(&mut self, other: Self) {
        self.relation += other.relation;
        self.outermost += other.outermost;
        self.overlap += other.overlap;
        for (mine, others) in [
            (&mut self.source, other.source),
            (&mut self.cue, other.cue),
            (&mut self.content, other.content),
        ] {
            mine.exact += others.exact;
            mine.tokens += others.tokens;
        }
        self.cases.extend(other.cases);
        self.cases.sort_by(|a, b| b.tokens.cmp(&a.tokens).then_with(|| a.cmp(b)));
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = [
            ("relation", self.relation),
            ("relation, outermost", self.outermost),
            ("overlap of all roles", self.overlap),
            ("content tokens", self.content.tokens),
            ("content spans", self.content.exact),
            ("cue tokens", self.cue.tokens),
            ("cue spans", self.cue.exact),
            ("source tokens", self.source.tokens),
            ("source spans", self.source.exact),
        ];
        rows.iter().try_for_each(|(name, score)| writeln!(f, "{name:<22}{score}"))
    }
}

/// Scores the attributions found in one article.
pub fn score(article: &str, text: &str, gold: &[Roles], found: &[Roles]) -> Report {
    let tokens = Tokens::new(text);
    let gold_tokens: Vec<_> = gold.iter().map(|r| tokens.of(r)).collect();
    let found_tokens: Vec<_> = found.iter().map(|r| tokens.of(r)).collect();
    let related = pair(&gold_tokens, &found_tokens, RoleTokens::relation);
    let overlap = pair(&gold_tokens, &found_tokens, RoleTokens::overlap);
    let outermost: Vec<_> = found.iter().filter(|r| !r.is_nested).map(|r| tokens.of(r)).collect();
    let right = pair(&gold_tokens, &outermost, RoleTokens::relation).len();
    let (g, f) = (gold.len(), found.len());
    Report {
        relation: Score { right: related.len(), found: f, gold: g },
        outermost: Score { right, found: outermost.len(), gold: g },
        overlap: Score { right: overlap.len(), found: f, gold: g },
        source: role(gold, found, &tokens, |r| &r.source),
        cue: role(gold, found, &tokens, |r| &r.cue),
        content: role(gold, found, &tokens, |r| &r.content),
        cases: cases(article, text, &[(gold, &gold_tokens), (found, &found_tokens)], &related),
    }
}

/// The tokens of a text.
struct Tokens(Vec<Span>);

impl Tokens {
    fn new(text: &str) -> Self {
        let words = text.split_word_bound_indices().filter(|(_, w)| !w.trim().is_empty());
        Self(words.map(|(at, w)| Span::of(at..at + w.len())).collect())
    }

    /// The tokens that some spans touch.
    fn under(&self, spans: &[Span]) -> BTreeSet<usize> {
        spans.iter().flat_map(|s| self.touched(*s)).collect()
    }

    fn touched(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.0.partition_point(|t| t.end <= span.start);
        let last = self.0.partition_point(|t| t.start < span.end);
        first..last.max(first)
    }

    fn of(&self, roles: &Roles) -> RoleTokens {
        RoleTokens {
            source: self.under(&roles.source),
            cue: self.under(&roles.cue),
            content: self.under(&roles.content),
        }
    }
}

/// The tokens of one attribution.
struct RoleTokens {
    source: BTreeSet<usize>,
    cue: BTreeSet<usize>,
    content: BTreeSet<usize>,
}

impl RoleTokens {
    /// The Jaccard index of the contents where it is at least a half and the
    /// sources agree.
    fn relation(&self, other: &Self) -> Option<f64> {
        let both = self.content.intersection(&other.content).count();
        let any = self.content.union(&other.content).count();
        let jaccard = both as f64 / any.max(1) as f64;
        (self.sources_agree(other) && jaccard >= 0.5).then_some(jaccard)
    }

    fn overlap(&self, other: &Self) -> Option<f64> {
        let both = self.content.intersection(&other.content).count();
        let cues = self.cue.intersection(&other.cue).count();
        (both > 0 && cues > 0 && self.sources_agree(other)).then_some((both + cues) as f64)
    }

    fn sources_agree(&self, other: &Self) -> bool {
        self.source.is_empty() && other.source.is_empty() || !self.source.is_disjoint(&other.source)
    }
}

/// Pairs gold with found, the best first, each at most once: indices of both.
fn pair(
    gold: &[RoleTokens],
    found: &[RoleTokens],
    weigh: impl Fn(&RoleTokens, &RoleTokens) -> Option<f64>,
) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, gold) in gold.iter().enumerate() {
        for (f, found) in found.iter().enumerate() {
            candidates.extend(weigh(gold, found).map(|weight| (weight, g, f)));
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_gold, mut used_found) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, g, f) in candidates {
        if !used_gold.contains(&g) && !used_found.contains(&f) {
            used_gold.insert(g);
            used_found.insert(f);
            pairs.push((g, f));
        }
    }
    pairs
}

fn role(
    gold: &[Roles],
    found: &[Roles],
    tokens: &Tokens,
    spans: impl Fn(&Roles) -> &Vec<Span>,
) -> RoleScore {
    let exact = |side: &[Roles]| -> BTreeSet<Vec<Span>> {
        side.iter().map(&spans).filter(|s| !s.is_empty()).cloned().collect()
    };
    let under = |side: &[Roles]| -> BTreeSet<usize> {
        side.iter().flat_map(|r| tokens.under(spans(r))).collect()
    };
    RoleScore {
        exact: Score::of_sets(&exact(gold), &exact(found)),
        tokens: Score::of_sets(&under(gold), &under(found)),
    }
}

/// What has no partner: on the gold side missed, on the other spurious.
fn cases(
    article: &str,
    text: &str,
    sides: &[(&[Roles], &Vec<RoleTokens>); 2],
    pairs: &[(usize, usize)],
) -> Vec<Case> {
    let mut cases = Vec::new();
    for (spurious, (roles, tokens)) in [false, true].into_iter().zip(sides) {
        let used: BTreeSet<usize> =
            pairs.iter().map(|&(g, f)| if spurious { f } else { g }).collect();
        let alone = (0..roles.len()).filter(|i| !used.contains(i));
        cases.extend(alone.filter_map(|i| {
            Some(Case {
                tokens: tokens.get(i)?.content.len(),
                article: article.to_owned(),
                spurious,
                words: words(text, roles.get(i)?),
            })
        }));
    }
    cases
}

/// `source | cue | content` as one line.
fn words(text: &str, roles: &Roles) -> String {
    let role = |spans: &[Span]| {
        let parts: Vec<&str> = spans.iter().map(|s| s.slice(text)).collect();
        parts.join(" … ").replace('\n', " ")
    };
    format!("{} | {} | {}", role(&roles.source), role(&roles.cue), role(&roles.content))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Roles by their words: `source | cue | content`; `…` parts a content.
    fn roles(text: &str, line: &str) -> Roles {
        let spans = |words: &str| -> Vec<Span> {
            let parts = words.trim().split(" … ").filter(|w| !w.is_empty());
            parts
                .map(|w| text.find(w).map_or(Span::new(0, 0), |at| Span::of(at..at + w.len())))
                .collect()
        };
        let mut parts = line.split('|').map(spans);
        let mut next = || parts.next().unwrap_or_default();
        Roles { source: next(), cue: next(), content: next(), is_nested: false }
    }

    const TEXT: &str = "The mayor said on Monday that the old bridge is safe.";

    fn check(gold: &str, found: &str, relation: usize, overlap: usize) {
        let (gold, found) = (roles(TEXT, gold), roles(TEXT, found));
        let report = score("a", TEXT, &[gold], &[found]);
        assert_eq!((report.relation.right, report.overlap.right), (relation, overlap));
    }

    #[test]
    fn relations_need_half_of_the_content_and_the_source() {
        let gold = "The mayor | said | that the old bridge is safe";
        check(gold, gold, 1, 1);
        check(gold, "mayor | said on Monday | the old bridge is safe", 1, 1);
        check(gold, "mayor | said | bridge is", 0, 1);
        check(gold, "the old bridge | said | the old bridge is safe", 0, 0);
        check(gold, " | said | that the old bridge is safe", 0, 0);
    }

    #[test]
    fn nested_ones_do_not_count_as_outermost() {
        let gold = [roles(TEXT, "The mayor | said | that the old bridge is safe")];
        let inner = Roles { is_nested: true, ..gold[0].clone() };
        let report = score("a", TEXT, &gold, &[gold[0].clone(), inner]);
        assert_eq!(report.relation, Score { right: 1, found: 2, gold: 1 });
        assert_eq!(report.outermost, Score { right: 1, found: 1, gold: 1 });
    }

    #[test]
    fn what_has_no_partner_is_a_case() {
        let gold = [roles(TEXT, "The mayor | said | that the old bridge is safe")];
        let found = [roles(TEXT, "bridge | is | safe")];
        let report = score("a", TEXT, &gold, &found);
        let lines: Vec<_> = report.cases.iter().map(|c| (c.spurious, c.words.as_str())).collect();
        let missed = (false, "The mayor | said | that the old bridge is safe");
        assert_eq!(lines, [missed, (true, "bridge | is | safe")]);
        assert_eq!(report.content.tokens, Score { right: 1, found: 1, gold: 6 });
    }
}
