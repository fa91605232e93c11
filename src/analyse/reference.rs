//! What mentions and clusters are made from: the layers below them, and words
//! that tell what nouns refer to.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

use super::antecedents::Weights;
use super::description_words::DescriptionWords;
use super::lists::shipped;
use super::media::MediaLexicon;
use super::network::Pretrained;
use super::person::{Gender, PersonLexicon};
use super::syntax::Parse;
use crate::text::lexicon::Lexicon;
use crate::text::table::{Row, TableError};
use crate::text::{
    Document, Feats, FunctionWords, Name, NameKind, Quotation, Sentence, Span, Tag, Token, TokenId,
    Tree, Upos,
};

/// Names of countries have so many letters at least: *Iraq*.
const SHORTEST_COUNTRY: usize = 4;

/// The layers of a document that mentions and clusters are made from.
#[derive(Clone, Copy, Debug)]
pub struct Parsed<'a> {
    /// The sentences.
    pub sentences: &'a [Sentence],
    /// The words.
    pub tokens: &'a [Token],
    /// Their tags.
    pub tags: &'a [Tag],
    /// Their trees.
    pub tree: &'a Tree,
    /// The names among them.
    pub names: &'a [Name],
    /// The quotations.
    pub quotations: &'a [Quotation],
    /// The words of closed classes.
    pub words: &'a FunctionWords,
}

impl<'a> From<&'a Document> for Parsed<'a> {
    fn from(document: &'a Document) -> Self {
        Self {
            sentences: &document.sentences,
            tokens: &document.tokens,
            tags: &document.tags,
            tree: &document.tree,
            names: &document.names,
            quotations: &document.quotations,
            words: &document.words,
        }
    }
}

impl Parse for Parsed<'_> {
    fn tag(&self, word: TokenId) -> &Tag {
        Parsed::tag(self, word)
    }

    fn tree(&self) -> &Tree {
        self.tree
    }

    fn words(&self) -> &FunctionWords {
        self.words
    }
}

impl<'a> Parsed<'a> {
    /// The tag of a token.
    pub(super) fn tag(&self, token: TokenId) -> &'a Tag {
        const NONE: &Tag = &Tag {
            upos: Upos::X,
            xpos: CompactString::const_new(""),
            feats: Feats(CompactString::const_new("")),
            lemma: CompactString::const_new(""),
        };
        self.tags.get(token.index()).unwrap_or(NONE)
    }

    /// The lemma of a token.
    pub(super) fn lemma(&self, token: TokenId) -> &'a str {
        &self.tag(token).lemma
    }

    /// The form of a token.
    pub(super) fn form(&self, token: TokenId) -> &'a str {
        &self.tokens[token.index()].form
    }

    /// The form of a token, if there is one.
    pub(super) fn word(&self, token: TokenId) -> Option<&'a str> {
        self.tokens.get(token.index()).map(|token| &*token.form)
    }

    /// The span of the tokens `first..last`.
    pub(super) fn span(&self, first: TokenId, last: TokenId) -> Span {
        let last = last.saturating_sub(1);
        self.tokens[first.index()].span.cover(self.tokens[last.index()].span)
    }

    /// The token of `first..last` that depends on none of the others.
    pub(super) fn head_of(&self, first: TokenId, last: TokenId) -> TokenId {
        let outside =
            |t: &TokenId| self.tree.head(*t).is_none_or(|h| !first.until(last).contains(h));
        first.until(last).iter().find(outside).unwrap_or(first)
    }

    /// The index of the sentence that a token stands in.
    pub(super) fn sentence(&self, token: TokenId) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= token)
    }

    /// The name that a token is a word of, cut to its core.
    pub(super) fn name(&self, token: TokenId) -> Option<Name> {
        let i = self.names.partition_point(|name| name.tokens.end <= token);
        let name = self.names.get(i).and_then(|name| core_of_name(name, self.tokens))?;
        name.tokens.contains(token).then_some(name)
    }

    /// The index of the innermost quotation that a token stands in.
    pub(super) fn quotation(&self, token: TokenId) -> Option<usize> {
        let at = self.tokens.get(token.index())?.span.start;
        let end = self.quotations.partition_point(|q| q.span.start <= at);
        // Nesting is shallow; those far before cannot reach here.
        let near = end.saturating_sub(8);
        let quotations = self.quotations.get(near..end)?;
        quotations.iter().rposition(|q| at < q.span.end).map(|i| near + i)
    }
}

/// A name without the marks and the words in small letters at its ends:
/// *American* of *American embassy*; none where nothing is left. Persons keep
/// theirs: *von der Leyen*.
pub fn core_of_name(name: &Name, tokens: &[Token]) -> Option<Name> {
    let is_small = |&t: &TokenId| {
        let form = tokens.get(t.index()).map_or("", |t| &t.form);
        let person = name.kind == NameKind::Person && form.contains(char::is_alphabetic);
        !person && !form.contains(|c: char| c.is_uppercase() || c.is_numeric())
    };
    let first = name.tokens.iter().find(|t| !is_small(t))?;
    let last = first.until(name.tokens.end).iter().rfind(|t| !is_small(t))? + 1;
    let at = |t: TokenId| tokens.get(t.index()).map(|t| t.span);
    let span = at(first)?.cover(at(last - 1)?);
    Some(Name { span, tokens: first.until(last), ..*name })
}

/// What a noun refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Noun {
    pub(super) kind: NameKind,
    pub(super) gender: Option<Gender>,
}

