//! A claim as it is compared: its arguments by role, and all its terms.
//!
//! In: a [`Telling`]. Out: a [`Saying`] for each of its claims. Names and pronouns in an
//! argument become the entity that they mention, so that "his father's tax returns" and
//! "Ada Brook's father's tax returns" have the same terms.

use std::ops::Range;

use super::telling::{Argument, Claim, Telling, Voice};
use super::terms::{Term, Terms, extend_new, push_new};

/// Longer mentions tell nothing more of what a thing is.
const LONGEST_MENTION: usize = 120;
/// So many bytes before and behind a clause are read as its context.
const CONTEXT: usize = 250;
/// A description of more words is no name for a pronoun to stand for.
const LONGEST_DESCRIPTION: usize = 6;

/// An argument by its terms.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Party {
    /// What it is, where that is the same in every article.
    pub(super) entity: Option<Term>,
    /// All its terms, once each.
    pub(super) terms: Vec<Term>,
    /// The heads of all that the article calls it.
    pub(super) heads: Vec<Term>,
}

/// A claim by its terms.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Saying {
    /// The article, by its place in the story.
    pub(super) article: usize,
    /// The claim, by its place in the article.
    pub(super) claim: usize,
    /// The proposition that it expresses.
    pub(super) proposition: Option<Term>,
    /// Who does it.
    pub(super) agent: Option<Party>,
    /// Who or what it is done to.
    pub(super) patient: Option<Party>,
    /// The rest.
    pub(super) others: Vec<Party>,
    /// The words of the relation.
    pub(super) relation: Vec<Term>,
    /// All terms, once each.
    pub(super) terms: Vec<Term>,
    /// The numbers among them.
    pub(super) numbers: Vec<Term>,
    /// When it is said to hold, as written.
    pub(super) when: Option<String>,
    /// Whether it is said to be so.
    pub(super) holds: bool,
    /// In what way it is said to hold.
    pub(super) modality: String,
    /// Where the clause stands in the article: a range of bytes.
    pub(super) range: Range<usize>,
    /// The words of the clause, in order, as often as they stand there.
    pub(super) wording: Vec<Term>,
    /// The same once each, sorted.
    pub(super) clause: Vec<Term>,
    /// The words of the clause and of those around it in its paragraph, once each, sorted.
    pub(super) context: Vec<Term>,
}

impl Saying {
    /// Whether a term stands in the relation or in one of the two arguments.
    pub(super) fn is_core(&self, term: Term) -> bool {
        let mut parties = self.agent.iter().chain(&self.patient);
        self.relation.contains(&term) || parties.any(|party| party.terms.contains(&term))
    }
}

/// The claims of an article.
pub(super) fn sayings(article: usize, telling: &Telling, terms: &mut Terms<'_>) -> Vec<Saying> {
    let things = things(telling, terms);
    let reader = Reader { telling, mentions: mentions(telling), things: &things };
    let mut all = Vec::with_capacity(telling.claims.len());
    for (place, claim) in telling.claims.iter().enumerate() {
        all.push(reader.saying((article, place), claim, terms));
    }
    all
}

/// What an article calls one thing.
struct Called {
    entity: Option<Term>,
    heads: Vec<Term>,
    /// The fullest short description.
    description: Vec<Term>,
}

fn things(telling: &Telling, terms: &mut Terms<'_>) -> Vec<Called> {
    let mut all = Vec::with_capacity(telling.things.len());
    for thing in &telling.things {
        let entity = thing.is_shared.then(|| terms.entity(&thing.iri));
        let mut called = Called { entity, heads: Vec::new(), description: Vec::new() };
        for mention in &thing.mentions {
            let words = telling.text.get(mention.clone()).unwrap_or_default();
            if words.len() <= LONGEST_MENTION {
                push_new(&mut called.heads, head(words, terms));
                let described = terms.of(words);
                if (called.description.len() + 1..=LONGEST_DESCRIPTION).contains(&described.len()) {
                    called.description = described;
                }
            }
        }
        if called.description.is_empty() {
            called.description = thing.names.first().map_or(Vec::new(), |name| terms.of(name));
        }
        all.push(called);
    }
    all
}

/// The head of a noun phrase: its last word before a preposition or comma.
fn head(phrase: &str, terms: &mut Terms<'_>) -> Option<Term> {
    let mut head = None;
    for token in terms.tokens(phrase) {
        if token.ends_head && head.is_some() {
            break;
        }
        head = token.term.or(head);
    }
    head
}

/// The terms of a text, in order.
fn words(text: &str, terms: &mut Terms<'_>) -> Vec<Term> {
    terms.tokens(text).into_iter().filter_map(|token| token.term).collect()
}

fn sorted(mut terms: Vec<Term>) -> Vec<Term> {
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Where things are mentioned, in order, the longer first.
fn mentions(telling: &Telling) -> Vec<(Range<usize>, usize)> {
    let things = telling.things.iter().enumerate();
    let mut all: Vec<(Range<usize>, usize)> = things
        .flat_map(|(place, thing)| thing.mentions.iter().map(move |m| (m.clone(), place)))
        .collect();
    all.sort_by_key(|(range, place)| (range.start, std::cmp::Reverse(range.end), *place));
    all
}

struct Reader<'a> {
    telling: &'a Telling,
    mentions: Vec<(Range<usize>, usize)>,
    things: &'a [Called],
}

