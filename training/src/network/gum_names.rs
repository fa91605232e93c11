//! Names in GUM, from its entities: a mention whose head is a proper noun is a
//! name, of which the words of the name proper are found by their tags.

use reportedly::analyse::name_tags::{OUTSIDE, beginning, inside};

use super::data::{
    ANY, Allowed, EVENT, FACILITY, GROUP, ORGANIZATION, OTHER, PERSON, PLACE, PRODUCT, Word,
    outside_or,
};

/// A mention: its kind, and the words it spans.
struct Mention {
    kind: String,
    head: usize,
    first: usize,
    last: usize,
}

/// The name classes allowed for each word of a sentence.
pub(crate) fn allowed(words: &[Word]) -> Vec<Allowed> {
    let unnamed = |word: &Word| match word.upos.as_str() {
        // Proper nouns outside of every mention: dates mostly, but not surely.
        "PROPN" => ANY,
        "ADJ" | "NOUN" if word.form.starts_with(char::is_uppercase) => outside_or(&[GROUP]),
        _ => 1 << OUTSIDE,
    };
    let mut all: Vec<Allowed> = words.iter().map(unnamed).collect();
    let mut mentions = mentions(words);
    mentions.sort_by_key(|m| std::cmp::Reverse(m.last - m.first));
    let mut taken = vec![false; words.len()];
    for mention in mentions.iter().filter(|m| m.kind == "person") {
        rule_out_titles(words, mention, &mut all);
    }
    for mention in mentions {
        // A name within a longer one is a part of it.
        if taken.get(mention.head) == Some(&false) {
            mark(words, &mention, &mut all, &mut taken);
        }
    }
    all
}

/// The mentions of a sentence: `(12-person-giv:act-cf1*-2,3-coref-Some_Name` opens, `12)` closes.
fn mentions(words: &[Word]) -> Vec<Mention> {
    let mut open: Vec<(String, Mention)> = Vec::new();
    let mut closed = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let entity = word.misc.split('|').find_map(|field| field.strip_prefix("Entity="));
        for part in split_brackets(entity.unwrap_or("")) {
            if let Some(opening) = part.strip_prefix('(') {
                open.extend(opened(opening.trim_end_matches(')'), at));
            }
            if let Some(closing) = part.strip_suffix(')') {
                let id = closing.trim_start_matches('(').split('-').next().unwrap_or("");
                if let Some(i) = open.iter().rposition(|(name, _)| name == id) {
                    closed.push(Mention { last: at + 1, ..open.remove(i).1 });
                }
            }
        }
    }
    closed
}

/// Cuts `(1-a(2-b)1)` into `(1-a`, `(2-b)`, `1)`.
fn split_brackets(entity: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in entity.char_indices() {
        let end = if c == ')' { at + 1 } else { at };
        if matches!(c, '(' | ')') && end > start {
            parts.extend(entity.get(start..end));
            start = end;
        }
    }
    parts.extend(entity.get(start..).filter(|rest| !rest.is_empty()));
    parts
}

fn opened(text: &str, at: usize) -> Option<(String, Mention)> {
    let fields: Vec<&str> = text.split('-').collect();
    let head: usize = fields.get(5)?.split(',').next()?.parse().ok()?;
    let mention = Mention {
        kind: (*fields.get(1)?).to_owned(),
        head: at + head.checked_sub(1)?,
        first: at,
        last: at,
    };
    Some(((*fields.first()?).to_owned(), mention))
}

/// Titles before a person's name are no part of it.
fn rule_out_titles(words: &[Word], mention: &Mention, all: &mut [Allowed]) {
    let mention = mention.first..mention.last;
    for (word, allowed) in words.iter().zip(all).take(mention.end).skip(mention.start) {
        if word.deprel == "nmod:desc" {
            *allowed = 1 << OUTSIDE;
        }
    }
}

fn mark(words: &[Word], mention: &Mention, all: &mut [Allowed], taken: &mut [bool]) {
    let Some(head) = words.get(mention.head).filter(|w| w.upos == "PROPN") else { return };
    let kinds: &[usize] = match mention.kind.as_str() {
        "person" => &[PERSON],
        "organization" => &[ORGANIZATION],
        "place" => &[PLACE, FACILITY],
        "event" => &[EVENT],
        "time" => return fill(all, mention.first..mention.last, 1 << OUTSIDE),
        "object" => &[PRODUCT, OTHER, FACILITY],
        _ => &[PRODUCT, OTHER, EVENT, GROUP],
    };
    let person = mention.kind == "person";
    let (first, last) = name_span(words, mention, person);
    // A person's head that begins with a title or a small letter is no sure name.
    let unsure = head.form.chars().next().is_some_and(char::is_lowercase)
        || person && head.deprel == "nmod:desc";
    for (at, allowed) in all.iter_mut().enumerate().take(last).skip(first) {
        taken[at] = true;
        let class = if at == first { beginning } else { inside };
        let sure = kinds.iter().fold(0, |bits, &kind| bits | 1 << class(kind));
        *allowed = if unsure { ANY } else { sure };
    }
}

fn fill(all: &mut [Allowed], range: std::ops::Range<usize>, value: Allowed) {
    if let Some(part) = all.get_mut(range) {
        part.fill(value);
    }
}

/// The words of the name around the head: proper nouns, and what joins them.
fn name_span(words: &[Word], mention: &Mention, person: bool) -> (usize, usize) {
    let inner = |at: usize| at >= mention.first && at < mention.last;
    let proper = |at: usize| {
        words.get(at).is_some_and(|w| {
            w.upos == "PROPN" && !(person && w.deprel == "nmod:desc" && at < mention.head)
        })
    };
    let joins = |at: usize| {
        let joiner = |w: &Word| matches!(w.form.as_str(), "of" | "&" | "-" | "the" | "for" | ".");
        !person && words.get(at).is_some_and(joiner)
            || person && words.get(at).is_some_and(|w| matches!(w.form.as_str(), "-" | "."))
    };
    let mut first = mention.head;
    while first > 0 && inner(first - 1) && proper(first - 1) {
        first -= 1;
    }
    let mut last = mention.head + 1;
    loop {
        let gap = (0..3).take_while(|&skip| inner(last + skip) && !proper(last + skip)).count();
        let bridged = (0..gap).all(|skip| joins(last + skip));
        if !inner(last + gap) || !proper(last + gap) || !bridged {
            return (first, last);
        }
        last += gap + 1;
    }
}
