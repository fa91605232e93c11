//! Sequences of words: patterns that fit words one after the other.
//!
//! Words are numbered by whoever matches. In: a pattern of atoms with repetition and groups, and for each atom where it
//! may end ([`Fit`]). Out: where the pattern fits at a word, with its groups. What
//! atoms ask of words is up to the rules that are made of them. Repetition is
//! greedy, each time in the preferred way, with going back where the rest does not fit.

use std::ops::Range;

/// A pattern of atoms.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence<A>(pub Vec<Part<A>>);

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Part<A> {
    /// An atom, so many times.
    Atom {
        /// What has to be there.
        atom: A,
        /// How often at least.
        least: usize,
        /// How often at most.
        most: usize,
        /// Whether it never gives back what it took, even where the rest does not
        /// fit then (regular expressions call this possessive).
        keeps: bool,
    },
    /// Here the group of this number begins.
    Open(usize),
    /// Here it ends.
    Close(usize),
}

/// A way in which an atom fits: one past its last word, and the groups within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// One past the last word.
    pub end: usize,
    /// The groups within, each with its number, in order of where they begin.
    pub groups: Vec<(usize, Range<usize>)>,
}

impl Fit {
    /// One without groups.
    pub fn until(end: usize) -> Self {
        Self { end, groups: Vec::new() }
    }
}

impl<A> Sequence<A> {
    /// Whether the pattern has a group of its own.
    pub fn has_groups(&self) -> bool {
        self.0.iter().any(|part| matches!(part, Part::Open(_)))
    }

    /// The first way in which the pattern fits from a word on; `fits` gives the ways
    /// in which an atom fits at a word, the preferred one first, and where `end` is
    /// given the pattern has to end there.
    pub fn fit<W: IntoIterator<Item = Fit>>(
        &self,
        at: usize,
        end: Option<usize>,
        fits: &impl Fn(&A, usize) -> W,
    ) -> Option<Fit> {
        let mut search = Search { fits, end, groups: Vec::new() };
        let end = search.parts(&self.0, at)?;
        Some(Fit { end, groups: search.groups })
    }
}

/// A search, with the groups that it has met on its way.
struct Search<'a, F> {
    fits: &'a F,
    end: Option<usize>,
    groups: Vec<(usize, Range<usize>)>,
}