impl Reader<'_> {
    fn saying(&self, place: (usize, usize), claim: &Claim, terms: &mut Terms<'_>) -> Saying {
        let when = claim.when.clone();
        let subject = self.party(&claim.subject, terms);
        let object = claim.object.as_ref().map(|object| self.party(object, terms));
        let mut others: Vec<Party> =
            claim.qualifiers.iter().map(|(_, value)| self.party(value, terms)).collect();
        let relation = terms.of(&claim.label);
        let mut all = Vec::new();
        for party in [Some(&subject), object.as_ref()].into_iter().flatten().chain(&others) {
            extend_new(&mut all, &party.terms);
        }
        extend_new(&mut all, &relation);
        let numbers = all.iter().copied().filter(|&term| terms.is_number(term)).collect();
        let (agent, patient) = match claim.voice {
            Voice::Active => (Some(subject), object),
            Voice::PassiveBy => (object, Some(subject)),
            Voice::Passive => {
                others.extend(object);
                (None, Some(subject))
            }
        };
        let proposition = claim.proposition.as_ref().map(|iri| terms.entity(iri));
        let wording = words(self.text(claim.clause.clone()), terms);
        let context = words(self.text(self.around(&claim.clause)), terms);
        let (holds, modality) = (claim.holds, claim.modality.clone());
        let range = claim.clause.clone();
        let (article, claim) = place;
        Saying {
            article,
            claim,
            when,
            holds,
            modality,
            clause: sorted(wording.clone()),
            context: sorted(context),
            range,
            wording,
            proposition,
            agent,
            patient,
            others,
            relation,
            terms: all,
            numbers,
        }
    }

    fn text(&self, range: Range<usize>) -> &str {
        self.telling.text.get(range).unwrap_or_default()
    }

    /// A clause with what stands around it in its paragraph.
    fn around(&self, clause: &Range<usize>) -> Range<usize> {
        let text = &self.telling.text;
        let before = text.get(..clause.start).unwrap_or_default();
        let paragraph = before.rfind('\n').map_or(0, |at| at + 1);
        let start = text.floor_char_boundary(clause.start.saturating_sub(CONTEXT)).max(paragraph);
        let behind = text.get(clause.end..).unwrap_or_default();
        let paragraph = behind.find('\n').map_or(text.len(), |at| clause.end + at);
        start..text.ceil_char_boundary(clause.end + CONTEXT).min(paragraph)
    }

    fn party(&self, argument: &Argument, terms: &mut Terms<'_>) -> Party {
        let called = argument.thing.and_then(|thing| self.things.get(thing));
        if let Some(Called { entity: Some(entity), heads, .. }) = called {
            return Party { entity: Some(*entity), terms: vec![*entity], heads: heads.clone() };
        }
        let mut party = Party::default();
        match &argument.range {
            Some(range) => self.read(range, terms, &mut party.terms),
            None => party.terms = terms.of(&argument.text),
        }
        if let Some(called) = called {
            party.heads.clone_from(&called.heads);
            if party.terms.is_empty() {
                party.terms.clone_from(&called.description);
            }
        }
        push_new(&mut party.heads, head(&argument.text, terms));
        party
    }

    /// The terms of a part of the text, names and pronouns as what they mention.
    fn read(&self, range: &Range<usize>, terms: &mut Terms<'_>, into: &mut Vec<Term>) {
        let mut at = range.start;
        let first = self.mentions.partition_point(|(mention, _)| mention.start < range.start);
        for (mention, thing) in &self.mentions[first..] {
            if mention.start >= range.end {
                break;
            }
            let is_whole = mention == range;
            if mention.start < at || mention.end > range.end {
                continue;
            }
            let Some(stands_for) =
                self.stands_for(self.text(mention.clone()), *thing, is_whole, terms)
            else {
                continue;
            };
            extend_new(into, &terms.of(self.text(at..mention.start)));
            extend_new(into, &stands_for);
            at = mention.end;
        }
        extend_new(into, &terms.of(self.text(at..range.end)));
    }

    /// What a name or a pronoun stands for; none for a description, which is read word
    /// by word.
    fn stands_for(
        &self,
        mention: &str,
        thing: usize,
        is_whole: bool,
        terms: &mut Terms<'_>,
    ) -> Option<Vec<Term>> {
        let called = &self.things[thing];
        let tokens = terms.tokens(mention);
        let first = tokens.iter().find(|token| token.term.is_some());
        match (first, called.entity) {
            (None, Some(entity)) => Some(vec![entity]),
            (None, None) => Some(called.description.clone()),
            (Some(first), Some(entity)) if first.is_capitalised || is_whole => Some(vec![entity]),
            _ => None,
        }
    }
}
