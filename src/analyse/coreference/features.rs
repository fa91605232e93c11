//! What speaks for an antecedent: the features of a mention, of what may be its
//! antecedent, and of the two together.
//!
//! In: the facts of mentions, the clusters so far. Out: numbers of features.

use std::collections::HashMap;
use std::rc::Rc;

use super::Problem;
use super::facts::{Animacy, Facts, Role};
use super::nominals;
use super::partition::Nature;
use super::salience::Salience;
use crate::analyse::antecedents::{FIRST_NOMINAL, FIRST_PRONOUN, Features, SORTS, Template};
use crate::analyse::reference::ReferenceLexicon;
use crate::analyse::syntax::Definiteness;
use crate::text::{Deprel, MentionKind, NameKind, Pronoun, TokenId, Tree, Voice};

/// What sort of mention: of a name its kind, of a description how definite it is,
/// of a pronoun which.
fn sort(facts: &Facts<'_>) -> usize {
    match facts.kind {
        MentionKind::Name => match facts.entity {
            Some(NameKind::Person) => 0,
            Some(NameKind::Organization) => 1,
            Some(NameKind::Place | NameKind::Facility) => 2,
            Some(NameKind::Group) => 3,
            _ => 4,
        },
        MentionKind::Nominal => match facts.definiteness {
            Definiteness::Definite => FIRST_NOMINAL,
            Definiteness::Demonstrative => FIRST_NOMINAL + 1,
            Definiteness::SuchA => FIRST_NOMINAL + 2,
            Definiteness::Indefinite => FIRST_NOMINAL + 3,
            Definiteness::Bare if facts.is_proper => FIRST_NOMINAL + 6,
            Definiteness::Bare => FIRST_NOMINAL + 4 + usize::from(facts.plural == Some(true)),
        },
        MentionKind::Clause => FIRST_NOMINAL + 7,
        MentionKind::Pronoun => FIRST_PRONOUN + pronoun_sort(facts),
    }
}

fn pronoun_sort(facts: &Facts<'_>) -> usize {
    match (facts.pronoun, facts.pronoun.and_then(Pronoun::voice)) {
        (_, Some(Voice::I)) => 0,
        (_, Some(Voice::We)) => 1,
        (_, Some(Voice::You)) => 2,
        (Some(Pronoun::He), _) => 3,
        (Some(Pronoun::She), _) => 4,
        (Some(Pronoun::It), _) => 5,
        (Some(Pronoun::They), _) => 6,
        (Some(Pronoun::Who), _) => 7,
        _ => 8 + usize::from(facts.plural == Some(true)),
    }
}

/// Name, description or pronoun.
fn kind(facts: &Facts<'_>) -> usize {
    match facts.kind {
        MentionKind::Name => 0,
        MentionKind::Nominal | MentionKind::Clause => 1,
        MentionKind::Pronoun => 2,
    }
}

fn role(facts: &Facts<'_>) -> usize {
    match facts.role {
        Role::Subject => 0,
        Role::Object => 1,
        Role::Possessor => 2,
        Role::Oblique => 3,
        Role::Other => 4,
    }
}

fn number(plural: Option<bool>) -> usize {
    plural.map_or(0, |plural| 1 + usize::from(plural))
}

fn animacy(animacy: Animacy) -> usize {
    match animacy {
        Animacy::Person => 0,
        Animacy::Body => 1,
        Animacy::Thing => 2,
        Animacy::Unknown => 3,
    }
}

fn entity(facts: &Facts<'_>) -> usize {
    entity_number(facts.entity)
}

fn entity_number(kind: Option<NameKind>) -> usize {
    let kind = kind.and_then(|kind| NameKind::ALL.iter().position(|&k| k == kind));
    kind.map_or(0, |kind| kind + 1)
}

