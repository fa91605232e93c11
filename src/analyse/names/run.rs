//! Runs a rule over the names of an article, once from its first word to its last.

use std::collections::HashSet;
use std::ops::Range;

use super::draft::Draft;
use super::rule::{Atom, Effect, Place, Rule};
use crate::analyse::name_words::WordClass;
use crate::text::sequence::{Fit, Sequence};
use crate::text::{Name, NameKind};

/// Phrases have at most so many words.
const LONGEST_PHRASE: usize = 3;

impl Draft<'_> {
    /// Does what a rule says wherever it fits.
    pub(super) fn run(&mut self, rule: &Rule) {
        let groups = self.groups(rule);
        match rule.effect {
            Effect::Becomes(kind) => {
                let names = groups.iter().filter_map(|group| self.name_of_group(group, kind));
                let names = names.collect();
                self.put(names);
            }
            Effect::Everywhere(kind) => self.retag_everywhere(&groups, kind),
            Effect::Drops => self.drop_names(&groups),
        }
    }

    /// The groups of a rule wherever it fits, in order and without overlaps.
    fn groups(&self, rule: &Rule) -> Vec<Range<usize>> {
        let mut all: Vec<Range<usize>> = Vec::new();
        for token in 0..self.len() {
            let Some(groups) = rule.patterns.iter().find_map(|p| self.fit(p, token)) else {
                continue;
            };
            let free = all.last().map_or(0, |group| group.end);
            all.extend(groups.into_iter().filter(|group| free <= group.start));
        }
        all
    }

    fn fit(&self, pattern: &Sequence<Atom>, token: usize) -> Option<Vec<Range<usize>>> {
        let fit = pattern.fit(token, None, &|atom, at| self.fits(atom, at))?;
        let whole = token..fit.end;
        let groups: Vec<Range<usize>> = fit.groups.into_iter().map(|(_, group)| group).collect();
        Some(if groups.is_empty() { vec![whole] } else { groups })
    }

    /// The ways in which an atom fits at a word, the longest first.
    fn fits(&self, atom: &Atom, at: usize) -> Vec<Fit> {
        if at >= self.len() {
            return Vec::new();
        }
        match atom {
            Atom::Word(tests, place) => {
                let fits = self.passes(at, tests) && self.stands(at, *place);
                if fits { vec![Fit::until(at + 1)] } else { Vec::new() }
            }
            Atom::Phrase(class, tests, place) if self.passes(at, tests) => {
                self.phrases(*class, *place, at)
            }
            Atom::Name(kinds, tests, inner) if self.passes(at, tests) => {
                self.fit_name(kinds, inner.as_ref(), at).into_iter().collect()
            }
            Atom::Phrase(..) | Atom::Name(..) => Vec::new(),
        }
    }

    fn phrases(&self, class: WordClass, place: Place, at: usize) -> Vec<Fit> {
        if !self.stands(at, place) {
            return Vec::new();
        }
        let most = LONGEST_PHRASE.min(self.len() - at);
        let ends = (at + 1..=at + most).rev().filter(|&end| {
            (at + 1..end).all(|t| self.stands(t, place)) && self.are(at..end, class)
        });
        ends.map(Fit::until).collect()
    }

    /// How a name fits that begins at a word.
    fn fit_name(
        &self,
        kinds: &[NameKind],
        inner: Option<&Sequence<Atom>>,
        at: usize,
    ) -> Option<Fit> {
        let name = self
            .name_at(at)
            .map(|i| self.names[i])
            .filter(|name| name.tokens.start.index() == at)?;
        if !kinds.is_empty() && !kinds.contains(&name.kind) {
            return None;
        }
        match inner {
            Some(inner) => {
                inner.fit(at, Some(name.tokens.end.index()), &|atom, at| self.fits(atom, at))
            }
            None => Some(Fit::until(name.tokens.end.index())),
        }
    }

    fn stands(&self, token: usize, place: Place) -> bool {
        // Patterns of names have to end where the name does, so that within them no
        // word is of another name.
        place != Place::Outside || self.name_at(token).is_none()
    }

    /// The name that a group becomes: of the kind given, or of that of the first name
    /// in it.
    fn name_of_group(&self, group: &Range<usize>, kind: Option<NameKind>) -> Option<Name> {
        let old = || group.clone().find_map(|t| self.name_at(t)).map(|i| self.names[i].kind);
        self.name(group.clone(), kind.or_else(old)?)
    }

    fn retag_everywhere(&mut self, groups: &[Range<usize>], kind: NameKind) {
        if groups.is_empty() {
            return;
        }
        let words: HashSet<String> = groups.iter().map(|group| self.text(group.clone())).collect();
        for i in 0..self.names.len() {
            if words.contains(&self.words_of(&self.names[i])) {
                self.retag(i, kind);
            }
        }
    }

    fn drop_names(&mut self, groups: &[Range<usize>]) {
        let dropped: HashSet<usize> =
            groups.iter().flat_map(Range::clone).filter_map(|t| self.name_at(t)).collect();
        if !dropped.is_empty() {
            let kept = self.names.iter().enumerate().filter(|(i, _)| !dropped.contains(i));
            let kept = kept.map(|(_, name)| *name).collect();
            self.set_names(kept);
        }
    }
}
