//! Clauses that leave out what the one before has said.
//!
//! In: a document with its trees. Out: [`Gap`]s, each with the words that stand
//! in the places of others: "France won the first match and Spain the second"
//! (gapping), "The governor did not sign the bill, but the senator did" (the
//! verb phrase left out). The tree has no word to hang what is left on, and
//! parsers hang it anywhere, so the order of the words decides and the tree only
//! helps.

use super::lexicon::Lexicon;
use crate::analyse::syntax::{is, is_passive};
use crate::text::{Deprel, Document, FunctionWord, Sentence, TokenId, Upos};

/// A clause without its verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// The verb that is understood.
    pub(super) verb: TokenId,
    /// Who does it in this clause; none where it is who did it in the other.
    pub(super) subject: Option<TokenId>,
    /// An object of the verb, and what stands in its place; none where that is
    /// left out too.
    pub(super) object: Option<(TokenId, TokenId)>,
    /// The preposition of that object, and the one that stands in its place.
    pub(super) marker: Option<(TokenId, TokenId)>,
    /// The word that says how it holds, where that is not the verb.
    pub(super) holder: Option<TokenId>,
}

/// The gaps of a document, in order.
pub(super) fn gaps(document: &Document, lexicon: &Lexicon) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for sentence in &document.sentences {
        let words = || sentence.tokens.iter();
        let finder = Finder { document, lexicon, sentence };
        gaps.extend(words().filter_map(|w| finder.gapping(w).or_else(|| finder.oblique(w))));
        gaps.extend(words().filter_map(|w| finder.verb_phrase(w)));
    }
    gaps
}

struct Finder<'a> {
    document: &'a Document,
    lexicon: &'a Lexicon,
    sentence: &'a Sentence,
}

