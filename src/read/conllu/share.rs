//! Which part of a contraction is whose.

use crate::text::Span;

/// Shares the text of a multi-word token out among its words by their forms.
/// Words whose forms are found from the left or from the right get their
/// letters; a single one left over gets what remains (`wasent`: *was*, *not*
/// gives `was`, `ent`). Where that cannot work, the words concerned get the
/// whole of it.
pub(super) fn share(surface: &str, forms: &[&str]) -> Vec<Span> {
    let mut spans = vec![Span::of(0..surface.len()); forms.len()];
    let (mut left, mut right) = (0, surface.len());
    let (mut first, mut last) = (0, forms.len());
    while let Some(n) = forms.get(first).and_then(|f| prefix(surface.get(left..right)?, f)) {
        spans[first] = Span::of(left..left + n);
        (left, first) = (left + n, first + 1);
    }
    while let Some(n) = (last > first)
        .then(|| forms.get(last - 1).and_then(|f| suffix(surface.get(left..right)?, f)))
        .flatten()
    {
        (right, last) = (right - n, last - 1);
        spans[last] = Span::of(right..right + n);
    }
    if left < right {
        give_rest(&mut spans, first..last, Span::of(left..right));
    }
    spans
}

/// Gives the letters nobody claimed to the one word that has none yet, or, where
/// all words have theirs, to the word before them.
fn give_rest(spans: &mut [Span], without: std::ops::Range<usize>, rest: Span) {
    match without.len() {
        0 => {
            let taker = spans.iter_mut().rfind(|s| s.end <= rest.start);
            if let Some(span) = taker {
                *span = span.cover(rest);
            }
        }
        1 => {
            if let Some(span) = spans.get_mut(without.start) {
                *span = rest;
            }
        }
        _ => {}
    }
}

/// How many bytes of `text` the form takes from its start, whatever the case.
fn prefix(text: &str, form: &str) -> Option<usize> {
    let head = text.get(..form.len())?;
    (!form.is_empty() && head.eq_ignore_ascii_case(form)).then_some(form.len())
}

/// How many bytes of `text` the form takes from its end, whatever the case.
fn suffix(text: &str, form: &str) -> Option<usize> {
    let tail = text.get(text.len().checked_sub(form.len())?..)?;
    (!form.is_empty() && tail.eq_ignore_ascii_case(form)).then_some(form.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(surface: &str, forms: &[&str], expected: &[&str]) {
        let parts: Vec<&str> = share(surface, forms).iter().map(|s| s.slice(surface)).collect();
        assert_eq!(parts, expected, "{surface}");
    }

    #[test]
    fn letters_go_to_the_words_that_spell_them() {
        check("don't", &["do", "n't"], &["do", "n't"]);
        check("CANNOT", &["can", "not"], &["CAN", "NOT"]);
        check("wasent", &["was", "not"], &["was", "ent"]);
        check("ain't", &["is", "n't"], &["ai", "n't"]);
        check("cann't", &["ca", "n't"], &["can", "n't"]);
        check("y’all’d’ve", &["y’", "all", "would", "’ve"], &["y’", "all", "’d", "’ve"]);
    }

    #[test]
    fn words_without_letters_get_the_whole() {
        check("du", &["de", "le"], &["du", "du"]);
        check("x", &["x", "y"], &["x", "x"]);
    }
}
