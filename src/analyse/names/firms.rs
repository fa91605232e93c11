//! Organisations go on to the words that say what they are, and to whose they are.

use super::{Draft, is_name_like};
use crate::analyse::name_words::WordClass;
use crate::text::{NameKind, TokenId, Upos};

impl Draft<'_> {
    /// *Miller* goes on in *Miller Securities* and *Miller Airport*, and *Harbin
    /// Securities* is a name though the model sees none.
    pub(super) fn add_firms(&mut self) {
        for i in 0..self.names.len() {
            let Some(&name) = self.names.get(i) else { return };
            let free = self.names.get(i + 1).map_or(self.tokens.len() as TokenId, |n| n.first);
            let wider = self
                .run_end(name.last, free)
                .and_then(|(kind, end)| self.name(name.first, end, kind));
            self.names[i] = wider.unwrap_or(name);
        }
        self.add_where(|draft, token| {
            let (kind, end) = draft.run_end(token, draft.tokens.len() as TokenId)?;
            (end - token > 1).then_some((kind, end))
        });
    }

    /// The end of proper nouns that start here, up to the last one that tells
    /// an organisation or a made place.
    fn run_end(&self, first: TokenId, limit: TokenId) -> Option<(NameKind, TokenId)> {
        let proper = |t: TokenId| self.upos(t) == Upos::Propn && is_name_like(self.form(t));
        let run = (first..limit).take_while(|&t| proper(t));
        let kind = |t: TokenId| match () {
            () if self.shouts(t) => None,
            () if t > 0 && self.phrases.is_place(&[self.form(t - 1), self.form(t)]) => None,
            () if self.is(t, WordClass::Firm) => Some((NameKind::Organization, t + 1)),
            () if self.is(t, WordClass::Facility) => Some((NameKind::Facility, t + 1)),
            () => None,
        };
        run.filter_map(kind).last()
    }

    /// *the Court of Appeal of Orm* is one name, and so is *Orm, Inc.*
    pub(super) fn join_firms(&mut self) {
        for i in (0..self.names.len()).rev() {
            let name = self.names[i];
            let firm = name.kind == NameKind::Organization && self.is(name.last - 1, WordClass::Firm);
            let end = firm.then(|| self.owner_end(name.last)).flatten().or_else(|| self.suffix_end(name.last));
            let Some(end) = end else { continue };
            self.names.retain(|n| n.first < name.last || end <= n.first);
            self.names[i] = self.name(name.first, end, NameKind::Organization).unwrap_or(name);
        }
    }

    /// The end of *of the Orm Valley*: of a name, or of proper nouns.
    fn owner_end(&self, of: TokenId) -> Option<TokenId> {
        (self.form(of) == "of").then_some(())?;
        let first = of + 1 + TokenId::from(self.form(of + 1) == "the");
        let named = self.names.iter().find(|n| n.first == first).map(|n| n.last);
        let proper = |t: &TokenId| self.upos(*t) == Upos::Propn && is_name_like(self.form(*t));
        let run = (first..self.tokens.len() as TokenId).take_while(proper).last().map(|t| t + 1);
        named.or(run)
    }

    /// The end of *, Inc.*
    fn suffix_end(&self, comma: TokenId) -> Option<TokenId> {
        let suffix = comma + TokenId::from(self.form(comma) == ",");
        self.is(suffix, WordClass::Suffix).then_some(suffix + 1)
    }

    /// *Ray's Pizza* is a shop, unless a *Ray* with a surname is written of.
    pub(super) fn add_shops(&mut self) {
        for i in 0..self.names.len() {
            let name = self.names[i];
            let free = self.names.get(i + 1).is_none_or(|next| name.last + 1 < next.first);
            let owner = name.kind == NameKind::Person
                && name.last - name.first == 1
                && self.upos(name.last) == Upos::Part
                && !self.is_part(&name);
            let shop = (owner && free).then(|| self.shop_end(name.last + 1)).flatten();
            let whole = shop.and_then(|end| self.name(name.first, end, NameKind::Organization));
            self.names[i] = whole.unwrap_or(name);
        }
    }

    /// The end of proper nouns that start here and say what is sold.
    fn shop_end(&self, first: TokenId) -> Option<TokenId> {
        let proper = |t: &TokenId| is_name_like(self.form(*t));
        let run = (first..self.tokens.len() as TokenId).take_while(proper);
        run.filter(|&t| self.is(t, WordClass::Shop)).last().map(|t| t + 1)
    }
}
