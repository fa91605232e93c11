//! Antecedents of descriptions and pronouns, and of names that no rule has joined:
//! the candidate that scores best.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Problem;
use super::facts::Facts;
use super::features::{Directions, Own, Pair, Width, describe_new, likeness};
use super::known;
use super::nominals;
use super::partition::Partition;
use super::pronouns;
use super::quoted::spoken_of;
use super::salience::{self, Salience};
use super::speakers::speakers;
use crate::analyse::antecedents::{Candidate, Choice, Chooser, Features};
use crate::analyse::syntax::Definiteness;
use crate::text::{Deprel, MentionKind, NameKind, Pronoun, Sort};

/// How many mentions of one head word are looked at.
const REPEATED: usize = 10;
/// How many persons of a title are looked at.
const BEARERS: usize = 4;
/// How many mentions before a description are looked at whatever their words.
const NEAR: usize = 10;
/// How many sentences back those may stand.
const NEAR_SENTENCES: usize = 3;
/// How many names before a description are looked at.
const NAMED: usize = 10;
/// How many sentences back those may stand.
const NAMED_SENTENCES: usize = 6;
/// How many mentions before a pronoun are looked at.
const BEFORE_PRONOUN: usize = 40;
/// How many sentences back an antecedent of a pronoun may stand.
const PRONOUN_SENTENCES: usize = 5;
/// The same for *he* and *she*, who are few.
const BEFORE_PERSON: usize = 80;
const PERSON_SENTENCES: usize = 10;

/// How many mentions are looked at between a description and what it may mean.
const LEFT_BEHIND: usize = 200;
/// How many quotations back the last speaker is looked for.
const QUOTATIONS: usize = 4;

/// Joins each mention whose antecedent is sought with the one that is chosen; not those that
/// are settled.
pub(super) fn link(
    problem: &Problem<'_>,
    partition: &mut Partition,
    settled: &BTreeSet<usize>,
    chooser: &mut impl Chooser,
) {
    let mut search = Search::new(problem);
    let mut settled = settled.clone();
    for mention in 0..problem.facts.len() {
        // Who speaks is clearer than whom the speaker means by *he*.
        for anaphor in search.speaking_pronoun(mention).into_iter().chain([mention]) {
            if !settled.insert(anaphor) || !is_sought(problem, partition, anaphor) {
                continue;
            }
            let candidates = search.candidates(partition, anaphor);
            if let Some(antecedent) = search.choose(partition, anaphor, &candidates, chooser) {
                join(problem, partition, antecedent, anaphor);
            }
        }
        search.pass(mention);
    }
}

/// Pronouns were asked for agreement before; descriptions must not bring two names
/// together.
fn join(problem: &Problem<'_>, partition: &mut Partition, antecedent: usize, anaphor: usize) {
    match problem.facts[anaphor].kind {
        MentionKind::Pronoun => partition.join(antecedent, anaphor),
        MentionKind::Nominal | MentionKind::Clause => _ = partition.try_join(antecedent, anaphor),
        MentionKind::Name => _ = partition.join_names(antecedent, anaphor),
    }
}

/// Whether nothing is known yet that a mention means. Relative pronouns and *I*,
/// *we*, *you* are the business of others.
fn is_sought(problem: &Problem<'_>, partition: &mut Partition, mention: usize) -> bool {
    let facts = &problem.facts[mention];
    let is_relative = || problem.parsed.tag(facts.head).feats.has("PronType", "Rel");
    match facts.kind {
        MentionKind::Pronoun => {
            !is_voice(facts)
                && facts.pronoun != Some(Pronoun::Who)
                && !is_relative()
                && !(facts.pronoun == Some(Pronoun::It) && partition.find(mention) != mention)
        }
        MentionKind::Nominal => partition.find(mention) == mention,
        MentionKind::Clause => false,
        // What the names of persons have in common, their own rules know.
        MentionKind::Name => {
            facts.entity != Some(NameKind::Person) && partition.find(mention) == mention
        }
    }
}