impl<F> Search<'_, F> {
    fn parts<A, W>(&mut self, parts: &[Part<A>], at: usize) -> Option<usize>
    where
        F: Fn(&A, usize) -> W,
        W: IntoIterator<Item = Fit>,
    {
        let Some((first, rest)) = parts.split_first() else {
            return self.end.is_none_or(|end| end == at).then_some(at);
        };
        let known = self.groups.len();
        let found = match first {
            Part::Atom { atom, least: 1, most: 1, .. } => self.once(atom, rest, at),
            Part::Atom { atom, least, most, keeps } => {
                let (mut ends, fewest) = (self.ends(atom, *most, at), *least);
                let fewest = if *keeps { fewest.max(ends.len() - 1) } else { fewest };
                self.shorter(&mut ends, fewest, rest)
            }
            Part::Open(number) => {
                self.groups.push((*number, at..at));
                self.parts(rest, at)
            }
            Part::Close(number) => {
                let mut open = self.groups.iter_mut().rev();
                if let Some((_, group)) = open.find(|(open, _)| open == number) {
                    group.end = at;
                }
                self.parts(rest, at)
            }
        };
        if found.is_none() {
            self.groups.truncate(known);
        }
        found
    }

    /// An atom, then the rest.
    fn once<A, W>(&mut self, atom: &A, rest: &[Part<A>], at: usize) -> Option<usize>
    where
        F: Fn(&A, usize) -> W,
        W: IntoIterator<Item = Fit>,
    {
        for Fit { end, groups } in (self.fits)(atom, at) {
            let before = self.groups.len();
            self.groups.extend(groups);
            let found = self.parts(rest, end);
            if found.is_some() {
                return found;
            }
            self.groups.truncate(before);
        }
        None
    }

    /// Where an atom ends that is repeated no, one, two … times, each with the number
    /// of groups met so far.
    fn ends<A, W>(&mut self, atom: &A, most: usize, at: usize) -> Vec<(usize, usize)>
    where
        F: Fn(&A, usize) -> W,
        W: IntoIterator<Item = Fit>,
    {
        let mut ends = vec![(at, self.groups.len())];
        let mut last = at;
        while ends.len() <= most {
            let mut ways = (self.fits)(atom, last).into_iter();
            // What takes no word may not repeat.
            let Some(way) = ways.next().filter(|way| way.end > last) else { break };
            last = way.end;
            self.groups.extend(way.groups);
            ends.push((last, self.groups.len()));
        }
        ends
    }

    /// The rest, behind the last of some ends behind which it fits.
    fn shorter<A, W>(
        &mut self,
        ends: &mut Vec<(usize, usize)>,
        fewest: usize,
        rest: &[Part<A>],
    ) -> Option<usize>
    where
        F: Fn(&A, usize) -> W,
        W: IntoIterator<Item = Fit>,
    {
        while ends.len() > fewest {
            let (end, groups) = ends.pop()?;
            self.groups.truncate(groups);
            let found = self.parts(rest, end);
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Atoms are letters, `.` is any; `?`, `*` and `+` as in regular expressions, `!`
    /// behind one of these: never gives back.
    fn sequence(pattern: &str) -> Sequence<char> {
        let mut parts: Vec<Part<char>> = Vec::new();
        for sign in pattern.chars() {
            if let ('!', Some(Part::Atom { keeps, .. })) = (sign, parts.last_mut()) {
                *keeps = true;
                continue;
            }
            let many = match sign {
                '?' => Some((0, 1)),
                '*' => Some((0, 8)),
                '+' => Some((1, 8)),
                _ => None,
            };
            match (many, parts.last_mut()) {
                (Some(range), Some(Part::Atom { least, most, .. })) => (*least, *most) = range,
                _ if sign == '(' => parts.push(Part::Open(0)),
                _ if sign == ')' => parts.push(Part::Close(0)),
                _ => parts.push(Part::Atom { atom: sign, least: 1, most: 1, keeps: false }),
            }
        }
        Sequence(parts)
    }

    fn check(pattern: &str, text: &str, expected: Option<&str>) {
        let letters: Vec<char> = text.chars().collect();
        let fits = |atom: &char, at: usize| {
            let letter = letters.get(at).filter(|l| *atom == '.' || *l == atom);
            letter.map(|_| Fit::until(at + 1))
        };
        let found = sequence(pattern).fit(0, None, &fits).map(|fit| {
            let part = |(_, r): &(usize, Range<usize>)| text[r.clone()].to_owned();
            let groups: Vec<String> = fit.groups.iter().map(part).collect();
            format!("{} {}", &text[..fit.end], groups.join(","))
        });
        assert_eq!(found.as_deref(), expected, "{pattern} {text}");
    }

    #[test]
    fn sequences_fit_with_their_groups() {
        check("ab", "abc", Some("ab "));
        check("b", "abc", None);
        check("a(b*)c", "abbc", Some("abbc bb"));
        check("(.*)c", "abcbc", Some("abcbc abcb"));
        check("(a)b?(c)", "ac", Some("ac a,c"));
        check("(a+)ab", "aaab", Some("aaab aa"));
        check("a(b?)(b)", "ab", Some("ab ,b"));
        check("a+!b", "aab", Some("aab "));
        check("a+!ab", "aaab", None);
        check("a?!a", "a", None);
    }

    #[test]
    fn the_end_may_be_given() {
        let fits = |_: &char, at: usize| vec![Fit::until(at + 1)];
        let all = sequence("(.*)");
        assert_eq!(all.fit(2, Some(4), &fits), Some(Fit { end: 4, groups: vec![(0, 2..4)] }));
        assert_eq!(sequence(".").fit(2, Some(4), &fits), None);
    }
}
