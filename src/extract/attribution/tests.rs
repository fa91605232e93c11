//! Tests of the word list; the rules' own examples test the rest.

use super::cue::Cues;
use crate::extract::lexicon::Lexicon;
use crate::extract::shipped;

#[test]
fn every_cue_can_be_read() {
    let lexicon = Lexicon::read(shipped::LEXICON.iter().copied()).unwrap();
    let list = lexicon.list("cues").unwrap();
    let broken: Vec<_> = list.rows().filter(|(_, row)| super::cue::entry(row).is_none()).collect();
    assert!(broken.is_empty(), "{broken:?}");
    assert!(Cues::new(Some(list)).len() >= 300);
}
