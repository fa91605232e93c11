//! Antecedents of descriptions and pronouns, and of names that no rule has joined:
//! the candidate that scores best.

use std::collections::{BTreeMap, HashMap};

use super::Problem;
use super::facts::Facts;
use super::features::{Own, Pair, describe_new};
use super::partition::Partition;
use super::pronouns;
use super::speakers::speakers;
use crate::analyse::antecedents::{Candidate, Choice, Chooser, Features};
use crate::analyse::syntax::Definiteness;
use crate::text::{MentionKind, NameKind, Pronoun};

/// How many mentions of one head word are looked at.
const REPEATED: usize = 10;
/// How many persons of a title are looked at.
const BEARERS: usize = 4;
/// How many mentions before a description are looked at whatever their words.
const NEAR: usize = 10;
/// How many sentences back those may stand.
const NEAR_SENTENCES: usize = 3;
/// How many mentions before a pronoun are looked at.
const BEFORE_PRONOUN: usize = 40;
/// How many sentences back an antecedent of a pronoun may stand.
const PRONOUN_SENTENCES: usize = 5;

/// Joins each mention whose antecedent is sought with the one that is chosen.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition, chooser: &mut impl Chooser) {
    let mut search = Search::new(problem);
    for anaphor in 0..problem.facts.len() {
        if is_sought(problem, partition, anaphor) {
            let candidates = search.candidates(partition, anaphor);
            if let Some(antecedent) = search.choose(partition, anaphor, &candidates, chooser) {
                join(problem, partition, antecedent, anaphor);
            }
        }
        search.pass(anaphor);
    }
}

/// Pronouns were asked for agreement before; descriptions must not bring two names
/// together.
fn join(problem: &Problem<'_>, partition: &mut Partition, antecedent: usize, anaphor: usize) {
    match problem.facts[anaphor].kind {
        MentionKind::Pronoun => partition.join(antecedent, anaphor),
        MentionKind::Nominal => _ = partition.try_join(antecedent, anaphor),
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
            !is_voice(facts) && facts.pronoun != Some(Pronoun::Who) && !is_relative()
        }
        MentionKind::Nominal => partition.find(mention) == mention,
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
    speakers: BTreeMap<usize, usize>,
    /// The mentions before, by their head words.
    by_word: HashMap<&'a str, Vec<usize>>,
    /// The persons named before, by the titles that stand with their names.
    by_title: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem<'a>) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut own = Vec::with_capacity(problem.facts.len());
        for (i, facts) in problem.facts.iter().enumerate() {
            let count = counts.entry(&facts.word).or_default();
            own.push(Own::of(problem, i, *count));
            *count += 1;
        }
        Self {
            problem,
            own,
            speakers: speakers(problem),
            by_word: HashMap::new(),
            by_title: HashMap::new(),
        }
    }

    fn facts(&self, mention: usize) -> &'a Facts<'a> {
        &self.problem.facts[mention]
    }

    /// Remembers a mention for those after it.
    fn pass(&mut self, mention: usize) {
        let facts = self.facts(mention);
        self.by_word.entry(&facts.word).or_default().push(mention);
        if facts.entity == Some(NameKind::Person) && facts.is_name() {
            for title in facts.modifiers.iter().filter(|w| self.problem.lexicon.persons.is_title(w))
            {
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
            found.extend(near.filter(|&j| !is_voice(self.facts(j))));
        }
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.dedup();
        let own = partition.nature(anaphor);
        found.retain(|&j| {
            let other = partition.nature(j);
            let are_two = own.name.is_some() && other.name.is_some();
            own.agrees(other)
                && (!are_two || facts.is_name())
                && !facts.span.overlaps(self.facts(j).span)
                && !pronouns::is_inside(self.problem, facts, self.facts(j))
        });
        found
    }

    fn candidates_of_pronoun(&self, partition: &mut Partition, anaphor: usize) -> Vec<usize> {
        let facts = self.facts(anaphor);
        let own = partition.nature(anaphor);
        let others = pronouns::co_arguments(self.problem, anaphor);
        let speaker = facts.quotation.and_then(|q| self.speakers.get(&q)).copied();
        let is_near = |j: &usize| facts.sentence - self.facts(*j).sentence <= PRONOUN_SENTENCES;
        let near = (0..anaphor).rev().take(BEFORE_PRONOUN).take_while(is_near);
        near.filter(|&j| {
            let nature = partition.nature(j);
            speaker.is_none_or(|speaker| !partition.same(speaker, j))
                && !others.iter().any(|&other| partition.same(other, j))
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
        for (rank, &antecedent) in candidates.iter().enumerate() {
            let start = pairs.len();
            let natures = (partition.nature(anaphor), partition.nature(antecedent));
            let Self { problem, own, .. } = self;
            Pair { problem, own, anaphor, antecedent, rank, natures }.describe(&mut pairs);
            let own = &self.own.get(antecedent)?.antecedent;
            described.push(Candidate { mention: antecedent, own, pair: start..pairs.len() });
        }
        if described.is_empty() {
            return None;
        }
        describe_new(own, described.len(), &mut new);
        let choice =
            Choice { anaphor, own: &own.anaphor, new: &new, candidates: &described, pairs: &pairs };
        let chosen = chooser.choose(&choice, &mut |a, b| partition.same(a, b))?;
        candidates.get(chosen).copied()
    }
}

fn is_voice(facts: &Facts<'_>) -> bool {
    facts.is_pronoun() && facts.pronoun.and_then(Pronoun::voice).is_some()
}