impl Finder<'_> {
    /// "… and Spain the second": a name or noun behind *and*, and right behind
    /// it another with a determiner, after a verb with subject and object.
    fn gapping(&self, first: TokenId) -> Option<Gap> {
        let tree = &self.document.tree;
        let joined = tree.children_by(first, Deprel::Cc).any(|cc| cc < first);
        if !joined || !self.is_nominal(first) || !tree.is(first, Deprel::Conj) {
            return None;
        }
        let second = self.second(first)?;
        let verb = self.verb_before(first)?;
        let subject = tree.children_by(verb, Deprel::Nsubj).find(|&s| s < verb)?;
        let object =
            tree.children_by(verb, Deprel::Obj).filter(|&o| verb < o && o < first).last()?;
        let alike = self.tag(subject) == self.tag(first) || self.tag(first) == Upos::Propn;
        let other = tree.has_any(verb, &[Deprel::Iobj, Deprel::Xcomp, Deprel::Ccomp]);
        let verbs = object.until(second).iter().any(|t| self.tag(t) == Upos::Verb);
        if !alike || other || verbs || is_passive(self.document, verb) {
            return None;
        }
        let object = Some((object, second));
        Some(Gap { verb, subject: Some(first), object, marker: None, holder: None })
    }

    /// "… and the mayor against it", "… and Ben in Bonn": a noun behind *and*
    /// with a preposition of its own, after a verb with subject and preposition.
    /// The prepositions are opposites, or names tell what belongs to what.
    fn oblique(&self, first: TokenId) -> Option<Gap> {
        let tree = &self.document.tree;
        let bare = tree.children_by(first, Deprel::Cc).any(|cc| cc < first)
            && !tree.has(first, Deprel::Case);
        if !bare || !self.is_nominal(first) || !tree.is(first, Deprel::Conj) {
            return None;
        }
        let other = tree.head(first).filter(|&o| o < first && tree.is(o, Deprel::Obl))?;
        let verb = tree.head(other).filter(|&v| self.tag(v) == Upos::Verb && v < other)?;
        let subject = tree.children_by(verb, Deprel::Nsubj).find(|&s| s < verb)?;
        let second = tree.children_by(first, Deprel::Nmod).find(|&s| s > first)?;
        let marker = (tree.child(other, Deprel::Case)?, tree.child(second, Deprel::Case)?);
        let lemmas = (self.document.lemma(marker.0), self.document.lemma(marker.1));
        let takes_side = |marker| is(self.document, marker, FunctionWord::Side);
        let kind = |word: TokenId| self.document.name_kind_at(word);
        let named =
            kind(first).is_some() && kind(first) == kind(subject) && kind(first) != kind(other);
        let opposite = lemmas.0 != lemmas.1 && takes_side(marker.0) && takes_side(marker.1);
        let fits = opposite || (named && lemmas.0 == lemmas.1 && kind(other) == kind(second));
        if !fits || tree.has(verb, Deprel::Obj) || is_passive(self.document, verb) {
            return None;
        }
        let object = Some((other, second));
        Some(Gap { verb, subject: Some(first), object, marker: Some(marker), holder: None })
    }

    /// The noun phrase right behind a noun's own name, if it begins with a
    /// determiner or owner and is no time or measure.
    fn second(&self, first: TokenId) -> Option<TokenId> {
        let tree = &self.document.tree;
        let mut edge = first + 1;
        while tree.head(edge) == Some(first)
            && matches!(tree.deprel(edge), Deprel::Flat | Deprel::Compound)
        {
            edge += 1;
        }
        let opens = |t| matches!(self.document.tag(t).xpos.as_str(), "DT" | "PRP$" | "PDT");
        if !self.sentence.tokens.contains(edge) || !opens(edge) {
            return None;
        }
        let second = tree
            .head(edge)
            .filter(|&s| s > edge && matches!(tree.deprel(edge), Deprel::Det | Deprel::NmodPoss))?;
        let apart = [
            Deprel::NmodUnmarked,
            Deprel::OblUnmarked,
            Deprel::OblTmod,
            Deprel::NmodTmod,
            Deprel::Appos,
        ];
        // Of the words for times, *second* alone counts things as well.
        let measure = apart.contains(&tree.deprel(second))
            || self.document.time_at(second).is_some()
            || (!is(self.document, second, FunctionWord::Second)
                && self.lexicon.has("time-words", None, self.document.lemma(second)));
        let marked = tree.has(second, Deprel::Case) || tree.has(second, Deprel::Cop);
        let noun = self.is_nominal(second) || matches!(self.tag(second), Upos::Adj | Upos::Num);
        (noun && !measure && !marked && !tree.is(first, Deprel::Nsubj)).then_some(second)
    }

    /// The verb that a conjunct belongs to: above it, or above what it is joined to.
    fn verb_before(&self, first: TokenId) -> Option<TokenId> {
        let tree = &self.document.tree;
        let mut at = tree.head(first)?;
        while self.tag(at) != Upos::Verb
            && matches!(tree.deprel(at), Deprel::Conj | Deprel::Obj | Deprel::Nmod)
        {
            at = tree.head(at)?;
        }
        (self.tag(at) == Upos::Verb && at < first).then_some(at)
    }

    /// "… but the senator did": an auxiliary as a clause of its own, joined to
    /// a verb before it.
    fn verb_phrase(&self, helper: TokenId) -> Option<Gap> {
        let tree = &self.document.tree;
        let lemma = self.document.lemma(helper);
        let helps = is(self.document, helper, FunctionWord::Do)
            || is(self.document, helper, FunctionWord::Have)
            || self.document.tag(helper).xpos == "MD";
        let joined = matches!(tree.deprel(helper), Deprel::Conj | Deprel::Parataxis);
        let above = tree.head(helper).filter(|&v| v < helper && self.tag(v) == Upos::Verb)?;
        if !helps || !joined || self.document.lemma(above) == lemma || !self.is_bare(helper) {
            return None;
        }
        let subject = tree.child(helper, Deprel::Nsubj);
        let infinitive =
            |v: TokenId| tree.children_by(v, Deprel::Xcomp).find(|&x| v < x && x < helper);
        let verb = infinitive(above).filter(|_| subject.is_none()).unwrap_or(above);
        Some(Gap { verb, subject, object: None, marker: None, holder: Some(helper) })
    }

    /// Whether an auxiliary has nothing but a subject, adverbs and what joins it.
    fn is_bare(&self, helper: TokenId) -> bool {
        const OWN: &[Deprel] = &[Deprel::Nsubj, Deprel::Advmod, Deprel::Cc, Deprel::Punct];
        self.document
            .tree
            .children(helper)
            .iter()
            .all(|&c| OWN.contains(&self.document.tree.deprel(c)))
    }

    fn tag(&self, word: TokenId) -> Upos {
        self.document.tag(word).upos
    }

    fn is_nominal(&self, word: TokenId) -> bool {
        matches!(self.tag(word), Upos::Noun | Upos::Propn | Upos::Pron)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Extractor;
    use crate::extract::parsed::parsed;

    /// Words as [`parsed`] reads them, and each gap as `subject verb object`, `-` for what is not there.
    fn check(words: &str, expected: &[&str]) {
        let document = parsed(words);
        let form = |word: Option<TokenId>| word.map_or("-", |w| document.form(w));
        let found = gaps(&document, Extractor::default().lexicon());
        let found: Vec<String> = found
            .iter()
            .map(|g| {
                let object = g.object.map(|(_, o)| o);
                format!("{} {} {}", form(g.subject), form(Some(g.verb)), form(object))
            })
            .collect();
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn the_verb_is_left_out() {
        check(
            "Ada/Ada/PROPN/NNP/2/nsubj sold/sell/VERB/VBD/0/root the/the/DET/DT/4/det \
             barn/barn/NOUN/NN/2/obj and/and/CCONJ/CC/6/cc Ben/Ben/PROPN/NNP/4/conj \
             the/the/DET/DT/8/det mill/mill/NOUN/NN/4/conj",
            &["Ben sold mill"],
        );
    }

    #[test]
    fn two_objects_are_no_gap() {
        check(
            "Ada/Ada/PROPN/NNP/2/nsubj sold/sell/VERB/VBD/0/root the/the/DET/DT/4/det \
             barn/barn/NOUN/NN/2/obj and/and/CCONJ/CC/7/cc the/the/DET/DT/7/det \
             mill/mill/NOUN/NN/4/conj",
            &[],
        );
    }

    #[test]
    fn prepositions_may_be_opposites() {
        check(
            "Ada/Ada/PROPN/NNP/2/nsubj voted/vote/VERB/VBD/0/root for/for/ADP/IN/4/case \
             it/it/PRON/PRP/2/obl and/and/CCONJ/CC/6/cc Ben/Ben/PROPN/NNP/4/conj \
             against/against/ADP/IN/8/case it/it/PRON/PRP/6/nmod",
            &["Ben voted it"],
        );
        check(
            "Ada/Ada/PROPN/NNP/2/nsubj spoke/speak/VERB/VBD/0/root of/of/ADP/IN/4/case \
             it/it/PRON/PRP/2/obl and/and/CCONJ/CC/6/cc men/man/NOUN/NNS/4/conj \
             in/in/ADP/IN/8/case Bonn/Bonn/PROPN/NNP/6/nmod",
            &[],
        );
    }

    #[test]
    fn the_verb_phrase_is_left_out() {
        check(
            "Ada/Ada/PROPN/NNP/2/nsubj left/leave/VERB/VBD/0/root but/but/CCONJ/CC/5/cc \
             Ben/Ben/PROPN/NNP/5/nsubj did/do/AUX/VBD/2/conj not/not/PART/RB/5/advmod",
            &["Ben left -"],
        );
    }
}