/// How alike two directions are, in nine steps; 0 where one is unknown.
pub(super) fn likeness(a: &[f32], b: &[f32]) -> usize {
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let cosine: f32 = a.iter().zip(b).map(|(a, b)| a * b).sum();
    1 + [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8].iter().take_while(|&&least| cosine >= least).count()
}

/// How much of two sets is shared: nothing to compare, equal, within one another,
/// or neither.
fn overlap(a: &[String], b: &[String]) -> usize {
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    match (within(a, b), within(b, a)) {
        _ if a.is_empty() && b.is_empty() => 0,
        (true, true) => 1,
        (true, false) => 2,
        (false, true) => 3,
        (false, false) => 4,
    }
}

/// Numbers that grow, in steps that grow.
fn step(value: usize, steps: &[usize]) -> usize {
    steps.iter().take_while(|&&step| value >= step).count()
}

/// The features of each mention by itself.
#[derive(Debug)]
pub(super) struct Own {
    /// As one whose antecedent is sought.
    pub(super) anaphor: Features,
    /// As one that may be the antecedent.
    pub(super) antecedent: Features,
    /// How many mentions before it have the same head word.
    pub(super) repeats: usize,
    /// The direction of its head's vector; empty for pronouns and unknown words.
    pub(super) word: Rc<[f32]>,
    /// The same of the word that its head depends on.
    pub(super) governor_word: Rc<[f32]>,
    sort: usize,
    governor: Option<TokenId>,
}

impl Own {
    pub(super) fn of<'a>(
        problem: &'a Problem<'a>,
        directions: &mut Directions<'a>,
        mention: usize,
        repeats: usize,
    ) -> Self {
        let facts = &problem.facts[mention];
        let governor = problem.parsed.tree.head(facts.head);
        let word = (!facts.is_pronoun()).then_some(&*facts.word);
        let word = directions.of(problem.lexicon, word);
        let governor_word = governor.map(|governor| problem.parsed.lemma(governor));
        let governor_word = directions.of(problem.lexicon, governor_word);
        let sort = sort(facts);
        let (anaphor, antecedent) = (Features::new(), Features::new());
        let mut own = Self { anaphor, antecedent, repeats, word, governor_word, sort, governor };
        own.describe_anaphor(problem, facts);
        own.describe_antecedent(problem, facts);
        own
    }

    fn describe_anaphor(&mut self, problem: &Problem<'_>, facts: &Facts<'_>) {
        let (parsed, sort) = (problem.parsed, self.sort);
        let modifiers = facts.modifiers.len().min(3);
        let governor = self.governor.map_or("", |governor| parsed.lemma(governor));
        let is_modified = parsed.tree.children_by(facts.head, Deprel::Acl).next().is_some()
            || parsed.tree.has(facts.head, Deprel::AclRelcl);
        let first = parsed.tokens.partition_point(|t| t.span.start < facts.span.start);
        let first = parsed.lemma(TokenId::from_index(first)).to_lowercase();
        self.anaphor.extend([
            Template::OwnSort.value(sort),
            Template::OwnRole.value(sort * 5 + role(facts)),
            Template::OwnNumber.value(sort * 3 + number(facts.plural)),
            Template::OwnWord.word(&facts.word),
            Template::OwnGovernor.words(&[governor, parsed.tree.deprel(facts.head).as_str()]),
            Template::OwnModifiers.value(sort * 4 + modifiers),
            Template::OwnParts.value(sort * 2 + usize::from(!facts.parts.is_empty())),
            Template::OwnEntity.value(entity(facts)),
            Template::OwnQuoted.value(sort * 2 + usize::from(facts.quotation.is_some())),
            Template::OwnRepeats.value(sort * 4 + self.repeats.min(3)),
            Template::OwnClause.value(sort * 2 + usize::from(is_modified)),
            Template::OwnPlace.value(sort * 6 + step(facts.sentence, &[1, 2, 4, 8, 20])),
            Template::OwnRelation.word(parsed.tree.deprel(facts.head).as_str()),
            Template::OwnFirstWord.word(&first),
            Template::OwnComplement.value(sort * 2 + usize::from(self.has_complement(parsed.tree))),
        ]);
    }

    /// Whether a clause completes what it depends on: *it is said that*.
    fn has_complement(&self, tree: &Tree) -> bool {
        let clauses = [Deprel::Ccomp, Deprel::Csubj, Deprel::Xcomp];
        self.governor.is_some_and(|verb| clauses.into_iter().any(|clause| tree.has(verb, clause)))
    }

    fn describe_antecedent(&mut self, problem: &Problem<'_>, facts: &Facts<'_>) {
        let (tree, sort) = (problem.parsed.tree, self.sort);
        let is_main = self.governor.is_some_and(|verb| tree.head(verb).is_none());
        let is_subject = is_main && facts.role == Role::Subject;
        let is_conjunct = tree.is(facts.head, Deprel::Conj) || tree.has(facts.head, Deprel::Conj);
        self.antecedent.extend([
            Template::Sort.value(sort),
            Template::Role.value(sort * 5 + role(facts)),
            Template::Number.value(sort * 3 + number(facts.plural)),
            Template::Word.word(&facts.word),
            Template::MainSubject.value(sort * 2 + usize::from(is_subject)),
            Template::Quoted.value(sort * 2 + usize::from(facts.quotation.is_some())),
            Template::Entity.value(entity(facts)),
            Template::Conjunct.value(sort * 2 + usize::from(is_conjunct)),
            Template::Relation.word(tree.deprel(facts.head).as_str()),
            Template::Modifiers.value(sort * 4 + facts.modifiers.len().min(3)),
        ]);
    }
}

