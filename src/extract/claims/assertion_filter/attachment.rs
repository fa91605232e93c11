//! Whether the arguments of a claim hang where such arguments hang.

use super::Reading;
use crate::extract::Arc;
use crate::extract::ArgumentKind;
use crate::extract::claims::certainty::SURE;
use crate::text::{Deprel, Document, FunctionWord, TokenId, Upos};

/// How far an argument stands from its verb, in words, at most.
const FARTHEST: u32 = 20;

/// How far, where the parser is sure.
const FARTHEST_SURE: u32 = 40;

impl Reading<'_> {
    /// Whether subject and object hang on the predicate as such arguments do.
    pub(super) fn hangs_together(&self) -> bool {
        let object = self.claim.object_head();
        let heads = std::iter::once(self.claim.subject.head).chain(object);
        let farthest = if self.certainty >= SURE { FARTHEST_SURE } else { FARTHEST };
        let near = |t: TokenId| t.abs_diff(self.claim.relation.head) <= farthest;
        heads.into_iter().all(|t| near(t) && self.hangs_plausibly(t))
            && self.agrees()
            && self.is_filled_once()
            && (self.is_nominal() || !self.is_parted())
    }

    /// A verb without an object has a tense or an auxiliary; what is ready,
    /// wanted or kept from doing something is said in part only without what
    /// that is.
    fn is_filled_once(&self) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        let object = self.claim.object_head();
        let clause = |r: Deprel| tree.children_by(self.predicate, r).any(|c| Some(c) != object);
        let purpose =
            || tree.children_by(self.predicate, Deprel::Advcl).any(|c| self.graph.is_infinitive(c));
        let verb = document.lemma(self.predicate);
        let listed = |class| self.lexicon.has("complements", class, verb);
        let prevents = || {
            let says = document.words.is(verb, FunctionWord::Say);
            says || listed(Some("prevents")) && !self.ends_its_clause()
        };
        let open = || {
            [Deprel::Ccomp, Deprel::Csubj].into_iter().any(clause)
                || clause(Deprel::Xcomp) && (listed(None) || !self.has_purpose())
        };
        match &self.claim.object {
            None => self.graph.is_finite(self.predicate) || tree.is(self.predicate, Deprel::Xcomp),
            Some(object) if object.kind == ArgumentKind::Value => !open() && !purpose(),
            Some(object)
                if tree.is(object.head, Deprel::Obj) || tree.is(object.head, Deprel::Iobj) =>
            {
                self.is_completed() || !open() && !prevents()
            }
            Some(_) => true,
        }
    }

    /// Whether nothing but a time stands behind the object that could complete the verb:
    /// "banned the group *in 2002*".
    fn ends_its_clause(&self) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        let Some(object) = self.claim.object_head() else { return false };
        let adds = |t: &TokenId| {
            *t > object
                && document.time_at(*t).is_none()
                && matches!(
                    tree.deprel(*t).main(),
                    Deprel::Obl | Deprel::Advcl | Deprel::Acl | Deprel::Xcomp
                )
        };
        !tree.children(self.predicate).iter().chain(tree.children(object)).any(adds)
    }

    /// Whether the clause below a verb is an infinitive behind its object, for which it does
    /// what it does: "endorsed Adams *to succeed her*".
    fn has_purpose(&self) -> bool {
        let mut below = self.graph.document.tree.children_by(self.predicate, Deprel::Xcomp);
        below.all(|t| self.graph.is_infinitive(t))
    }

    /// Read off nouns alone.
    fn is_nominal(&self) -> bool {
        let document = self.graph.document;
        !self.graph.is_clause(self.predicate)
            || document.tree.is(self.claim.subject.head, Deprel::Appos)
    }

    /// Whether something that ends or interrupts a clause stands between subject
    /// and verb.
    fn is_parted(&self) -> bool {
        let (a, b) = (self.claim.subject.head, self.claim.relation.head);
        let signs = [";", ":", ".", "?", "!", "/", "-", "–", "—", "―", "--"];
        let joined = |t: TokenId| {
            let token = |t: TokenId| self.graph.document.tokens.get(t.index()).map(|t| t.span);
            token(t).zip(token(t + 1)).is_some_and(|(a, b)| a.end == b.start)
        };
        let between = || a.min(b).until(a.max(b)).iter();
        let parts = |t: &TokenId| signs.contains(&self.graph.document.form(*t)) && !joined(*t);
        let dashed = |t: TokenId| is_dash(self.graph.document.form(t));
        let aside = between().filter(parts).count() == 2 && between().filter(parts).all(dashed);
        between().any(|t| parts(&t)) && !(aside && self.certainty >= SURE)
    }

    /// Whether an argument hangs on the predicate by arcs that the parser is sure of, or by
    /// the tree, or by an added edge that can be trusted; what hangs elsewhere was found by
    /// other rules.
    fn hangs_plausibly(&self, argument: TokenId) -> bool {
        if self.certainty >= SURE {
            return true;
        }
        let mut arcs = self.graph.up(argument).filter(|a| a.head == self.predicate).peekable();
        arcs.peek().is_none() || arcs.any(|arc| self.is_plausible(arc))
    }

    fn is_plausible(&self, arc: &Arc) -> bool {
        let document = self.graph.document;
        let subject = matches!(arc.label, Deprel::Nsubj | Deprel::NsubjPass);
        if arc.basic {
            let before = arc.dependent < arc.head;
            let mut conjuncts = document.tree.children_by(arc.dependent, Deprel::Conj);
            return conjuncts.all(|c| is_alike(document, arc.dependent, c))
                && (!subject || (before && self.has_voice(arc.label)));
        }
        let relation = document.tree.deprel(arc.head);
        match relation {
            _ if document.tree.is(arc.dependent, Deprel::Conj) => {
                is_coordinated(document, arc.dependent)
            }
            Deprel::AclRelcl | Deprel::Acl
                if document.tree.head(arc.head) == Some(arc.dependent) =>
            {
                (!document.tree.is(arc.dependent, Deprel::Nmod)
                    || document.name_at(arc.dependent).is_some())
                    && follows_closely(document, arc.dependent, arc.head)
            }
            Deprel::Conj => is_coordinated(document, arc.head) && self.is_parallel(arc.head),
            Deprel::Xcomp => true,
            Deprel::Advcl => {
                document.tree.has(arc.head, Deprel::Mark) || self.opens_its_sentence(arc.head)
            }
            _ => false,
        }
    }

    /// A passive with its auxiliary, an active that is no bare participle.
    fn has_voice(&self, label: Deprel) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        match label {
            Deprel::NsubjPass => tree.has(self.predicate, Deprel::AuxPass),
            _ => {
                document.tag(self.predicate).xpos != "VBN"
                    || tree.has(self.predicate, Deprel::Aux)
                    || tree.has(self.predicate, Deprel::Cop)
            }
        }
    }

    /// A participle before its main verb belongs to the subject of that; one
    /// behind may belong to the noun before it.
    fn opens_its_sentence(&self, participle: TokenId) -> bool {
        let tree = &self.graph.document.tree;
        tree.head(participle).is_some_and(|verb| participle < verb || !tree.has(verb, Deprel::Obj))
    }

    /// Whether a verb has the form of the one it is coordinated with, or a
    /// tense as that has.
    fn is_parallel(&self, conjunct: TokenId) -> bool {
        let document = self.graph.document;
        let xpos = |t: TokenId| &document.tag(t).xpos;
        document.tree.head(conjunct).is_some_and(|first| {
            let past = |t: TokenId| matches!(&**xpos(t), "VBD" | "VBN");
            xpos(first) == xpos(conjunct)
                || past(first) && past(conjunct)
                || (self.graph.is_finite(first) && self.graph.is_finite(conjunct))
        })
    }

    /// Whether the number of the verb is that of its subject, where both show it.
    fn agrees(&self) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        let subject = self.claim.subject.head;
        let number = |t: TokenId| document.tag(t).feats.get("Number");
        let helper = |c: &TokenId| tree.is(*c, Deprel::Aux) || tree.is(*c, Deprel::Cop);
        let mut helpers = tree.children(self.predicate).iter().copied().filter(helper);
        let verb = helpers.next().unwrap_or(self.claim.relation.head);
        let direct = tree.head(subject) == Some(self.predicate) && tree.is(subject, Deprel::Nsubj);
        let singular =
            matches!(&*document.tag(verb).xpos, "VBZ") && number(subject) == Some("Plur");
        let plural = document.words.is(document.form(verb), FunctionWord::Were)
            && number(subject) == Some("Sing")
            && !tree.has(subject, Deprel::Conj);
        let noun = document.tag(subject).upos == Upos::Noun;
        !(direct && noun && (singular || plural))
    }
}

