//! Reads what a rule emits: a line `emit KIND …`, then its slots, one a line.

use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

use super::error::RuleProblem;
use super::pattern::{Line, Problem};
use super::syntax::{
    AttitudeOf, AttributionForm, ClaimForm, Emit, Outcome, Pattern, RelationPart, ScopeForm,
};
use crate::extract::{ArgumentKind, Attitude, AttributionKind, Polarity};

type Parsed<T> = Result<T, Problem>;

impl Line<'_> {
    /// `emit claim`, `emit attribution`, or `emit scope over NODE [under NODE]`.
    pub(super) fn emit(&mut self, pattern: &mut Pattern) -> Parsed<Emit> {
        if self.take("claim") {
            return Ok(Emit::Claim(ClaimForm { subject: usize::MAX, ..ClaimForm::default() }));
        }
        if self.take("attribution") {
            return Ok(Emit::Attribution(AttributionForm {
                source: None,
                any_source: false,
                subject: None,
                cue: Vec::new(),
                lemma: None,
                content: Vec::new(),
                around: None,
                kind: AttributionKind::Indirect,
                attitude: AttitudeOf::Always(Attitude::States),
            }));
        }
        self.need("scope", "`claim`, `attribution` or `scope`")?;
        self.need("over", "`over` and a node")?;
        let over = self.known_node(pattern)?;
        let under = if self.take("under") { Some(self.known_node(pattern)?) } else { None };
        let affirmed = Outcome::default();
        Ok(Emit::Scope(ScopeForm { over, under, affirmed, negated: None }))
    }

    /// One slot of what is emitted.
    pub(super) fn slot(&mut self, pattern: &Pattern, emit: Option<&mut Emit>) -> Parsed<()> {
        let at = self.place();
        let Some(emit) = emit else { return Err((at, RuleProblem::Expected("`emit` above"))) };
        match emit {
            Emit::Claim(form) => self.claim_slot(pattern, form),
            Emit::Attribution(form) => self.attribution_slot(pattern, form),
            Emit::Scope(form) => self.scope_slot(form),
        }
    }

    fn claim_slot(&mut self, pattern: &Pattern, form: &mut ClaimForm) -> Parsed<()> {
        if self.take("subject") {
            form.subject = self.known_node(pattern)?;
        } else if self.take("relation") {
            form.relation = self.relation(pattern)?;
        } else if self.take("object") {
            form.object = Some(self.known_node(pattern)?);
        } else if self.take("value") {
            form.object = Some(self.known_node(pattern)?);
            form.kind = Some(ArgumentKind::Value);
        } else if self.take("word") {
            form.object = Some(self.known_node(pattern)?);
            form.kind = Some(ArgumentKind::Value);
            form.alone = true;
        } else if self.take("clause") {
            form.object = Some(self.known_node(pattern)?);
            form.kind = Some(ArgumentKind::Clause);
        } else if self.take("qualifiers") {
            form.qualifiers = Some(self.known_node(pattern)?);
        } else if self.take("with") {
            let joint = self.word("the word that joins a qualifier")?.text.into();
            form.with.push((joint, self.known_node(pattern)?));
        } else {
            return Err(self
                .unexpected("subject, relation, object, value, word, clause, qualifiers or with"));
        }
        Ok(())
    }

    /// Nodes, `node via list.column`, `at node`, and quoted words.
    fn relation(&mut self, pattern: &Pattern) -> Parsed<Vec<RelationPart>> {
        let mut parts = Vec::new();
        while let Some(word) = self.peek() {
            if word.quoted {
                parts.push(RelationPart::Word(self.word("a word")?.text.into()));
                continue;
            }
            if self.take("at") {
                parts.push(RelationPart::Place(self.known_node(pattern)?));
                continue;
            }
            let node = self.known_node(pattern)?;
            if self.take("via") {
                let place = self.word("LIST.COLUMN")?;
                let split = place.text.split_once('.');
                let (list, column) =
                    split.ok_or((place.at, RuleProblem::Expected("LIST.COLUMN")))?;
                parts.push(RelationPart::Mapped(node, list.into(), column.into()));
            } else {
                parts.push(RelationPart::Node(node));
            }
        }
        Ok(parts)
    }

    fn attribution_slot(&mut self, pattern: &Pattern, form: &mut AttributionForm) -> Parsed<()> {
        if self.take("source") {
            self.source(pattern, form)?;
        } else if self.take("lemma") {
            form.lemma = Some(self.word("what the cue stands for")?.text.into());
        } else if self.take("cue") {
            while self.peek().is_some() {
                form.cue.push(self.known_node(pattern)?);
            }
        } else if self.take("content") {
            if self.take("around") {
                form.around = Some(self.known_node(pattern)?);
            }
            while self.peek().is_some() {
                form.content.push(self.known_node(pattern)?);
            }
        } else if self.take("kind") {
            form.kind = self.named("direct, indirect, mixed, noun or headline")?;
        } else if self.take("attitude") {
            form.attitude = self.attitude(pattern)?;
        } else {
            return Err(self.unexpected("source, cue, lemma, content, kind or attitude"));
        }
        Ok(())
    }

    /// `source NODE`, `source subject of NODE or NODE`; `?` behind it.
    fn source(&mut self, pattern: &Pattern, form: &mut AttributionForm) -> Parsed<()> {
        if self.take("subject") {
            self.need("of", "`of` and a node")?;
            form.subject = Some(self.known_node(pattern)?);
            self.need("or", "`or` and a node")?;
        }
        form.source = Some(self.known_node(pattern)?);
        form.any_source = self.take("?");
        Ok(())
    }

    /// `attitude denies`, or `attitude of NODE in LIST`.
    fn attitude(&mut self, pattern: &Pattern) -> Parsed<AttitudeOf> {
        if !self.take("of") {
            return self.named("an attitude").map(AttitudeOf::Always);
        }
        let node = self.known_node(pattern)?;
        self.need("in", "`in` and a word list")?;
        Ok(AttitudeOf::Listed(node, self.word("a word list")?.text.into()))
    }

    fn scope_slot(&mut self, form: &mut ScopeForm) -> Parsed<()> {
        if self.take("affirmed") {
            form.affirmed = self.outcome()?;
        } else if self.take("negated") {
            form.negated = Some(self.outcome()?);
        } else {
            return Err(self.unexpected("affirmed or negated"));
        }
        Ok(())
    }

    fn outcome(&mut self) -> Parsed<Outcome> {
        let mut outcome = Outcome::default();
        while self.peek().is_some() {
            if self.take("positive") {
                outcome.polarity = Some(Polarity::Positive);
            } else if self.take("negative") {
                outcome.polarity = Some(Polarity::Negative);
            } else if self.take("reported") {
                outcome.reported = true;
            } else if self.take("factive") {
                outcome.factive = true;
            } else {
                outcome.modality = Some(self.named("a polarity or modality")?);
            }
        }
        Ok(outcome)
    }

    /// A word that names a value of a closed enum, as the enum is written in JSON.
    fn named<T: for<'d> Deserialize<'d>>(&mut self, expected: &'static str) -> Parsed<T> {
        let word = self.word(expected)?;
        let found = word.text.to_owned();
        T::deserialize(StrDeserializer::<Error>::new(word.text))
            .map_err(|_| (word.at, RuleProblem::Unexpected { expected, found }))
    }
}
