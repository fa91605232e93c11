//! Tests of the word lists; the rules' own examples test the rest.

use super::cue::Cues;
use crate::extract::lexicon::Lexicon;
use crate::extract::shipped;

#[test]
fn every_cue_can_be_read() {
    let lexicon = Lexicon::read(shipped::LEXICON.iter().copied()).unwrap();
    let (words, kinds) = (lexicon.list("cues").unwrap(), lexicon.list("cue-kinds").unwrap());
    let broken: Vec<_> = kinds.rows().filter(|(_, row)| super::cue::entry(row).is_none()).collect();
    assert!(broken.is_empty(), "{broken:?}");
    let unknown: Vec<_> = words.rows().filter(|(_, row)| !kinds.has(None, &row[0])).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(Cues::new(Some(words), Some(kinds)).len() >= 300);
}
