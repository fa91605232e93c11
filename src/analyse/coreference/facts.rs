//! What one mention tells by itself.

use crate::analyse::person::Gender;
use crate::analyse::reference::{Parsed, ReferenceLexicon};
use crate::analyse::syntax::{Definiteness, choose_among, definiteness};
use crate::text::{
    Deprel, FunctionWord, Mention, MentionKind, NameKind, Pronoun, Span, TokenId, Upos,
};

/// What is known of a mention before others are looked at.
#[derive(Clone, Debug)]
pub(super) struct Facts<'a> {
    pub(super) kind: MentionKind,
    pub(super) entity: Option<NameKind>,
    pub(super) head: TokenId,
    /// Whether its head is written as a name is.
    pub(super) is_proper: bool,
    pub(super) span: Span,
    pub(super) sentence: usize,
    /// The paragraph or heading that it stands in.
    pub(super) block: u32,
    /// The words of the name, without titles for persons; empty for no name.
    pub(super) name: Vec<&'a str>,
    /// Whether it is not all who bear the name: *several leading Greens*.
    pub(super) is_some_of: bool,
    /// *jr* of *John Roe Jr.*
    pub(super) suffix: Option<String>,
    /// Content words of the phrase other than its head, in lower case.
    pub(super) modifiers: Vec<String>,
    /// The head's lemma in lower case; for pronouns the form.
    pub(super) word: String,
    /// The pronoun that it is, by that word.
    pub(super) pronoun: Option<Pronoun>,
    /// The nouns that hang on its head with prepositions, lower case: *clothing*
    /// of *the cost of clothing*.
    pub(super) parts: Vec<String>,
    /// Whose it is: *president* of *the president's son*.
    pub(super) owner: Option<TokenId>,
    pub(super) definiteness: Definiteness,
    pub(super) gender: Option<Gender>,
    /// Whether it is one or many, where that is known.
    pub(super) plural: Option<bool>,
    pub(super) animacy: Animacy,
    /// Grammatical role, for salience.
    pub(super) role: Role,
    /// The quotation it stands in.
    pub(super) quotation: Option<usize>,
}
/// Whether it can be spoken of as *who* or as *which*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Animacy {
    Person,
    /// Organisations, places: *it*, but also *they*.
    Body,
    Thing,
    Unknown,
}

/// Grammatical role, the most salient first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Subject,
    Object,
    Possessor,
    Oblique,
    Other,
}

impl<'a> Facts<'a> {
    pub(super) fn of(parsed: &Parsed<'a>, lexicon: &ReferenceLexicon, mention: &Mention) -> Self {
        let head = mention.head;
        let word = match mention.kind {
            MentionKind::Pronoun => parsed.form(head).to_lowercase(),
            _ => parsed.lemma(head).to_lowercase(),
        };
        let sentence = parsed.sentence(head);
        let mut facts = Facts {
            kind: mention.kind,
            entity: mention.entity,
            head,
            is_proper: parsed.tag(head).upos == Upos::Propn,
            span: mention.span,
            sentence,
            block: parsed.sentences.get(sentence).map_or(0, |s| s.block_index),
            name: name(parsed, lexicon, mention),
            is_some_of: is_some_of(parsed, mention),
            suffix: suffix(parsed, lexicon, mention),
            modifiers: modifiers(parsed, mention),
            parts: parts(parsed, head),
            owner: parsed.tree.child(head, Deprel::NmodPoss),
            definiteness: definiteness(parsed, head).min(by_first_word(parsed, mention)),
            gender: None,
            plural: plural(parsed, head),
            animacy: Animacy::Unknown,
            role: role(parsed, head),
            quotation: parsed.quotation(head),
            pronoun: parsed.words.pronoun(&word).filter(|_| mention.kind == MentionKind::Pronoun),
            word,
        };
        facts.set_nature(parsed, lexicon);
        facts
    }

    /// Gender, number and animacy.
    fn set_nature(&mut self, parsed: &Parsed<'_>, lexicon: &ReferenceLexicon) {
        if self.kind == MentionKind::Pronoun {
            (self.gender, self.plural, self.animacy) = pronoun(self.pronoun, self.plural);
            return;
        }
        let noun = lexicon.noun(&self.word);
        let mut titles = self.modifiers.iter().filter_map(|m| lexicon.noun(m));
        self.gender = noun.and_then(|n| n.gender);
        self.animacy = match self.entity {
            Some(NameKind::Person) => Animacy::Person,
            Some(NameKind::Group) => Animacy::Person,
            Some(NameKind::Organization | NameKind::Place | NameKind::Facility) => Animacy::Body,
            Some(NameKind::Event | NameKind::Product | NameKind::Money) => Animacy::Thing,
            Some(NameKind::Other) => Animacy::Unknown,
            None if self.kind != MentionKind::Name => Animacy::Thing,
            None => Animacy::Unknown,
        };
        if self.kind == MentionKind::Name {
            let first = parsed.tokens.partition_point(|t| t.span.start < self.span.start);
            let words =
                parsed.tokens.iter().skip(first).take_while(|t| t.span.end <= self.span.end);
            // The stop of *Rep.* may be a word of its own.
            let is_word = |form: &&str| form.contains(char::is_alphanumeric);
            let text: Vec<&str> = words.map(|t| t.form.as_str()).filter(is_word).collect();
            let by_title = titles.find_map(|n| n.gender);
            self.gender = lexicon.persons.gender(&text.join(" ")).or(by_title);
            if self.animacy == Animacy::Unknown && self.gender.is_some() {
                self.animacy = Animacy::Person;
            }
            if self.animacy != Animacy::Person {
                self.gender = None;
            }
        }
    }

    pub(super) fn is_name(&self) -> bool {
        self.kind == MentionKind::Name
    }

