//! Who does what a verb without a subject of its own says.
//!
//! In: an infinitive or participle, and the word that it hangs on. Out: whose deed it is:
//! the subject or object of the verb above, the noun that it describes or its owner; nobody
//! where it tells what a whole clause comes to.

use super::{Builder, SUBJECTS};
use crate::analyse::syntax::{has_marker, is, is_infinitive, is_passive, is_quoted};
use crate::extract::relative::known_kind;
use crate::text::{Deprel, FunctionWord, NameKind, TokenId, Upos};

impl Builder<'_> {
    /// Who does the infinitive below this verb: its object, else its subject.
    pub(super) fn controllers(&self, verb: TokenId) -> Vec<TokenId> {
        let lemma = self.document.lemma(verb);
        if self.is_of_expletive(verb) {
            return Vec::new();
        }
        let objects = self.dependents(verb, &[Deprel::Obj, Deprel::Iobj]);
        let passive = is_passive(self.document, verb);
        if objects.is_empty() && !passive && self.controls("nobody", verb) {
            return Vec::new();
        }
        let by_subject = self.lexicon.has("control", Some("subject"), lemma);
        let addressed = self.addressed(verb);
        if objects.is_empty() && !passive && !addressed.is_empty() {
            return addressed;
        }
        if objects.is_empty() || by_subject { self.dependents(verb, SUBJECTS) } else { objects }
    }

    /// "The law makes it *harder* to sell land": whoever sells it.
    fn is_of_expletive(&self, word: TokenId) -> bool {
        let tree = &self.document.tree;
        let above = tree.head_by(word, Deprel::Xcomp);
        self.document.tag(word).upos == Upos::Adj
            && above.is_some_and(|verb| tree.has(verb, Deprel::Expl))
    }

    /// "“*Vote* for her,” the posters read": an order between quotation marks, which nobody
    /// outside them carries out.
    pub(super) fn is_quoted_order(&self, word: TokenId, verb: TokenId) -> bool {
        let document = self.document;
        document.tag(word).xpos == "VB"
            && is_quoted(document, word)
            && !is_quoted(document, verb)
            && !document.tree.has_any(word, &[Deprel::Mark, Deprel::Aux])
    }

    /// Whom one calls on, appeals to or waits for, who then does what follows.
    fn addressed(&self, verb: TokenId) -> Vec<TokenId> {
        let tree = &self.document.tree;
        let verb_of = self.document.lemma(verb).to_lowercase();
        let addresses = |word: TokenId| {
            let mut cases = tree.children_by(word, Deprel::Case);
            cases.any(|case| {
                let words = format!("{verb_of} {}", self.document.lemma(case).to_lowercase());
                self.lexicon.has("control", Some("addressed"), &words)
            })
        };
        let particle = tree.child(verb, Deprel::CompoundPrt).is_some_and(|t| {
            let words = format!("{verb_of} {}", self.document.lemma(t).to_lowercase());
            self.lexicon.has("control", Some("addressed"), &words)
        });
        if particle {
            return self.dependents(verb, &[Deprel::Obj]);
        }
        let phrases = self.dependents(verb, &[Deprel::Obl]).into_iter();
        phrases.filter(|&word| word > verb && self.is_somebody(word) && addresses(word)).collect()
    }

    /// Who does what an adverbial clause without subject says: whom one keeps
    /// from, blames for or sends to do it, else the subject.
    pub(super) fn adverbial_subject(&self, word: TokenId, verb: TokenId) -> Vec<TokenId> {
        let marked = |class| has_marker(self.document, word, class);
        let class = |class| self.lexicon.has("control", Some(class), self.document.lemma(verb));
        let by_object = marked(FunctionWord::ByObject);
        let for_it = class("object") && marked(FunctionWord::ForDeed);
        let quoted = class("quoted") && marked(FunctionWord::Complement);
        let to_do = marked(FunctionWord::To);
        if marked(FunctionWord::With) || self.is_said_amid(word, verb) || self.is_example(word) {
            return Vec::new();
        }
        if to_do && self.dependents(verb, &[Deprel::Iobj]).is_empty() {
            let addressed = self.addressed(verb);
            if !addressed.is_empty() {
                return addressed;
            }
        }
        if by_object || for_it || quoted || (marked(FunctionWord::To) && class("purpose")) {
            return self.controllers(verb);
        }
        if marked(FunctionWord::To) && is_passive(self.document, verb) {
            // "The rules were changed to save money": whoever changed them.
            return self.dependents(verb, &[Deprel::OblAgent]);
        }
        if marked(FunctionWord::To) && self.tells_of_nobody(verb) {
            return Vec::new();
        }
        let mut subjects = self.dependents(verb, SUBJECTS);
        if self.is_of_whole_clause(word) {
            subjects.retain(|&subject| !self.is_somebody(subject));
        }
        subjects
    }

    /// "The plan, says the mayor, is to open it, *giving* work to many": what a participle tells
    /// behind a clause that only says who speaks is no deed of the speaker.
    fn is_said_amid(&self, word: TokenId, verb: TokenId) -> bool {
        let tree = &self.document.tree;
        let behind = |subject: TokenId| verb < subject && subject < word;
        tree.is(verb, Deprel::Parataxis)
            && self.document.tag(word).xpos == "VBG"
            && !tree.has(word, Deprel::Mark)
            && tree.children_by(verb, Deprel::Nsubj).any(behind)
            && !self.lexicon.has("cues", None, self.document.lemma(word))
    }

    /// "The fight for many aims, *including* opening the mill": one of the things told of.
    fn is_example(&self, word: TokenId) -> bool {
        let mut marks = self.document.tree.children_by(word, Deprel::Mark);
        marks.any(|t| self.controls("example", t))
    }

    /// "They saw the plan *as giving in*": what one sees or describes so does it.
    pub(super) fn is_seen_as(&self, noun: TokenId, word: TokenId) -> bool {
        let tree = &self.document.tree;
        let mut marks = tree.children_by(word, Deprel::Mark);
        tree.is(noun, Deprel::Obj)
            && self.document.tag(word).xpos == "VBG"
            && marks.any(|t| self.controls("seen", t))
    }

    /// "There are *holes* to let the rain out", "when *it* comes to selling": what stands in the
    /// place of the subject means to do nothing.
    fn tells_of_nobody(&self, verb: TokenId) -> bool {
        let tree = &self.document.tree;
        let it = |subject: TokenId| is(self.document, subject, FunctionWord::It);
        let comes = self.controls("it", verb) && tree.child(verb, Deprel::Nsubj).is_some_and(it);
        comes || tree.has(verb, Deprel::Expl)
    }

    /// Whether a word is of a class of the list of who does what.
    fn controls(&self, class: &str, word: TokenId) -> bool {
        self.lexicon.has("control", Some(class), &self.document.lemma(word).to_lowercase())
    }

    /// Whether what a participle tells is done by all that the clause beside it says: "the
    /// house rejected the bill, *marking a defeat* for the mayor", "…, *thus ending* it".
    fn is_of_whole_clause(&self, word: TokenId) -> bool {
        let tree = &self.document.tree;
        if self.document.tag(word).xpos != "VBG" || tree.has(word, Deprel::Mark) {
            return false;
        }
        let joined =
            tree.has(word, Deprel::Obl) && !tree.has_any(word, &[Deprel::Obj, Deprel::Ccomp]);
        self.controls("whole", word)
            || joined && self.controls("whole-joined", word)
            || tree.children_by(word, Deprel::Advmod).any(|t| self.controls("whole", t))
    }

    /// Whether a word stands for people or a body of them, who do one thing by another; a
    /// flood or a vote does itself what follows from it.
    pub(super) fn is_somebody(&self, word: TokenId) -> bool {
        use NameKind::{Group, Organization, Person, Place};
        let document = self.document;
        matches!(document.tag(word).upos, Upos::Propn | Upos::Pron)
            || document.name_at(word).is_some()
            || matches!(known_kind(document, word), Some(Group | Organization | Person | Place))
            || self.lexicon.has("roles", None, &document.lemma(word).to_lowercase())
    }

    /// The noun that a participle or infinitive hangs on, where it is its
    /// subject; else the possessor of the noun or the subject of its verb.
    pub(super) fn modified(&self, word: TokenId, noun: TokenId) -> Vec<TokenId> {
        let tree = &self.document.tree;
        if self.document.tag(noun).xpos == "WRB" {
            return tree.head(noun).map_or_else(Vec::new, |verb| self.shown(verb, noun));
        }
        let participle = !tree.has(word, Deprel::Mark) && !tree.has(word, Deprel::Case);
        if participle && self.controls("doing", noun) && !self.objects(word).is_empty() {
            let governor = tree.head(noun).filter(|_| self.is_held(noun, false));
            return governor.map_or_else(Vec::new, |verb| self.dependents(verb, SUBJECTS));
        }
        let told = self.controls("told", noun);
        let act = told || self.controls("act", noun);
        let infinitive = is_infinitive(self.document, word);
        if participle || self.is_blamed(noun, word) || !act && infinitive && self.does(noun, word) {
            return vec![if infinitive { self.one_of(noun) } else { noun }];
        }
        let owners = self.owners(noun, word);
        let others_do = !infinitive && self.controls("asking", noun);
        if !owners.is_empty() || others_do || self.is_example(word) {
            return owners;
        }
        if !act && infinitive {
            return self.havers(noun, word);
        }
        if infinitive && told {
            return match tree.head(noun) {
                Some(verb) if tree.is(noun, Deprel::Obj) => self.dependents(verb, &[Deprel::Iobj]),
                _ => Vec::new(),
            };
        }
        let governor = tree.head(noun).filter(|_| self.is_held(noun, infinitive));
        let gifted = governor.map_or_else(Vec::new, |g| self.dependents(g, &[Deprel::Iobj]));
        if infinitive && !gifted.is_empty() {
            return gifted;
        }
        // "The firm is *in talks* to sell the mill."
        let is_in = (act && tree.has_any(noun, &[Deprel::Case]) && tree.has(noun, Deprel::Cop))
            .then_some(noun);
        let holder = governor.or(is_in);
        let mut holders = holder.map_or_else(Vec::new, |g| self.dependents(g, SUBJECTS));
        if act {
            let object = tree.is(noun, Deprel::Obj);
            let others = |verb| self.controls("others", verb) && !is_passive(self.document, verb);
            let other = object && governor.is_some_and(others);
            holders.retain(|&holder| !other && (!infinitive || self.is_somebody(holder)));
        }
        holders
    }

    /// Whether a noun does itself what the infinitive behind it says: somebody, a means ("a law
    /// to ban cars"), a headline's ("Storm to hit the coast"); and whatever has something done to
    /// it ("a case to be heard").
    fn does(&self, noun: TokenId, infinitive: TokenId) -> bool {
        let headline = self.document.tree.head(noun).is_none();
        let means = headline || self.controls("means", noun);
        is_passive(self.document, infinitive)
            || !self.objects(infinitive).is_empty()
                && (means || self.is_somebody(noun) || self.is_ranked(noun))
    }

    /// What a verb without a subject has instead: its object, or its copula.
    fn objects(&self, verb: TokenId) -> Vec<TokenId> {
        self.dependents(verb, &[Deprel::Obj, Deprel::Cop, Deprel::Ccomp])
    }

    /// *The first* river, *the largest*, *the only* one to do it; *one of the first*.
    pub(super) fn is_ranked(&self, noun: TokenId) -> bool {
        let tree = &self.document.tree;
        let ranks = |&c: &TokenId| {
            let feats = &self.document.tag(c).feats;
            feats.has("Degree", "Sup") || feats.has("NumType", "Ord") || self.controls("rank", c)
        };
        let one = is(self.document, noun, FunctionWord::One);
        let mut groups = tree.children_by(noun, Deprel::Nmod).filter(|_| one);
        tree.children(noun).iter().any(ranks) || groups.any(|group| self.is_somebody(group))
    }

    /// Who *has the strength* or *needs the money* to do what follows.
    fn havers(&self, noun: TokenId, infinitive: TokenId) -> Vec<TokenId> {
        let tree = &self.document.tree;
        let verb = tree.head_by(noun, Deprel::Obj);
        let lacks_nothing = !self.objects(infinitive).is_empty();
        let Some(verb) = verb.filter(|&verb| lacks_nothing && self.controls("has", verb)) else {
            return Vec::new();
        };
        let havers = self.dependents(verb, SUBJECTS).into_iter();
        havers.filter(|&haver| self.is_somebody(haver)).collect()
    }

    /// Whether the subject of the verb above is who has what a noun tells: "*made* a plan",
    /// "did it *in* an attempt", not "spoke *about* an attempt".
    fn is_held(&self, noun: TokenId, infinitive: bool) -> bool {
        let tree = &self.document.tree;
        let holding = |case: TokenId| self.controls("holding", case);
        match tree.deprel(noun) {
            Deprel::Obj => true,
            Deprel::Obl => !infinitive || tree.children_by(noun, Deprel::Case).any(holding),
            _ => false,
        }
    }

    /// Who learns *how* to do something: whom one shows it, else who learns or knows it.
    fn shown(&self, verb: TokenId, how: TokenId) -> Vec<TokenId> {
        let mut objects = self.dependents(verb, &[Deprel::Obj, Deprel::Iobj]);
        objects.retain(|&object| object != how);
        if objects.is_empty() { self.dependents(verb, SUBJECTS) } else { objects }
    }

    /// Who is meant by *one of the few* to do something.
    fn one_of(&self, group: TokenId) -> TokenId {
        let tree = &self.document.tree;
        let one = tree.head(group).filter(|&one| {
            tree.is(group, Deprel::Nmod) && is(self.document, one, FunctionWord::One)
        });
        let named = one.and_then(|one| tree.head_by(one, Deprel::Appos));
        named.or(one).unwrap_or(group)
    }

    /// Whose a noun is: *Norland's ability*, *the ability of Norland* to do what follows.
    fn owners(&self, noun: TokenId, deed: TokenId) -> Vec<TokenId> {
        let mut owners = self.dependents(noun, &[Deprel::NmodPoss]);
        if !is_infinitive(self.document, deed) {
            // "Their call for raising wages": whoever they call on.
            owners.retain(|_| !self.controls("asking", noun));
            return owners;
        }
        owners.retain(|&owner| self.is_somebody(owner) || self.controls("act", noun));
        if !owners.is_empty() {
            return owners;
        }
        let tree = &self.document.tree;
        let of = |&c: &TokenId| {
            let mut cases = tree.children_by(c, Deprel::Case);
            c < deed && cases.any(|case| is(self.document, case, FunctionWord::Of))
        };
        let parts = self.dependents(noun, &[Deprel::Nmod]).into_iter().filter(of);
        parts.filter(|&part| self.is_somebody(part)).collect()
    }

    /// Whether a noun is whom one accuses of doing, or blames for doing something, where
    /// the parser hangs what was done on the noun.
    fn is_blamed(&self, noun: TokenId, deed: TokenId) -> bool {
        let tree = &self.document.tree;
        let verb = tree.head_by(noun, Deprel::Obj);
        let blames = |verb| self.lexicon.has("control", Some("object"), self.document.lemma(verb));
        let gerund = self.document.tag(deed).xpos == "VBG";
        gerund && verb.is_some_and(blames)
    }
}
