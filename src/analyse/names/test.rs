//! What rules for names may ask of a word.

use compact_str::CompactString;

use super::lex::{Cursor, RuleError};
use crate::analyse::name_words::WordClass;
use crate::text::Upos;

/// What may be asked of a word; of a name, it is asked of its first word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    /// `firm`: of this class of `name-words.tsv`.
    Class(WordClass),
    /// `upos=PROPN|NOUN`: one of these parts of speech.
    Upos(Vec<Upos>),
    /// `form=of|for`: one of these, as it stands.
    Form(Vec<CompactString>),
    /// A named predicate.
    Is(Predicate),
    /// `not TEST`, `not [TEST, TEST]`: not all of these.
    Not(Vec<Test>),
}

/// What no list can tell of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Predicate {
    /// `capital`: may be a name by itself: a capital, and not just an initial.
    Capital,
    /// `small`: begins with a small letter.
    Small,
    /// `letter`: is one letter.
    Letter,
    /// `code`: is two capitals.
    Code,
    /// `acronym`: is three to eight capitals.
    Acronym,
    /// `capitals`: is a word of four letters or more, all of them capitals.
    Capitals,
    /// `shouted`: the words beside it are in capitals.
    Shouted,
    /// `address`: looks like the address of a page or a mailbox.
    Address,
    /// `hyphened`: stands behind a hyphen.
    Hyphened,
    /// `number`: digits or a number word.
    Number,
    /// `syllable`: may be the second part of a given name: *in* of *Jae-in*, but not
    /// *led* of *Kim-led*.
    Syllable,
    /// `event-noun`: a noun for what happens.
    EventNoun,
    /// `known`: a person or a place of the model's lists.
    Known,
    /// `several`: of a name, that it has several words.
    Several,
    /// `known-place`: of a name, that it is a place of the model's list.
    KnownPlace,
    /// `ends-place`: ends a place of two words of the model's list.
    EndsPlace,
    /// `of-person`: a word of a person's full name in this article.
    OfPerson,
    /// `spelled-out`: an acronym that this article spells out.
    SpelledOut,
    /// `frequent`: an unknown acronym that this article has again and again.
    Frequent,
}

impl Predicate {
    const ALL: [(Self, &'static str); 19] = [
        (Self::Capital, "capital"),
        (Self::Small, "small"),
        (Self::Letter, "letter"),
        (Self::Code, "code"),
        (Self::Acronym, "acronym"),
        (Self::Capitals, "capitals"),
        (Self::Shouted, "shouted"),
        (Self::Address, "address"),
        (Self::Hyphened, "hyphened"),
        (Self::Number, "number"),
        (Self::Syllable, "syllable"),
        (Self::EventNoun, "event-noun"),
        (Self::Known, "known"),
        (Self::Several, "several"),
        (Self::KnownPlace, "known-place"),
        (Self::EndsPlace, "ends-place"),
        (Self::OfPerson, "of-person"),
        (Self::SpelledOut, "spelled-out"),
        (Self::Frequent, "frequent"),
    ];
}

/// Reads tests with commas between them, up to a sign or `>`.
pub(super) fn token_tests(cursor: &mut Cursor<'_>, end: &str) -> Result<Vec<Test>, RuleError> {
    let mut tests = Vec::new();
    while cursor.peek().is_some_and(|l| !l.is(end) && !l.is(">")) {
        tests.push(token_test(cursor)?);
        if !cursor.take(",") {
            break;
        }
    }
    Ok(tests)
}

/// Reads one test.
fn token_test(cursor: &mut Cursor<'_>) -> Result<Test, RuleError> {
    let word = cursor.word()?;
    if word == "not" {
        if !cursor.take("[") {
            return Ok(Test::Not(vec![token_test(cursor)?]));
        }
        let tests = token_tests(cursor, "]")?;
        return if cursor.take("]") {
            Ok(Test::Not(tests))
        } else {
            Err(cursor.wrong("`]` is expected"))
        };
    }
    if cursor.take("=") {
        return valued(word, cursor);
    }
    let predicate = Predicate::ALL.iter().find(|(_, name)| *name == word);
    let test = predicate.map(|(predicate, _)| Test::Is(*predicate));
    let test = test.or_else(|| WordClass::parse(word).map(Test::Class));
    test.ok_or_else(|| cursor.wrong_before("no class of words and no predicate is called so"))
}

/// `upos=…` or `form=…`.
fn valued(key: &str, cursor: &mut Cursor<'_>) -> Result<Test, RuleError> {
    let mut values = vec![cursor.word()?];
    while cursor.take("|") {
        values.push(cursor.word()?);
    }
    match key {
        "form" => Ok(Test::Form(values.into_iter().map(CompactString::from).collect())),
        "upos" => {
            let tags: Option<Vec<Upos>> = values.into_iter().map(Upos::parse).collect();
            let tags = tags.ok_or_else(|| cursor.wrong_before("no part of speech is called so"))?;
            Ok(Test::Upos(tags))
        }
        _ => Err(cursor.wrong_before("only `form` and `upos` have values")),
    }
}