/// The directions of words' vectors, one for each word: most heads come more than once.
#[derive(Debug, Default)]
pub(super) struct Directions<'a> {
    known: HashMap<&'a str, Rc<[f32]>>,
}

impl<'a> Directions<'a> {
    /// That of a word; empty for none, or an unknown one.
    fn of(&mut self, lexicon: &ReferenceLexicon, word: Option<&'a str>) -> Rc<[f32]> {
        let Some(word) = word else { return Rc::default() };
        let known = self.known.entry(word);
        Rc::clone(known.or_insert_with(|| lexicon.vectors.direction(word).into()))
    }
}

/// Two mentions that may be one thing.
pub(super) struct Pair<'a> {
    pub(super) problem: &'a Problem<'a>,
    pub(super) own: &'a [Own],
    pub(super) anaphor: usize,
    pub(super) antecedent: usize,
    /// How many candidates stand nearer.
    pub(super) rank: usize,
    /// The clusters of both.
    pub(super) natures: (Nature, Nature),
    pub(super) salience: Salience,
}

impl Pair<'_> {
    /// What the two have in common, and what not.
    pub(super) fn describe(&self, features: &mut Features) {
        let anaphor = &self.problem.facts[self.anaphor];
        let antecedent = &self.problem.facts[self.antecedent];
        self.describe_cluster(features);
        self.describe_salience(features, anaphor);
        self.describe_distance(features, anaphor, antecedent);
        self.describe_agreement(features, anaphor, antecedent);
        self.describe_words(features, anaphor, antecedent);
        self.describe_syntax(features, anaphor, antecedent);
    }

    fn sort(&self) -> usize {
        self.own[self.anaphor].sort
    }

    fn describe_cluster(&self, features: &mut Features) {
        let (own, other) = self.natures;
        let sort = self.sort();
        let gender = match (own.gender, other.gender) {
            (None, None) => 0,
            (Some(a), Some(b)) => 1 + usize::from(a == b),
            _ => 3,
        };
        features.extend([
            Template::Size.value(sort * 5 + step(other.size as usize, &[2, 3, 5, 10])),
            Template::Animacy.value(sort * 4 + animacy(other.animacy)),
            Template::Gender.value(sort * 4 + gender),
            Template::ClusterNumber.value(sort * 3 + number(other.plural)),
            Template::Named.value(sort * 2 + usize::from(other.name.is_some())),
        ]);
    }

    fn describe_salience(&self, features: &mut Features, anaphor: &Facts<'_>) {
        let (sort, salience) = (self.sort(), self.salience);
        let largest = usize::from(salience.is_largest) * (1 + usize::from(salience.is_even));
        let first = match salience.first {
            0 => 0,
            first => 1 + step(anaphor.sentence.saturating_sub(first), &[1, 4, 12]),
        };
        let speaks = salience.speaks.map_or(0, |speaks| 1 + usize::from(speaks));
        let speaks = if anaphor.quotation.is_some() && speaks > 0 { 3 } else { speaks };
        features.extend([
            Template::EntityOfCluster.value(sort * 10 + entity_number(salience.entity)),
            Template::FirstNamed.value(sort * 5 + first),
            Template::Largest.value(sort * 3 + largest),
            Template::Latest.value(sort * 2 + usize::from(salience.is_latest)),
            Template::ClusterRank.value(sort * 6 + salience.nearer.min(5)),
            Template::Speaker.value(sort * 4 + speaks),
        ]);
    }

    fn describe_distance(&self, features: &mut Features, anaphor: &Facts<'_>, other: &Facts<'_>) {
        let sort = self.sort();
        let mentions = step(self.anaphor - self.antecedent, &[2, 3, 4, 6, 9, 15, 26]);
        let sentences = sentences_apart(anaphor, other);
        let blocks = step((anaphor.block - other.block) as usize, &[1, 2, 4]);
        features.extend([
            Template::Sentences.value(sort * 8 + sentences),
            Template::Blocks.value(sort * 4 + blocks),
            Template::RoleDistance.value(sort * 15 + sentences.min(2) * 5 + role(other)),
            Template::Mentions.value(sort * 8 + mentions),
            Template::Rank.value(sort * 6 + self.rank.min(5)),
        ]);
    }

    fn describe_agreement(&self, features: &mut Features, anaphor: &Facts<'_>, other: &Facts<'_>) {
        let sort = self.sort();
        let (own, cluster) = self.natures;
        let same_number = match (anaphor.plural, other.plural) {
            (Some(a), Some(b)) => 1 + usize::from(a == b),
            _ => 0,
        };
        let animacies = animacy(own.animacy) * 4 + animacy(cluster.animacy);
        let quotations = match (anaphor.quotation, other.quotation) {
            (None, None) => 0,
            (Some(a), Some(b)) => 1 + usize::from(a == b),
            _ => 3,
        };
        features.extend([
            Template::Sorts.value(sort * SORTS + self.own[self.antecedent].sort),
            Template::SameRole.value(sort * 2 + usize::from(anaphor.role == other.role)),
            Template::SameNumber.value(sort * 3 + same_number),
            Template::Animacies.value(sort * 16 + animacies),
            Template::Quotations.value(sort * 4 + quotations),
        ]);
    }

    fn describe_words(&self, features: &mut Features, anaphor: &Facts<'_>, other: &Facts<'_>) {
        let (sort, kinds) = (self.sort(), kind(anaphor) * 3 + kind(other));
        let is_same = anaphor.word == other.word;
        let at = usize::from(is_same) * 9 + kinds;
        features.extend([
            Template::SameWord.value(at * 8 + sentences_apart(anaphor, other)),
            Template::SameForm.value(sort * 2 + usize::from(is_same)),
        ]);
        if anaphor.is_pronoun() {
            return;
        }
        let kind_of_other = other.entity.map_or("", NameKind::as_str);
        let has = |word| other.modifiers.contains(word);
        let is_title = has(&anaphor.word) && anaphor.modifiers.iter().all(has);
        let words = if is_same { overlap(&anaphor.modifiers, &other.modifiers) } else { 0 };
        let is_same_phrase = is_same && anaphor.modifiers == other.modifiers;
        let is_medium = nominals::is_medium(self.problem, anaphor, other);
        let likeness = likeness(&self.own[self.anaphor].word, &self.own[self.antecedent].word);
        features.extend([
            Template::Words.value(sort * 5 + words),
            Template::SamePhrase.value(usize::from(is_same_phrase) * 9 + kinds),
            Template::WordEntity.words(&[&anaphor.word, kind_of_other]),
            Template::Title.value(kinds * 2 + usize::from(is_title)),
            Template::NameWords.value(kinds * 4 + shared(anaphor, other)),
            Template::NewsMedium.value(usize::from(is_medium)),
            Template::Entities.value(entity(anaphor) * 10 + entity(other)),
            Template::Likeness.value(sort * 9 + likeness),
            Template::LikenessOfKinds.value(kinds * 9 + likeness),
        ]);
    }

    fn describe_syntax(&self, features: &mut Features, anaphor: &Facts<'_>, other: &Facts<'_>) {
        let (problem, sort) = (self.problem, self.sort());
        let (parsed, lexicon) = (problem.parsed, problem.lexicon);
        let (verb, other_verb) =
            (self.own[self.anaphor].governor, self.own[self.antecedent].governor);
        let is_above = other_verb.is_some()
            && parsed.tree.ancestors(anaphor.head).take(8).any(|t| Some(t) == other_verb);
        let subjects = usize::from(anaphor.role == Role::Subject) * 2
            + usize::from(other.role == Role::Subject);
        let lemma = |verb: Option<TokenId>| verb.map_or("", |verb| parsed.lemma(verb));
        let is_same_verb = verb != other_verb && lemma(verb) == lemma(other_verb);
        let says = |facts: &Facts<'_>, verb: Option<TokenId>| {
            facts.role == Role::Subject && lexicon.is_saying(lemma(verb))
        };
        let saying = usize::from(says(anaphor, verb)) * 2 + usize::from(says(other, other_verb));
        features.extend([
            Template::ClauseAbove.value(sort * 2 + usize::from(is_above)),
            Template::Subjects.value(sort * 4 + subjects),
            Template::SameGovernor.value(sort * 2 + usize::from(is_same_verb)),
            Template::SaysBoth.value(sort * 4 + saying),
        ]);
    }
}

