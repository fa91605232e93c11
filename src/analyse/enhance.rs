//! The edges that the enhanced representation adds to the basic tree
//! (<https://universaldependencies.org/u/overview/enhanced-syntax.html>):
//! what conjuncts share, the subjects of controlled verbs, and what relative
//! pronouns stand for.
//!
//! In: the tree and the tags. Out: the added edges, sorted, none twice.

use std::collections::BTreeSet;

use crate::text::{Deprel, Edge, Tag, TokenId, Tree, Upos};

/// The words that a relative clause refers to its antecedent with.
const RELATIVE: [&str; 6] = ["who", "whom", "which", "that", "whose", "where"];
/// Subjects may be shared by conjoined predicates, and handed on to controlled ones.
const SUBJECTS: [&str; 2] = ["nsubj", "csubj"];

/// The added edges of all sentences.
pub fn enhanced(tree: &Tree, tags: &[Tag]) -> Vec<Edge> {
    let mut graph = Graph { tree, tags, added: BTreeSet::new() };
    for token in 0..tree.len() as TokenId {
        if tree.is(token, "conj") {
            graph.share_head(token);
            graph.share_dependents(token);
        }
        if tree.is(token, "xcomp") {
            graph.control(token);
        }
        if tree.is(token, "acl:relcl") {
            graph.relate(token);
        }
    }
    graph.added.into_iter().collect()
}

struct Graph<'a> {
    tree: &'a Tree,
    tags: &'a [Tag],
    added: BTreeSet<Edge>,
}

