//! Tests of the word lists; the rules' own examples test the rest.

use super::cue::Cues;
use crate::extract::lexicon::Lexicon;
use crate::extract::shipped;

#[test]
fn every_cue_can_be_read() {
    let lexicon = Lexicon::read(shipped::LEXICON.iter().copied()).unwrap();
    assert!(Cues::new(&lexicon).unwrap().len() >= 300);
}