fn sentences_apart(anaphor: &Facts<'_>, other: &Facts<'_>) -> usize {
    step(anaphor.sentence - other.sentence, &[1, 2, 3, 4, 6, 11, 30])
}

/// How many of the words of a phrase are among another's, its head among them.
fn shared(anaphor: &Facts<'_>, other: &Facts<'_>) -> usize {
    let is_among = |word: &String| *word == other.word || other.modifiers.contains(word);
    let words = anaphor.modifiers.iter().chain([&anaphor.word]);
    let (all, common) = (anaphor.modifiers.len() + 1, words.filter(|w| is_among(w)).count());
    match common {
        0 => 0,
        n if n == all => 3,
        _ if is_among(&anaphor.word) => 2,
        _ => 1,
    }
}

/// The features of a mention that nothing before it means: of so many candidates in
/// so many clusters, the likest so like it.
pub(super) fn describe_new(own: &Own, choice: Width, features: &mut Features) {
    let Width { candidates, clusters, likeness } = choice;
    features.extend([
        Template::New.value(own.sort),
        Template::NewRepeats.value(own.sort * 3 + own.repeats.min(2)),
        Template::NewChoice.value(own.sort * 5 + step(candidates, &[1, 3, 8, 20])),
        Template::NewClusters.value(own.sort * 6 + clusters.min(5)),
        Template::NewLikeness.value(own.sort * 9 + likeness),
    ]);
}

/// How wide the choice of antecedents is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width {
    pub(super) candidates: usize,
    pub(super) clusters: usize,
    /// How alike the likest candidate is.
    pub(super) likeness: usize,
}