/// The mentions of a document while their antecedents are sought.
struct Search<'a> {
    problem: &'a Problem<'a>,
    own: Vec<Own>,
    /// Who speaks each quotation.
    speakers: BTreeMap<usize, usize>,
    /// Those whom each of them calls *he* or *she*.
    spoken_of: BTreeMap<usize, Vec<usize>>,
    /// The mentions before, by their head words.
    by_word: HashMap<&'a str, Vec<usize>>,
    /// The persons named before, by the titles that stand with their names.
    by_title: HashMap<&'a str, Vec<usize>>,
    /// The names before.
    named: Vec<usize>,
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem<'a>) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut own = Vec::with_capacity(problem.facts.len());
        let mut directions = Directions::default();
        for (i, facts) in problem.facts.iter().enumerate() {
            let count = counts.entry(&facts.word).or_default();
            own.push(Own::of(problem, &mut directions, i, *count));
            *count += 1;
        }
        let speakers = speakers(problem);
        Self {
            problem,
            own,
            spoken_of: spoken_of(problem, &speakers),
            speakers,
            by_word: HashMap::new(),
            by_title: HashMap::new(),
            named: Vec::new(),
        }
    }

    fn facts(&self, mention: usize) -> &'a Facts<'a> {
        &self.problem.facts[mention]
    }

    /// The *he* or *she* behind a quotation that says in it *he* or *she* of somebody else.
    fn speaking_pronoun(&self, mention: usize) -> Option<usize> {
        let facts = self.facts(mention);
        let speaker = self.speakers.get(&facts.quotation?).copied()?;
        let is_before = self.spoken_of.get(&speaker)?.contains(&mention) && mention < speaker;
        let is_one = self.facts(speaker).pronoun.is_some_and(Pronoun::is_he_or_she);
        (is_before && is_one).then_some(speaker)
    }

    /// Remembers a mention for those after it.
    fn pass(&mut self, mention: usize) {
        let facts = self.facts(mention);
        if facts.is_clause() {
            return;
        }
        self.by_word.entry(&facts.word).or_default().push(mention);
        if facts.is_name() {
            self.named.push(mention);
            for title in nominals::titles(self.problem, facts) {
                self.by_title.entry(title).or_default().push(mention);
            }
        }
    }

    /// What a mention may mean, the nearest first.
    fn candidates(&self, partition: &mut Partition, anaphor: usize) -> Vec<usize> {
        if self.facts(anaphor).is_pronoun() {
            return self.candidates_of_pronoun(partition, anaphor);
        }
        let facts = self.facts(anaphor);
        let before = self.by_word.get(&*facts.word).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<usize> = before.iter().rev().take(REPEATED).copied().collect();
        if facts.kind == MentionKind::Nominal && facts.definiteness <= Definiteness::SuchA {
            let bearers = self.by_title.get(&*facts.word).map_or(&[][..], Vec::as_slice);
            found.extend(bearers.iter().rev().take(BEARERS));
            let is_near = |j: &usize| facts.sentence - self.facts(*j).sentence <= NEAR_SENTENCES;
            let near = (0..anaphor).rev().take(NEAR).take_while(is_near);
            let is_other = |facts: &Facts<'_>| is_voice(facts) || facts.is_clause();
            found.extend(near.filter(|&j| !is_other(self.facts(j))));
            let is_near = |j: &usize| facts.sentence - self.facts(*j).sentence <= NAMED_SENTENCES;
            let named = self.named.iter().rev().copied().take(NAMED);
            found.extend(named.take_while(is_near));
        }
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.dedup();
        let own = partition.nature(anaphor);
        found.retain(|&j| {
            let other = partition.nature(j);
            let are_two = own.name.is_some() && other.name.is_some();
            let are_some = facts.is_some_of || self.facts(j).is_some_of;
            own.agrees(other)
                && !partition.are_apart(anaphor, j)
                && (!are_two || facts.is_name() && !are_some)
                && !are_told_apart(facts, self.facts(j))
                && !self.is_titled_otherwise(partition, facts, j)
                && !self.is_left_behind(partition, anaphor, j)
                && !is_shorter_whole(self.problem, facts, self.facts(j))
                && !is_any(self.problem, facts, self.facts(j))
                && !facts.span.overlaps(self.facts(j).span)
                && !pronouns::is_inside(self.problem, facts, self.facts(j))
        });
        found
    }

    /// Whether others bear the title that a description is, and a person does not: the
    /// *president* is not Roe where Doe is *President Doe*.
    fn is_titled_otherwise(&self, partition: &mut Partition, facts: &Facts<'_>, j: usize) -> bool {
        let Some(bearers) = self.by_title.get(&*facts.word) else { return false };
        let nature = partition.nature(j);
        let name = nature.name.map(|name| self.facts(name));
        let is_person = name.is_some_and(|name| name.entity == Some(NameKind::Person));
        facts.kind == MentionKind::Nominal
            && facts.modifiers.is_empty()
            && is_person
            && !bearers.iter().any(|&bearer| partition.same(bearer, j))
    }

    /// Whether the text has gone on from what a bare *the country* once was: it has named
    /// another since, and has not come back to the first.
    fn is_left_behind(&self, partition: &mut Partition, anaphor: usize, j: usize) -> bool {
        let facts = self.facts(anaphor);
        let kind = facts.entity.filter(|&kind| kind != NameKind::Person);
        let is_bare = facts.modifiers.is_empty() && facts.parts.is_empty() && facts.owner.is_none();
        let is_far = facts.sentence - self.facts(j).sentence > NEAR_SENTENCES;
        if facts.kind != MentionKind::Nominal || kind.is_none() || !is_bare || !is_far {
            return false;
        }
        let sort = partition.nature(j).name.and_then(|name| self.sort(name));
        let sorts = self.problem.lexicon.descriptions.of_noun(&facts.word);
        let mut is_other_named = false;
        for between in (j + 1..anaphor).rev().take(LEFT_BEHIND) {
            let other = self.facts(between);
            if partition.same(between, j) {
                return is_other_named && facts.sentence - other.sentence > NEAR_SENTENCES;
            }
            // Towns may be of the country that is spoken of.
            let is_rival = sort.is_some() && sort == self.sort(between);
            let is_rival = is_rival || sorts.meets(known::sorts(self.problem, other));
            is_other_named |= other.is_name() && other.entity == kind && is_rival;
        }
        is_other_named
    }

    /// What sort of thing a name is known to mean.
    fn sort(&self, name: usize) -> Option<Sort> {
        self.problem.parsed.name(self.facts(name).head).and_then(|name| name.sort)
    }

    fn candidates_of_pronoun(&self, partition: &mut Partition, anaphor: usize) -> Vec<usize> {
        let facts = self.facts(anaphor);
        let own = partition.nature(anaphor);
        let (mentions, sentences) = match facts.pronoun {
            Some(Pronoun::He | Pronoun::She) => (BEFORE_PERSON, PERSON_SENTENCES),
            _ => (BEFORE_PRONOUN, PRONOUN_SENTENCES),
        };
        let is_near = |j: &usize| facts.sentence - self.facts(*j).sentence <= sentences;
        let near = (0..anaphor).rev().take(mentions).take_while(is_near);
        near.filter(|&j| {
            let nature = partition.nature(j);
            !partition.are_apart(anaphor, j)
                && pronouns::can_be(self.problem, facts, own, self.facts(j), nature)
        })
        .collect()
    }

    fn choose(
        &self,
        partition: &mut Partition,
        anaphor: usize,
        candidates: &[usize],
        chooser: &mut impl Chooser,
    ) -> Option<usize> {
        let own = self.own.get(anaphor)?;
        let (mut pairs, mut new) = (Features::new(), Features::new());
        let mut described = Vec::with_capacity(candidates.len());
        let speaker = self.last_speaker(anaphor);
        let salience = salience::of_candidates(self.problem, partition, candidates, speaker);
        for (rank, (&antecedent, &salience)) in candidates.iter().zip(&salience).enumerate() {
            let start = pairs.len();
            let natures = (partition.nature(anaphor), partition.nature(antecedent));
            let Self { problem, own, .. } = self;
            let pair = Pair { problem, own, anaphor, antecedent, rank, natures, salience };
            pair.describe(&mut pairs);
            let Own { antecedent: own, word, .. } = self.own.get(antecedent)?;
            described.push(Candidate { mention: antecedent, own, word, pair: start..pairs.len() });
        }
        if described.is_empty() {
            return None;
        }
        describe_new(own, self.width(own, candidates, &salience), &mut new);
        let choice = Choice {
            anaphor,
            own: &own.anaphor,
            word: &own.word,
            governor: &own.governor_word,
            new: &new,
            candidates: &described,
            pairs: &pairs,
            least: least(self.facts(anaphor)),
        };
        let chosen = chooser.choose(&choice, &mut |a, b| partition.same(a, b))?;
        candidates.get(chosen).copied()
    }

    fn width(&self, own: &Own, candidates: &[usize], salience: &[Salience]) -> Width {
        let others = candidates.iter().filter_map(|&candidate| self.own.get(candidate));
        Width {
            candidates: candidates.len(),
            clusters: salience.iter().filter(|s| s.is_latest).count(),
            likeness: others.map(|other| likeness(&own.word, &other.word)).max().unwrap_or(0),
        }
    }

    /// Who speaks the last quotation that begins before a mention and has a speaker, but for
    /// what the mention itself says: “No,” *he* said.
    fn last_speaker(&self, mention: usize) -> Option<usize> {
        let facts = self.facts(mention);
        let quotations = self.problem.parsed.quotations;
        let before = quotations.partition_point(|q| q.span.start < facts.span.start);
        let near = before.saturating_sub(QUOTATIONS)..before;
        let speakers = near.rev().filter_map(|quotation| self.speakers.get(&quotation));
        speakers.copied().find(|&speaker| speaker != mention)
    }
}

