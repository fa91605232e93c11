//! Where names begin and end: articles and titles are no part of them, a
//! surname before a comma is.

use super::{Draft, is_name_like};
use crate::analyse::name_words::{NameLexicon, WordClass};
use crate::analyse::reference::ReferenceLexicon;
use crate::text::{Name, NameKind, Span, Token, TokenId, Upos};

/// Takes away what only stands before a name, as *the* and *Gen* do; drops
/// names of a title alone.
pub(in crate::analyse) fn trim(
    reference: &ReferenceLexicon,
    lexicon: &NameLexicon,
    tokens: &[Token],
    names: Vec<Name>,
) -> Vec<Name> {
    let form = |t: TokenId| tokens.get(t.index()).map_or("", |t| &t.form);
    let trimmed = |name: Name| {
        let person = name.kind == NameKind::Person;
        let title =
            |form: &str| reference.persons.is_title(form) && !lexicon.is(form, WordClass::Style);
        let is_before = |t: TokenId| form(t) == "the" || person && title(form(t));
        let first = name.tokens.iter().find(|&t| !is_before(t))?;
        let start = tokens.get(first.index())?.span.start;
        Some(Name {
            tokens: first.until(name.tokens.end),
            span: Span::new(start, name.span.end),
            ..name
        })
    };
    names.into_iter().filter_map(trimmed).collect()
}

impl Draft<'_> {
    /// No name ends in *of* or *i*; what is written like an address is none.
    pub(super) fn trim_ends(&mut self) {
        let (names, draft) = (std::mem::take(&mut self.names), &*self);
        self.names = names.iter().filter_map(|name| draft.without_end(name)).collect();
    }

    fn without_end(&self, name: &Name) -> Option<Name> {
        let goes_on = |t: TokenId| {
            use Upos::{Adp, Aux, Cconj, Det, Pron, Sconj};
            let small = self.form(t).starts_with(char::is_lowercase);
            // *yeol* of *Suk- yeol* is read as all kinds of things.
            let hyphened = t.checked_sub(1).is_some_and(|t| self.form(t).ends_with('-'));
            small && !hyphened && matches!(self.upos(t), Adp | Aux | Cconj | Det | Pron | Sconj)
        };
        let last = name.tokens.iter().rev().find(|&t| !goes_on(t))? + 1;
        let form = self.form(name.tokens.start);
        let address = form.starts_with(char::is_lowercase) && form.contains(['.', '@', '/']);
        let none = address && last - name.tokens.start == 1;
        self.name(name.tokens.start, last, name.kind).filter(|_| !none)
    }

    /// *"Doe, Jane"* names one person, as the heads of letters do.
    pub(super) fn join_inverted(&mut self) {
        self.join_where(|draft, before, name| {
            let persons = [before, name].iter().all(|n| n.kind == NameKind::Person);
            (persons && draft.is_inverted(before, name)).then_some(NameKind::Person)
        });
    }

    fn is_inverted(&self, surname: &Name, given: &Name) -> bool {
        let quoted = |t: Option<TokenId>| t.is_some_and(|t| self.form(t) == "\"");
        surname.tokens.end + 1 == given.tokens.start
            && self.form(surname.tokens.end) == ","
            && quoted(surname.tokens.start.checked_sub(1))
            && quoted(Some(given.tokens.end))
    }

    /// *Miller's* is where one can be *at*: no person.
    pub(super) fn add_possessives(&mut self) {
        let wider = |name: &Name| {
            let lies =
                name.tokens.start.checked_sub(1).is_some_and(|t| self.is(t, WordClass::Locative));
            let person = name.kind == NameKind::Person;
            let full = person && name.tokens.len() > 1;
            let kind = if person { NameKind::Organization } else { name.kind };
            (lies && !full && self.is_elliptic(name.tokens.end)).then_some(())?;
            self.name(name.tokens.start, name.tokens.end + 1, kind)
        };
        self.put(self.names.iter().filter_map(wider).collect());
    }

    /// Whether a genitive has no noun behind it.
    fn is_elliptic(&self, clitic: TokenId) -> bool {
        use Upos::{Adp, Aux, Cconj, Punct, Sconj};
        let genitive = self.upos(clitic) == Upos::Part && self.form(clitic).ends_with('s');
        let ends = clitic + 1 >= TokenId::from_index(self.tokens.len());
        genitive && (ends || matches!(self.upos(clitic + 1), Adp | Aux | Cconj | Punct | Sconj))
    }

    /// *Sheikh* belongs to the name behind it.
    pub(super) fn add_styles(&mut self) {
        let styled = |t: &TokenId| is_name_like(self.form(*t)) && self.is(*t, WordClass::Style);
        let wider = |name: &Name| {
            let style = name.tokens.start.checked_sub(1).filter(styled)?;
            (name.kind == NameKind::Person).then_some(())?;
            self.name(style, name.tokens.end, name.kind)
        };
        self.put(self.names.iter().filter_map(wider).collect());
    }
}
