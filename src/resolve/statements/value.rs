//! What the arguments of claims are.

use super::{Maker, Node, Term, Value};
use crate::analyse::syntax::pronoun;
use crate::extract::{Argument, ArgumentKind, Claim, Qualifier};
use crate::resolve::draft::{described, joins_clause};
use crate::resolve::owner::{owned, with_names};
use crate::resolve::time::time_of_qualifier;
use crate::text::{FunctionWord, Pronoun};

impl Maker<'_> {
    /// An argument of which something is said.
    pub(super) fn subject(&self, argument: &Argument) -> Term<Node> {
        worded(argument, self.node(argument))
    }

    /// An argument that is said of something: an entity, a number, or words.
    pub(super) fn term(&self, argument: &Argument) -> Term {
        let words = || Value::Text(self.document.one_line(argument.span));
        let value = match argument.kind {
            ArgumentKind::Entity => Value::Node(self.node(argument)),
            ArgumentKind::Clause => self.named(argument).unwrap_or_else(words),
            ArgumentKind::Value => number(self.document.slice(argument.span))
                .or_else(|| self.owned(argument))
                .unwrap_or_else(words),
        };
        worded(argument, value)
    }

    /// What somebody is to an owner: "*its* chairman", with the owner's name; *whose* joins a
    /// clause, which would be lost.
    fn owned(&self, argument: &Argument) -> Option<Value> {
        let owner = |word| {
            if joins_clause(self.document, word) {
                return None;
            }
            let owner = self.resolution.entity(self.resolution.entity_at(word)?)?;
            if owner.names.is_empty() {
                let is_own = owner.mentions.iter().any(|m| m.head == argument.head);
                return described(self.document, &owner.mentions).filter(|_| !is_own);
            }
            Some(owner.label.clone())
        };
        owned(self.document, argument.span, owner).map(|words| Value::Text(words.into()))
    }

    /// A clause with the names of whom its *he* and *she* mean.
    fn named(&self, argument: &Argument) -> Option<Value> {
        let name = |word| {
            let he_or_she = pronoun(self.document, word).is_some_and(Pronoun::is_he_or_she);
            let index = self.resolution.entity_at(word).filter(|_| he_or_she)?;
            let entity = self.resolution.entity(index)?;
            (!entity.names.is_empty()).then(|| entity.label.clone())
        };
        with_names(self.document, argument.span, name).map(|words| Value::Text(words.into()))
    }

    /// What a qualifier says: a time or a duration where its words tell one.
    pub(super) fn circumstance(&self, qualifier: &Qualifier) -> Term {
        match time_of_qualifier(self.document, qualifier) {
            Some(time) => worded(&qualifier.argument, Value::Time(time)),
            None => self.term(&qualifier.argument),
        }
    }

    /// The object of a claim. "The minister Brook": what she is, not that she is
    /// herself.
    pub(super) fn object(&self, claim: &Claim, argument: &Argument, subject: Node) -> Term {
        let mut term = self.term(argument);
        let is_be = |lemma: &str| self.document.words.is(lemma, FunctionWord::Be);
        let is_bare = matches!(claim.relation.lemmas.as_slice(), [lemma] if is_be(lemma));
        if term.value == Value::Node(subject) && is_bare {
            let words = || Value::Text(self.document.one_line(argument.span));
            term.value = self.owned(argument).unwrap_or_else(words);
        }
        let is_being = claim.relation.lemmas.first().is_some_and(|l| is_be(l));
        if is_being && argument.kind == ArgumentKind::Value {
            let full = self.short_forms.in_full(self.document, argument, !is_bare);
            term.value = full.map_or(term.value, Value::Text);
        }
        term
    }

    /// What something can be said of: the entity that an argument refers to, else
    /// what its phrase stands for.
    pub(super) fn node(&self, argument: &Argument) -> Node {
        match self.entity_of(argument) {
            Some(index) => Node::Entity(index),
            None => Node::Phrase(argument.span),
        }
    }
}

fn worded<V>(argument: &Argument, value: V) -> Term<V> {
    Term { value, span: argument.span, phrase: argument.phrase }
}

/// `54` and `1,200` as whole numbers, `5.5` as a decimal; none of all else.
fn number(words: &str) -> Option<Value> {
    let words = words.trim();
    let is_grouped = words.split(',').skip(1).all(|group| group.len() == 3);
    let digits = words.replace(',', "");
    match digits.split_once('.') {
        _ if !is_grouped => None,
        None => is_digits(&digits).then_some(Value::Integer(digits)),
        Some((whole, part)) => {
            (is_digits(whole) && is_digits(part)).then_some(Value::Decimal(digits))
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_numbers() {
        let integer = |digits: &str| Some(Value::Integer(digits.to_owned()));
        assert_eq!(number("54"), integer("54"));
        assert_eq!(number(" 1,200"), integer("1200"));
        assert_eq!(number("5.5"), Some(Value::Decimal("5.5".to_owned())));
        for words in ["5.", "1,2", "54 people", "almost\n ready", ".5", "-3", ""] {
            assert_eq!(number(words), None, "{words}");
        }
    }
}