/// Whether two descriptions by one noun, or names that end in it, say each what the other
/// does not: *the northern bridge*, *the old bridge*; *the Land Act*, *the Water Act*.
fn are_told_apart(one: &Facts<'_>, other: &Facts<'_>) -> bool {
    let described = |facts: &Facts<'_>| match facts.kind {
        MentionKind::Nominal => true,
        MentionKind::Name => facts.name.len() > 1 && one.kind == other.kind,
        MentionKind::Pronoun | MentionKind::Clause => false,
    };
    let lacks = |a: &Facts<'_>, b: &Facts<'_>| a.modifiers.iter().any(|m| !b.modifiers.contains(m));
    described(one)
        && described(other)
        && one.word == other.word
        && lacks(one, other)
        && lacks(other, one)
}

/// Whether a description by the same noun, some sentences before, tells of a kind and no one
/// thing that *the* could take up: *Arctic ice*; places and numbers of things are known.
fn is_any(problem: &Problem<'_>, facts: &Facts<'_>, other: &Facts<'_>) -> bool {
    let is_far = facts.sentence - other.sentence > NEAR_SENTENCES;
    let is_known = facts.definiteness == Definiteness::Definite && is_far;
    let is_counted = problem.parsed.tree.has(other.head, Deprel::Nummod);
    let is_noun = other.kind == MentionKind::Nominal && !other.is_proper && !is_counted;
    let is_bare = is_noun && other.entity.is_none() && other.definiteness == Definiteness::Bare;
    let is_of_kind = other.modifiers.iter().any(|word| !facts.modifiers.contains(word));
    is_known && is_bare && is_of_kind && facts.word == other.word
}

/// Whether one of two names is never short for a longer one, as the other is: *the House*,
/// *the White House*.
fn is_shorter_whole(problem: &Problem<'_>, one: &Facts<'_>, other: &Facts<'_>) -> bool {
    let is_whole = |facts: &Facts<'_>| match &*facts.name {
        [word] => problem.lexicon.is_whole_name(&[word.to_lowercase()]),
        _ => false,
    };
    one.is_name() && other.is_name() && is_whole(one) != is_whole(other)
}

/// How likely the antecedent of a mention must be, as a wrong one is worse than none. Names
/// tell enough themselves.
fn least(facts: &Facts<'_>) -> f32 {
    match (facts.kind, facts.pronoun) {
        (MentionKind::Name | MentionKind::Clause, _) => 0.0,
        (MentionKind::Pronoun, Some(Pronoun::This | Pronoun::These)) => 0.7,
        (MentionKind::Pronoun, Some(Pronoun::He | Pronoun::She | Pronoun::It)) => 0.4,
        (MentionKind::Pronoun | MentionKind::Nominal, _) => 0.35,
    }
}

fn is_voice(facts: &Facts<'_>) -> bool {
    facts.is_pronoun() && facts.pronoun.and_then(Pronoun::voice).is_some()
}
