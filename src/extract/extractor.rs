//! The rules and word lists, ready to run.

use super::attribution::{Cues, attributions, check_frames};
use super::background::backgrounds;
use super::lexicon::Lexicon;
use super::link::link;
use super::rule::{RuleError, Rules};
use super::scope::{Factuality, Scopes};
use super::{Extraction, Graph, claims, ellipsis, enhance, rejection, shipped};
use crate::analyse;
use crate::text::table::TableError;
use crate::text::{Document, Edge, TokenId};

/// Why the rules cannot be run.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ExtractorError {
    /// A rule file is broken.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A word list is broken.
    #[error(transparent)]
    Lexicon(#[from] TableError),
    /// A family of rules that is to be left out is not there.
    #[error("no such family of rules: {family}; families are the files and folders of rules")]
    UnknownFamily {
        /// The family as given.
        family: String,
    },
}

/// The list of analysis that rules name.
const RULE_LIST: &str = "news-media.tsv";

/// Finds claims and attributions in documents. Made once, used for all.
#[derive(Clone, Debug)]
pub struct Extractor {
    rules: Rules,
    lexicon: Lexicon,
    cues: Cues,
}

impl Extractor {
    /// With the rules and word lists that ship with the program.
    pub fn shipped() -> Result<Self, ExtractorError> {
        Self::new(&[], Self::lists()?, &[])
    }

    /// The word lists that ship with the program, as far as rules need them.
    fn lists() -> Result<Lexicon, TableError> {
        Lexicon::read(
            word_lists().chain(analyse::word_lists().filter(|list| *list.0 == *RULE_LIST)),
        )
    }

    /// With a user's rule files (name and contents) beside the shipped ones: a rule
    /// replaces one of its name. The examples of the added rules must be whole; a test
    /// holds that of the shipped ones. Families of shipped rules may be left out, to
    /// see what they add: a family is a rule file, or a folder of them, by name.
    pub fn new(
        rules: &[(&str, &str)],
        lists: Lexicon,
        left_out: &[String],
    ) -> Result<Self, ExtractorError> {
        let mut kept = shipped::RULES.to_vec();
        for family in left_out {
            let before = kept.len();
            kept.retain(|(file, _)| !is_of_family(file, family));
            if kept.len() == before {
                return Err(ExtractorError::UnknownFamily { family: family.clone() });
            }
        }
        // No file of a user is called like that.
        let named: Vec<_> = kept.iter().map(|(file, _)| format!("shipped:{file}")).collect();
        let kept = named.iter().zip(&kept).map(|(name, &(_, text))| (name.as_str(), text));
        let all: Vec<_> = kept.chain(rules.iter().copied()).collect();
        let extractor = Self::with_lexicon(&all, lists)?;
        extractor.rules.check_examples(|file| rules.iter().any(|(name, _)| *name == file))?;
        Ok(extractor)
    }

    /// With these rule files and word lists and no others.
    pub fn only(rules: &[(&str, &str)], lists: &[(&str, &str)]) -> Result<Self, ExtractorError> {
        Self::with_lexicon(rules, Lexicon::read(lists.iter().copied())?)
    }

    fn with_lexicon(rules: &[(&str, &str)], lexicon: Lexicon) -> Result<Self, ExtractorError> {
        let rules = Rules::compile(rules.iter().copied(), &lexicon)?;
        check_frames(&rules)?;
        let cues = Cues::new(&lexicon)?;
        Ok(Self { rules, lexicon, cues })
    }

    /// The rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The word lists.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Everything that is claimed in a document, and whose word it is.
    pub fn extract(&self, document: &Document) -> Extraction {
        let graph = Graph::new(document, &self.lexicon);
        let findings = self.rules.find(&graph, &self.lexicon);
        let attributions =
            attributions(&graph, &self.rules, &findings.attributions, &self.cues, &self.lexicon);
        let mut scopes = Scopes::new(&graph, &findings.scopes);
        let (mut claims, mut reported) =
            claims::claims(&graph, &self.rules, &self.lexicon, &findings.claims, &mut scopes);
        let backgrounds = backgrounds(document, &self.lexicon, &claims);
        link(&mut claims, &backgrounds, &attributions);
        for ((claim, background), reported) in claims.iter().zip(&backgrounds).zip(&mut reported) {
            *reported &= background.is_none() || claim.attribution.is_some();
        }
        let claims = claims::reconcile(document, &self.lexicon, claims, &reported, &attributions);
        let claims = rejection::take_sides(document, claims, &attributions);
        Extraction { claims, attributions }
    }

    /// The edges that the enhanced representation adds to a document's trees,
    /// sorted.
    pub fn enhanced(&self, document: &Document) -> Vec<Edge> {
        enhance::edges(document, &self.lexicon, &ellipsis::gaps(document, &self.lexicon))
    }

    /// How what some words say is said to hold, as the claims that they head
    /// would have it.
    pub fn factualities(&self, document: &Document, words: &[TokenId]) -> Vec<Factuality> {
        let graph = Graph::new(document, &self.lexicon);
        let findings = self.rules.find(&graph, &self.lexicon);
        let mut scopes = Scopes::new(&graph, &findings.scopes);
        words.iter().map(|&word| scopes.factuality(word)).collect()
    }
}

/// Whether a rule file is a family, or stands in the folder that is one.
fn is_of_family(file: &str, family: &str) -> bool {
    file.strip_prefix(family).is_some_and(|rest| rest == ".rule" || rest.starts_with('/'))
}

/// The word lists that ship with the program, by file.
pub fn word_lists() -> impl Iterator<Item = (&'static str, &'static str)> {
    shipped::LEXICON.iter().copied()
}

/// Whether a rule file mentions a word list.
pub fn names_list(rules: &str, list: &str) -> bool {
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    rules.split(|c| !in_name(c)).any(|word| word == list)
}

impl Default for Extractor {
    /// The shipped rules and word lists.
    ///
    /// # Panics
    ///
    /// Where they are broken, which a test of this crate rules out.
    #[allow(clippy::expect_used)] // no input reaches it
    fn default() -> Self {
        Self::shipped().expect("the shipped rules compile")
    }
}