/// Words that tell what phrases refer to.
#[derive(Clone, Debug)]
pub struct ReferenceLexicon {
    pub(super) persons: PersonLexicon,
    pub(super) media: MediaLexicon,
    nouns: HashMap<CompactString, Noun>,
    saying: HashSet<CompactString>,
    /// How nouns for persons end, the longest first: *woman* of *spokeswoman*.
    endings: Vec<(CompactString, Option<Gender>)>,
    /// What else someone of a title is called, by the title.
    roles: HashMap<CompactString, Vec<CompactString>>,
    /// Words that tell of what names are, by their class.
    name_signs: HashSet<(CompactString, CompactString)>,
    /// Words for who or what a text has spoken of.
    pub(super) descriptions: DescriptionWords,
    /// How much speaks for an antecedent.
    pub(super) antecedents: Weights,
    /// Vectors of words; none but those of a model.
    pub(super) vectors: Pretrained,
}

impl Default for ReferenceLexicon {
    /// The shipped words.
    #[allow(clippy::expect_used)]
    fn default() -> Self {
        let lists = [
            "titles",
            "given-names",
            "news-media",
            "nouns",
            "saying",
            "title-nouns",
            "name-signs",
            "person-endings",
            "epithets",
            "party-words",
            "body-words",
        ];
        Self::new(&shipped(&lists)).expect("a test reads the shipped lists")
    }
}

/// The lines of `person-endings.tsv`, the longest first.
fn endings(lexicon: &Lexicon) -> Vec<(CompactString, Option<Gender>)> {
    let rows = lexicon.rows("person-endings");
    let mut endings: Vec<_> = rows
        .map(|row| (CompactString::from(row.key()), row.get("gender").and_then(Gender::parse)))
        .collect();
    endings.sort_by_key(|(ending, _)| Reverse(ending.len()));
    endings
}

/// What a line of `nouns.tsv` says.
fn noun(row: Row<'_>) -> Result<Noun, TableError> {
    let kind = row.parse("kind", kind)?;
    Ok(Noun { kind, gender: row.get("gender").and_then(Gender::parse) })
}

impl ReferenceLexicon {
    /// The words of the lists of persons and media, of `nouns` and `saying`.
    ///
    /// # Errors
    /// Where a line has a kind that is none.
    pub fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let mut nouns = HashMap::new();
        for row in lexicon.rows("nouns") {
            nouns.insert(row.key().into(), noun(row)?);
        }
        let mut roles: HashMap<CompactString, Vec<CompactString>> = HashMap::new();
        for row in lexicon.rows("title-nouns") {
            roles.entry(row.key().into()).or_default().extend(row.get("noun").map(Into::into));
        }
        let signs = lexicon.rows("name-signs");
        let signs = signs.filter_map(|row| Some((row.get("class")?.into(), row.key().into())));
        Ok(Self {
            roles,
            name_signs: signs.collect(),
            persons: PersonLexicon::new(lexicon),
            media: MediaLexicon::new(lexicon)?,
            nouns,
            saying: lexicon.rows("saying").map(|row| row.key().into()).collect(),
            endings: endings(lexicon),
            descriptions: DescriptionWords::new(lexicon)?,
            antecedents: Weights::shipped(),
            vectors: Pretrained::default(),
        })
    }

    /// The same, with a model's vectors of words.
    #[must_use]
    pub(super) fn with_vectors(self, vectors: &Pretrained) -> Self {
        Self { vectors: vectors.clone(), ..self }
    }

    /// What a noun refers to, by its lemma.
    pub(super) fn noun(&self, lemma: &str) -> Option<Noun> {
        let lower = lemma.to_lowercase();
        let known = self.nouns.get(&*lower).copied();
        known.or_else(|| {
            let ending = self.endings.iter().find(|(ending, _)| lower.ends_with(&**ending));
            ending.map(|&(_, gender)| Noun { kind: NameKind::Person, gender })
        })
    }

    /// What else someone of a title may be called: *senator* for *Sen.*
    pub(super) fn roles(&self, title: &str) -> &[CompactString] {
        self.roles.get(title.trim_end_matches('.')).map_or(&[], Vec::as_slice)
    }

    /// Whether a word before a title says that it is held no more: *former*.
    pub(super) fn is_past(&self, word: &str) -> bool {
        self.is_sign("past", word)
    }

    /// Whether a name of one word is never short for a longer one: *House* for *White House*.
    pub(super) fn is_whole_name(&self, words: &[String]) -> bool {
        matches!(words, [one] if self.is_sign("whole", one))
    }

    /// The word that tells fathers from sons, without its stop: *jr* for *Jr.*
    pub(super) fn generation(&self, word: &str) -> Option<String> {
        let word = word.trim_end_matches('.').to_lowercase();
        self.is_sign("generation", &word).then_some(word)
    }

    /// Whether a word is the adjective of a country's name: *pakistani* of *pakistan*.
    pub(super) fn is_adjective_of(&self, word: &str, country: &str) -> bool {
        let ending = word.strip_prefix(country).filter(|_| country.len() >= SHORTEST_COUNTRY);
        ending.is_some_and(|ending| self.is_sign("people", ending))
    }

    fn is_sign(&self, class: &str, word: &str) -> bool {
        self.name_signs.contains(&(class.into(), word.into()))
    }

    /// Whether a verb's subject says what depends on it.
    pub(super) fn is_saying(&self, lemma: &str) -> bool {
        self.saying.contains(lemma)
    }
}

fn kind(word: &str) -> Option<NameKind> {
    Some(match word {
        "person" => NameKind::Person,
        "organization" => NameKind::Organization,
        "place" => NameKind::Place,
        "facility" => NameKind::Facility,
        "event" => NameKind::Event,
        _ => return None,
    })
}
