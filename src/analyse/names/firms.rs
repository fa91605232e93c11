//! Organisations go on to the words that say what they are, and to whose they are.

use super::{Draft, is_name_like};
use crate::analyse::name_words::WordClass;
use crate::text::{Name, NameKind, TokenId, Upos};

/// Names grow by at most so many proper nouns.
const LONGEST_RUN: u32 = 8;

impl Draft<'_> {
    /// *Miller* goes on in *Miller Securities* and *Miller Airport*, and *Harbin
    /// Securities* is a name though the model sees none.
    pub(super) fn add_firms(&mut self) {
        let wider = |name: &Name| {
            let (kind, end) = self.run_end(name.tokens.end, self.next_name(name.tokens.end))?;
            self.name(name.tokens.start, end, kind)
        };
        self.put(self.names.iter().filter_map(wider).collect());
        self.add_where(|draft, token| {
            let (kind, end) = draft.run_end(token, TokenId::from_index(draft.tokens.len()))?;
            (end - token > 1).then_some((kind, end))
        });
    }

    /// The end of proper nouns that start here, up to the last one that tells
    /// an organisation or a made place.
    fn run_end(&self, first: TokenId, limit: TokenId) -> Option<(NameKind, TokenId)> {
        let proper = |t: TokenId| self.upos(t) == Upos::Propn && is_name_like(self.form(t));
        let run = first.until(limit.min(first + LONGEST_RUN)).iter().take_while(|&t| proper(t));
        let kind = |t: TokenId| match () {
            () if self.shouts(t) => None,
            () if self.ends_place(t) => None,
            () if self.is(t, WordClass::Firm) => Some((NameKind::Organization, t + 1)),
            () if self.is(t, WordClass::Facility) => Some((NameKind::Facility, t + 1)),
            () => None,
        };
        run.filter_map(kind).last()
    }

    /// *Reno Nevada*: whether a word and the one before it name a place.
    fn ends_place(&self, token: TokenId) -> bool {
        let before = token.previous().map(|t| self.form(t));
        before.is_some_and(|before| self.phrases.is_place(&[before, self.form(token)]))
    }

    /// *the Court of Appeal of Orm* is one name, and so is *Orm, Inc.*
    pub(super) fn join_firms(&mut self) {
        let wider = |name: &Name| {
            let last = name.tokens.end.checked_sub(1)?;
            let firm = name.kind == NameKind::Organization && self.is(last, WordClass::Firm);
            let owner = firm.then(|| self.owner_end(name.tokens.end)).flatten();
            let end = owner.or_else(|| self.suffix_end(name.tokens.end))?;
            self.name(name.tokens.start, end, NameKind::Organization)
        };
        self.put(self.names.iter().filter_map(wider).collect());
    }

    /// The end of *of the Orm Valley*: of a name, or of proper nouns.
    fn owner_end(&self, of: TokenId) -> Option<TokenId> {
        (self.form(of) == "of").then_some(())?;
        let first = of + 1 + u32::from(self.form(of + 1) == "the");
        let named = self.names.binary_search_by_key(&first, |name| name.tokens.start).ok();
        let proper = |t: &TokenId| self.upos(*t) == Upos::Propn && is_name_like(self.form(*t));
        let run = first.until(first + LONGEST_RUN).iter().take_while(proper).last().map(|t| t + 1);
        named.and_then(|i| self.names.get(i)).map(|name| name.tokens.end).or(run)
    }

    /// The end of *, Inc.*
    fn suffix_end(&self, comma: TokenId) -> Option<TokenId> {
        let suffix = comma + u32::from(self.form(comma) == ",");
        self.is(suffix, WordClass::Suffix).then_some(suffix + 1)
    }

    /// *Ray's Pizza* is a shop, unless a *Ray* with a surname is written of.
    pub(super) fn add_shops(&mut self) {
        let full = self.person_words();
        let whole = |name: &Name| {
            let owner = name.kind == NameKind::Person
                && name.tokens.len() == 1
                && self.upos(name.tokens.end) == Upos::Part
                && !full.contains(self.form(name.tokens.start));
            let end = owner.then(|| self.shop_end(name.tokens.end + 1)).flatten()?;
            self.name(name.tokens.start, end, NameKind::Organization)
        };
        self.put(self.names.iter().filter_map(whole).collect());
    }

    /// The end of proper nouns that start here and say what is sold.
    fn shop_end(&self, first: TokenId) -> Option<TokenId> {
        let run = first
            .until(self.next_name(first).min(first + LONGEST_RUN))
            .iter()
            .take_while(|&t| is_name_like(self.form(t)));
        run.filter(|&t| self.is(t, WordClass::Shop)).last().map(|t| t + 1)
    }
}