    pub(super) fn is_clause(&self) -> bool {
        self.kind == MentionKind::Clause
    }

    pub(super) fn is_pronoun(&self) -> bool {
        self.kind == MentionKind::Pronoun
    }
}

/// What the first word of a phrase says, wherever the tree hangs it.
fn by_first_word(parsed: &Parsed<'_>, mention: &Mention) -> Definiteness {
    let first = parsed.tokens.partition_point(|t| t.span.start < mention.span.start);
    let is_definite = parsed.tag(TokenId::from_index(first)).feats.has("Definite", "Def");
    if is_definite { Definiteness::Definite } else { Definiteness::Bare }
}

/// Gender, number and animacy of a pronoun.
fn pronoun(
    pronoun: Option<Pronoun>,
    plural: Option<bool>,
) -> (Option<Gender>, Option<bool>, Animacy) {
    match pronoun {
        Some(Pronoun::He) => (Some(Gender::Masculine), Some(false), Animacy::Person),
        Some(Pronoun::She) => (Some(Gender::Feminine), Some(false), Animacy::Person),
        Some(Pronoun::I) => (None, Some(false), Animacy::Person),
        Some(Pronoun::Who) => (None, None, Animacy::Person),
        Some(Pronoun::It | Pronoun::This) => (None, Some(false), Animacy::Thing),
        Some(Pronoun::They | Pronoun::We | Pronoun::These) => (None, Some(true), Animacy::Unknown),
        Some(Pronoun::You) | None => (None, plural, Animacy::Unknown),
    }
}

/// The words of a mention's name.
fn name<'a>(parsed: &Parsed<'a>, lexicon: &ReferenceLexicon, mention: &Mention) -> Vec<&'a str> {
    if mention.kind != MentionKind::Name {
        return Vec::new();
    }
    let Some(name) = parsed.name(mention.head) else { return vec![parsed.form(mention.head)] };
    let words: Vec<&str> = name
        .tokens
        .iter()
        .map(|t| parsed.form(t))
        .filter(|w| !parsed.words.is(w, FunctionWord::NameEdge))
        .filter(|w| w.contains(char::is_alphanumeric))
        .collect();
    if mention.entity != Some(NameKind::Person) {
        return words;
    }
    let bare: Vec<&str> = words.iter().copied().filter(|w| !lexicon.persons.is_title(w)).collect();
    if bare.is_empty() { words } else { bare }
}

/// The last word of a person's name that tells fathers from sons.
fn suffix(parsed: &Parsed<'_>, lexicon: &ReferenceLexicon, mention: &Mention) -> Option<String> {
    let name = parsed.name(mention.head).filter(|name| name.kind == NameKind::Person)?;
    let last = name.tokens.iter().next_back()?;
    // The suffix may have been left outside of the name.
    let words = [last, last + 1].map(|t| parsed.word(t));
    words.into_iter().flatten().find_map(|word| lexicon.generation(word))
}

fn modifiers(parsed: &Parsed<'_>, mention: &Mention) -> Vec<String> {
    let first = parsed.tokens.partition_point(|t| t.span.start < mention.span.start);
    let last = parsed.tokens.partition_point(|t| t.span.end <= mention.span.end);
    let content = |t: &TokenId| {
        *t != mention.head
            && matches!(
                parsed.tag(*t).upos,
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Verb
            )
    };
    let tokens = TokenId::from_index(first).until(TokenId::from_index(last)).iter().filter(content);
    tokens.map(|t| parsed.lemma(t).to_lowercase()).collect()
}

/// *several leading Greens*: not all who bear the name of a group or body.
fn is_some_of(parsed: &Parsed<'_>, mention: &Mention) -> bool {
    let of_many = match mention.entity {
        Some(NameKind::Group | NameKind::Organization | NameKind::Other) | None => {
            mention.kind == MentionKind::Name && plural(parsed, mention.head) == Some(true)
        }
        Some(_) => false,
    };
    let first = parsed.tokens.partition_point(|t| t.span.start < mention.span.start);
    let before = TokenId::from_index(first).until(mention.head);
    of_many && choose_among(before.iter().map(|t| parsed.tag(t)))
}

fn parts(parsed: &Parsed<'_>, head: TokenId) -> Vec<String> {
    let hang = parsed.tree.children_by(head, Deprel::Nmod).filter(|&part| part > head);
    hang.map(|part| parsed.lemma(part).to_lowercase()).collect()
}

fn plural(parsed: &Parsed<'_>, head: TokenId) -> Option<bool> {
    let tag = parsed.tag(head);
    if parsed.tree.has(head, Deprel::Conj) && parsed.tree.has(head, Deprel::Cc) {
        // "Smith and his wife": the head alone is still one.
        return tag.feats.get("Number").map(|n| n == "Plur");
    }
    match tag.feats.get("Number") {
        Some("Plur" | "Ptan") => Some(true),
        Some("Sing") => Some(false),
        _ => match &*tag.xpos {
            "NNS" | "NNPS" => Some(true),
            "NN" | "NNP" => Some(false),
            _ => None,
        },
    }
}

/// The role of a head; a conjunct has the role of the first.
fn role(parsed: &Parsed<'_>, head: TokenId) -> Role {
    let mut token = head;
    for _ in 0..16 {
        if !parsed.tree.is(token, Deprel::Conj) {
            break;
        }
        token = parsed.tree.head(token).unwrap_or(token);
    }
    let relation = parsed.tree.deprel(token);
    match relation.main() {
        Deprel::Nsubj => Role::Subject,
        Deprel::Obj | Deprel::Iobj => Role::Object,
        Deprel::Nmod if relation == Deprel::NmodPoss => Role::Possessor,
        Deprel::Obl => Role::Oblique,
        _ => Role::Other,
    }
}
