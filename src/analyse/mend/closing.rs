//! A sentence that ends with who tells it: of "the voters want the mayor to resign, a poll for
//! the *Harbour* found" the poll is what found it, and nothing that the voters want.

use super::words::MendWord;
use super::{Repair, View};
use crate::text::{Deprel, Sentence, TokenId, Upos};

/// What to change where the tree has a verb at the end of a sentence as a participle of the noun
/// phrase before it.
pub(super) fn repairs(view: &View<'_>) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for sentence in view.sentences {
        if let Some(closing) = view.closing(sentence) {
            let Closing { main, teller, verb } = closing;
            repairs.push(Repair { word: verb, head: Some(main), relation: Deprel::Parataxis });
            repairs.push(Repair { word: teller, head: Some(verb), relation: Deprel::Nsubj });
        }
    }
    repairs
}

/// Who tells a sentence, at its end.
struct Closing {
    /// The root of the sentence.
    main: TokenId,
    /// The head of who tells it.
    teller: TokenId,
    /// The verb of telling.
    verb: TokenId,
}

impl View<'_> {
    fn closing(&self, sentence: &Sentence) -> Option<Closing> {
        let tree = self.tree;
        let is_word = |word: &TokenId| self.upos(*word) != Upos::Punct;
        let verb = sentence.tokens.iter().rev().find(is_word)?;
        let is_past = matches!(self.xpos(verb), "VBN" | "VBD");
        if !is_past || !self.listed(verb, MendWord::Closing) || tree.has(verb, Deprel::Obl) {
            return None;
        }
        let teller = tree.head_by(verb, Deprel::Acl)?;
        let main = sentence.tokens.iter().find(|&word| tree.head(word).is_none())?;
        let first = tree.subtree(teller).into_iter().find(is_word)?;
        let is_apart = first.previous().is_some_and(|comma| self.form(comma) == ",");
        let is_clause = self.upos(main) == Upos::Verb || tree.has(main, Deprel::Cop);
        (main < first && is_apart && is_clause).then_some(Closing { main, teller, verb })
    }
}

#[cfg(test)]
mod tests {
    use crate::analyse::Analyser;
    use crate::text::{Article, Deprel};

    #[test]
    fn who_tells_a_sentence_is_no_part_of_it() {
        let analyser = Analyser::english().unwrap();
        let text = "Most voters want the mayor to resign, a poll for the Daily Harbour found.";
        let document = analyser.analyse(Article::paragraph("a", text));
        let word = |form| document.token_ids().iter().find(|&t| document.form(t) == form).unwrap();
        let tree = &document.tree;
        assert_eq!(tree.head_by(word("poll"), Deprel::Nsubj), Some(word("found")));
        assert_eq!(tree.head_by(word("found"), Deprel::Parataxis), Some(word("want")));
    }
}
