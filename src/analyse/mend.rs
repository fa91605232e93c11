//! Trees put right by what their words and names tell.
//!
//! In: the layers as the model gives them, and the names of the article. Out: the trees, in
//! which two subjects of a verb that are one phrase are one ([`one_subject`]), a person
//! bears the office that stands between a body and the name ([`bearer`]), a name in
//! apposition belongs to who can bear it ([`apposition`]), a clause behind *is* is told of
//! what stands before ([`predicate`]), a day is when something is done ([`day`]), what
//! completes a verb hangs on it ([`complement`]), a verb with an object is joined to none
//! in the passive ([`conjunct`]), a verb that ends a sentence with who tells it has what stands
//! before it ([`closing`]), no adjective is in the passive, and bare participles of headlines
//! are ([`voice`]). The model sees each word's head for itself, and no names.

mod apposition;
mod bearer;
mod closing;
mod complement;
mod conjunct;
mod day;
mod one_subject;
mod predicate;
mod voice;
mod words;

pub(super) use self::words::{MendWord, MendWords, shipped_words};

use super::name_words::NameLexicon;
use super::reference::ReferenceLexicon;
use crate::text::{
    Deprel, FunctionWord, FunctionWords, Name, NameKind, Sentence, Tag, Token, TokenId, Tree, Upos,
    small,
};

/// The layers that a tree is put right by.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) lexicon: &'a NameLexicon,
    pub(super) reference: &'a ReferenceLexicon,
    pub(super) mend_words: &'a MendWords,
    pub(super) words: &'a FunctionWords,
    pub(super) sentences: &'a [Sentence],
    pub(super) tokens: &'a [Token],
    pub(super) tags: &'a [Tag],
    pub(super) names: &'a [Name],
    pub(super) tree: &'a Tree,
}

/// A word with its new head.
struct Repair {
    word: TokenId,
    head: Option<TokenId>,
    relation: Deprel,
}

/// What is put right, one after the other: each sees what those before it changed.
const STEPS: [fn(&View<'_>) -> Vec<Repair>; 9] = [
    one_subject::repairs,
    bearer::repairs,
    apposition::repairs,
    predicate::repairs,
    day::repairs,
    complement::repairs,
    conjunct::repairs,
    closing::repairs,
    voice::repairs,
];

/// The trees, put right.
pub(super) fn mended(view: View<'_>) -> Tree {
    let mut tree = view.tree.clone();
    for step in STEPS {
        let view = View { tree: &tree, ..view };
        let repairs = step(&view);
        if !repairs.is_empty() {
            tree = changed(&view, &repairs);
        }
    }
    tree
}

/// The tree with some words hung elsewhere, but for those that would hang below themselves.
fn changed(view: &View<'_>, repairs: &[Repair]) -> Tree {
    let tree = view.tree;
    let (mut heads, mut deprels) = (Vec::new(), Vec::new());
    for word in (0..tree.len()).map(TokenId::from_index) {
        heads.push(tree.head(word));
        deprels.push(tree.deprel(word));
    }
    for &Repair { word, head, relation } in repairs {
        heads[word.index()] = head;
        deprels[word.index()] = relation;
    }
    // Every circle has a word in it that was hung elsewhere. Hanging one back may close another.
    let mut is_sound = false;
    while !is_sound {
        is_sound = true;
        for &Repair { word, .. } in repairs {
            if is_below_itself(&heads, word, view.longest_path(word)) {
                heads[word.index()] = tree.head(word);
                deprels[word.index()] = tree.deprel(word);
                is_sound = false;
            }
        }
    }
    Tree::new(heads, deprels).with_certainty(tree.certainties().to_vec())
}

/// Whether a word is among its own ancestors, of which it has no more than so many.
fn is_below_itself(heads: &[Option<TokenId>], word: TokenId, most: usize) -> bool {
    let above = |word: &TokenId| heads.get(word.index()).copied().flatten();
    std::iter::successors(above(&word), above).take(most).any(|ancestor| ancestor == word)
}

impl View<'_> {
    /// How many words the sentence of a word has.
    fn longest_path(&self, word: TokenId) -> usize {
        let at = self.sentences.partition_point(|sentence| sentence.tokens.end <= word);
        self.sentences.get(at).map_or(0, |sentence| sentence.tokens.len())
    }

    fn upos(&self, word: TokenId) -> Upos {
        match self.tags.get(word.index()) {
            Some(tag) => tag.upos,
            None => Upos::X,
        }
    }

    fn xpos(&self, word: TokenId) -> &str {
        self.tags.get(word.index()).map_or("", |tag| &tag.xpos)
    }

    fn lemma(&self, word: TokenId) -> &str {
        self.tags.get(word.index()).map_or("", |tag| &tag.lemma)
    }

    fn form(&self, word: TokenId) -> &str {
        self.tokens.get(word.index()).map_or("", |token| &token.form)
    }

    fn listed(&self, word: TokenId, class: MendWord) -> bool {
        self.mend_words.is(&small(self.lemma(word)), class)
    }

    /// "to *leave*".
    fn is_to_infinitive(&self, word: TokenId) -> bool {
        let mut marks = self.tree.children_by(word, Deprel::Mark);
        self.xpos(word) == "VB" && marks.any(|t| self.words.is(self.form(t), FunctionWord::To))
    }

    fn name_at(&self, word: TokenId) -> Option<&Name> {
        let at = self.names.partition_point(|name| name.tokens.end <= word);
        self.names.get(at).filter(|name| name.tokens.contains(word))
    }

    fn is_person(&self, word: TokenId) -> bool {
        matches!(self.name_at(word), Some(name) if name.kind == NameKind::Person)
    }

    /// The word of a name that hangs on none of the others.
    fn outermost(&self, name: &Name) -> TokenId {
        for word in name.tokens {
            match self.tree.head(word) {
                Some(head) if name.tokens.contains(head) => {}
                _ => return word,
            }
        }
        name.tokens.start
    }

    /// The words behind a word that hang on another, as repairs that hang them on a third.
    fn moved(&self, from: TokenId, behind: TokenId, to: TokenId) -> Vec<Repair> {
        let mut moved = Vec::new();
        for &word in self.tree.children(from) {
            if word > behind {
                moved.push(Repair { word, head: Some(to), relation: self.tree.deprel(word) });
            }
        }
        moved
    }
}
