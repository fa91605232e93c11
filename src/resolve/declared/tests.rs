//! Declared relations made by hand.

use super::*;
use crate::text::NameKind;

#[test]
fn kinds_fit_classes() {
    let check = |class: Class, kind: Option<NameKind>, expected: Option<Fit>| {
        assert_eq!(class.fit(kind, false, Side::Subject), expected, "{class:?} {kind:?}");
    };
    check(Class::Organization, Some(NameKind::Place), Some(Fit::Open));
    let country = Class::Organization.fit(Some(NameKind::Place), true, Side::Subject);
    assert_eq!(country, Some(Fit::Known));
    check(Class::Place, Some(NameKind::Person), None);
    check(Class::Person, None, Some(Fit::Open));
    check(Class::Thing, Some(NameKind::Money), None);
    check(Class::Role, Some(NameKind::Person), Some(Fit::Open));
    assert_eq!(Class::Role.fit(Some(NameKind::Person), true, Side::Object), None);
}

#[test]
fn one_of_the_same_name_takes_the_place() {
    let declared = |name: &str, label: &str| Declared {
        name: name.into(),
        label: label.into(),
        words: vec![Denotation { lemmas: label.into(), strict: false, line: 1 }],
        domain: Vec::new(),
        range: Vec::new(),
        symmetric: false,
        about: Vec::new(),
        examples: Vec::new(),
        counter_examples: Vec::new(),
        file: "own.ttl".into(),
    };
    let mut relations = Relations::new([declared("mends", "mends"), declared("owns", "owns")]);
    relations.extend([declared("mends", "fixes"), declared("rents", "rents")]);
    let labels: Vec<_> = relations.all().iter().map(|r| r.label.as_str()).collect();
    assert_eq!(labels, ["fixes", "owns", "rents"]);
    assert_eq!(relations.get("mends").map(|r| r.label.as_str()), Some("fixes"));
    assert!(!relations.by_words.contains_key("mends"), "words of the one before are gone");
}