pub(super) fn is_dash(form: &str) -> bool {
    matches!(form, "-" | "–" | "—" | "―" | "--")
}

/// Whether a conjunction or comma stands before a conjunct's phrase.
fn is_coordinated(document: &Document, conjunct: TokenId) -> bool {
    let tree = &document.tree;
    tree.has(conjunct, Deprel::Cc)
        || tree.children_by(conjunct, Deprel::Punct).any(|p| document.form(p) == ",")
}

/// Whether two words are coordinated and of one kind: "the ministry and palace
/// officials" are not the ministry, but "Hale and his wife" are two.
fn is_alike(document: &Document, first: TokenId, conjunct: TokenId) -> bool {
    let own = document.tree.has_any(conjunct, &[Deprel::Det, Deprel::NmodPoss]);
    let kind = document.tag(first).upos == document.tag(conjunct).upos;
    is_coordinated(document, conjunct) && (kind || own && document.name_at(first).is_some())
}

/// Whether a clause stands right behind its noun, so that it cannot belong to
/// another noun between.
fn follows_closely(document: &Document, noun: TokenId, verb: TokenId) -> bool {
    let clause = document.tree.subtree(verb);
    let start = clause.first().copied().unwrap_or(verb);
    let name = document.name_at(noun).map(|name| name.tokens);
    noun < start
        && (noun + 1)
            .until(start)
            .iter()
            .filter(|&t| name.is_none_or(|name| !name.contains(t)))
            .all(|t| !matches!(document.tag(t).upos, Upos::Noun | Upos::Propn | Upos::Pron))
}