impl Graph<'_> {
    fn add(&mut self, dependent: TokenId, head: TokenId, deprel: &str) {
        let basic = self.tree.head(dependent) == Some(head);
        if dependent != head && !basic {
            self.added.insert(Edge { dependent, head, deprel: Deprel::from(deprel) });
        }
    }

    fn upos(&self, token: TokenId) -> Upos {
        self.tags.get(token as usize).map_or(Upos::X, |tag| tag.upos)
    }

    fn subject(&self, token: TokenId) -> Option<TokenId> {
        SUBJECTS.iter().find_map(|relation| self.tree.child(token, relation))
    }

    /// "She saw *cats and dogs*": the dogs too are an object of the seeing.
    fn share_head(&mut self, conjunct: TokenId) {
        let Some(first) = self.tree.head(conjunct) else { return };
        let Some(head) = self.tree.head(first) else { return };
        let relation = self.tree.deprel(first).to_owned();
        self.add(conjunct, head, &relation);
        if relation == "xcomp" {
            self.control_by(conjunct, head);
        }
    }

    /// "*She* came and saw": she is the subject of the seeing too, unless it
    /// has one of its own.
    fn share_dependents(&mut self, conjunct: TokenId) {
        let Some(first) = self.tree.head(conjunct) else { return };
        if self.subject(conjunct).is_some() || !self.is_predicate(conjunct) {
            return;
        }
        let Some(subject) = self.subject(first) else { return };
        let passive = self.tree.child(conjunct, "aux:pass").is_some();
        let relation = match self.tree.deprel(subject) {
            "nsubj" | "nsubj:pass" if passive => "nsubj:pass",
            "nsubj:pass" => "nsubj",
            other => other,
        };
        self.add(subject, conjunct, relation);
        self.share_conjuncts_of(subject, conjunct, relation);
    }

    fn is_predicate(&self, token: TokenId) -> bool {
        matches!(self.upos(token), Upos::Verb | Upos::Aux)
            || self.tree.child(token, "cop").is_some()
    }

    fn share_conjuncts_of(&mut self, subject: TokenId, head: TokenId, relation: &str) {
        let conjuncts: Vec<TokenId> = self.tree.children_by(subject, "conj").collect();
        for other in conjuncts {
            self.add(other, head, relation);
        }
    }

    /// "They want *to leave*": they are to leave; "they told *us* to leave":
    /// we are, for the object of a verb controls before its subject.
    fn control(&mut self, token: TokenId) {
        if let Some(head) = self.tree.head(token) {
            self.control_by(token, head);
        }
    }

    fn control_by(&mut self, token: TokenId, head: TokenId) {
        if self.subject(token).is_some() {
            return;
        }
        let object = ["obj", "iobj"].iter().find_map(|r| self.tree.child(head, r));
        let subject = self.subject(head).or_else(|| self.given_subject(head));
        let Some(controller) = object.or(subject) else { return };
        let passive = self.tree.child(token, "aux:pass").is_some();
        let relation = if passive { "nsubj:pass" } else { "nsubj" };
        self.add(controller, token, relation);
        self.share_conjuncts_of(controller, token, relation);
    }

    /// A subject that an edge added earlier has given to this head.
    fn given_subject(&self, head: TokenId) -> Option<TokenId> {
        let given = |e: &&Edge| e.head == head && SUBJECTS.iter().any(|s| e.deprel.is(s));
        self.added.iter().find(given).map(|e| e.dependent)
    }

    /// "the guard *who left*": the guard left, and "who" refers to the guard.
    fn relate(&mut self, clause: TokenId) {
        let Some(antecedent) = self.tree.head(clause) else { return };
        let Some(pronoun) = self.relative_pronoun(clause) else { return };
        let relation = self.tree.deprel(pronoun).to_owned();
        let head = self.tree.head(pronoun);
        self.add(pronoun, antecedent, "ref");
        if let Some(head) = head.filter(|&head| head != antecedent) {
            self.add(antecedent, head, &relation);
        }
    }

    fn relative_pronoun(&self, clause: TokenId) -> Option<TokenId> {
        let relative = |token: &TokenId| {
            let tag = self.tags.get(*token as usize);
            tag.is_some_and(|t| t.feats.has("PronType", "Rel") || self.looks_relative(t, *token))
        };
        self.tree.subtree(clause).into_iter().take_while(|&t| t <= clause).find(relative)
    }

    /// For foreign tags without features.
    fn looks_relative(&self, tag: &Tag, token: TokenId) -> bool {
        let nominal = ["nsubj", "obj", "obl", "nmod", "advmod"];
        tag.feats.0.is_empty()
            && matches!(tag.xpos.as_str(), "WP" | "WDT" | "WP$" | "WRB")
            && RELATIVE.contains(&tag.lemma.as_str())
            && nominal.iter().any(|relation| self.tree.is(token, relation))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words as `form/UPOS/head/relation`, heads counted from 1, and the added
    /// edges as `dependent relation head`.
    fn check(words: &str, expected: &[&str]) {
        let words: Vec<Vec<&str>> =
            words.split(' ').map(|word| word.split('/').collect()).collect();
        let heads = words.iter().map(|w| w[2].parse::<u32>().unwrap().checked_sub(1)).collect();
        let tree = Tree::new(heads, words.iter().map(|w| Deprel::from(w[3])).collect());
        let tag = |w: &Vec<&str>| Tag {
            upos: Upos::parse(w[1]).unwrap(),
            xpos: if RELATIVE.contains(&w[0]) { "WP".into() } else { "".into() },
            lemma: w[0].into(),
            ..Tag::default()
        };
        let tags: Vec<Tag> = words.iter().map(tag).collect();
        let form = |t: TokenId| words[t as usize][0];
        let edges: Vec<String> = enhanced(&tree, &tags)
            .iter()
            .map(|e| format!("{} {} {}", form(e.dependent), e.deprel.as_str(), form(e.head)))
            .collect();
        assert_eq!(edges, expected);
    }

    #[test]
    fn conjuncts_share() {
        check(
            "She/PRON/2/nsubj came/VERB/0/root and/CCONJ/4/cc sang/VERB/2/conj",
            &["She nsubj sang"],
        );
        check(
            "She/PRON/2/nsubj fed/VERB/0/root cats/NOUN/2/obj and/CCONJ/5/cc goats/NOUN/3/conj",
            &["goats obj fed"],
        );
        check(
            "He/PRON/2/nsubj left/VERB/0/root and/CCONJ/5/cc she/PRON/5/nsubj stayed/VERB/2/conj",
            &[],
        );
    }

    #[test]
    fn objects_control_before_subjects() {
        check(
            "We/PRON/2/nsubj hope/VERB/0/root to/PART/4/mark win/VERB/2/xcomp",
            &["We nsubj win"],
        );
        check(
            "We/PRON/2/nsubj urged/VERB/0/root them/PRON/2/obj to/PART/5/mark wait/VERB/2/xcomp",
            &["them nsubj wait"],
        );
    }

    #[test]
    fn relative_pronouns_have_antecedents() {
        check(
            "guards/NOUN/0/root who/PRON/3/nsubj fled/VERB/1/acl:relcl",
            &["guards nsubj fled", "who ref guards"],
        );
    }
}
