//! A text with passages marked in it, which may overlap.

use super::html::Html;

/// A passage to be marked: characters of the text, how, and what it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The first character.
    pub(super) start: usize,
    /// The one behind the last.
    pub(super) end: usize,
    /// How it is marked.
    pub(super) class: &'static str,
    /// The `id` of what it belongs to.
    pub(super) of: String,
}

/// The class of the passage that an address leads to.
pub(super) const AT: &str = "at";

/// Writes a text in paragraphs, with marks.
pub(super) fn marked(html: &mut Html, text: &str, marks: &[Mark]) {
    let characters: Vec<char> = text.chars().collect();
    let mut is_reached = false;
    for (start, end) in paragraphs(&characters) {
        html.within("p", &[], |html| {
            for (from, to) in pieces(start, end, marks) {
                let words: String = characters.get(from..to).unwrap_or_default().iter().collect();
                let inside: Vec<&Mark> =
                    marks.iter().filter(|mark| mark.start <= from && to <= mark.end).collect();
                piece(html, &words, &inside, &mut is_reached);
            }
        });
    }
}

/// The paragraphs of a text: runs of lines without an empty one.
fn paragraphs(text: &[char]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, pair) in text.windows(2).enumerate() {
        if pair == ['\n', '\n'] {
            all.push((start, at));
            start = at + 1;
        }
    }
    all.push((start, text.len()));
    let is_blank = |&(start, end): &(usize, usize)| {
        text.get(start..end).unwrap_or_default().iter().all(|c| c.is_whitespace())
    };
    all.retain(|paragraph| !is_blank(paragraph));
    all
}

/// The pieces of a stretch of text in which no mark begins or ends.
fn pieces(start: usize, end: usize, marks: &[Mark]) -> Vec<(usize, usize)> {
    let ends = marks.iter().flat_map(|mark| [mark.start, mark.end]);
    let mut cuts: Vec<usize> = ends.filter(|at| (start..end).contains(at)).collect();
    cuts.extend([start, end]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
}

/// A piece with the marks around it, each class once.
fn piece(html: &mut Html, words: &str, inside: &[&Mark], is_reached: &mut bool) {
    if inside.is_empty() {
        html.text(words);
        return;
    }
    let mut classes: Vec<&str> = inside.iter().map(|mark| mark.class).collect();
    classes.sort_unstable();
    classes.dedup();
    let (class, of) = (classes.join(" "), owners(inside));
    let mut attributes = vec![("class", class.as_str())];
    if !of.is_empty() {
        attributes.push(("data-of", &of));
    }
    // An id stands once.
    if classes.contains(&AT) && !*is_reached {
        *is_reached = true;
        attributes.push(("id", AT));
    }
    html.element("mark", &attributes, words);
}

fn owners(inside: &[&Mark]) -> String {
    let mut owners: Vec<&str> = Vec::new();
    for mark in inside {
        if !mark.of.is_empty() && !owners.contains(&mark.of.as_str()) {
            owners.push(&mark.of);
        }
    }
    owners.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, class: &'static str, of: &str) -> Mark {
        Mark { start, end, class, of: of.to_owned() }
    }

    fn check(text: &str, marks: &[Mark], expected: &str) {
        let mut html = Html::default();
        marked(&mut html, text, marks);
        assert_eq!(html.document(), format!("<!DOCTYPE html>\n{expected}\n"));
    }

    #[test]
    fn overlapping_marks_are_cut_into_pieces() {
        check(
            "abcdef",
            &[mark(0, 4, "said", "a1"), mark(2, 6, "claimed", "c1")],
            "<p><mark class=\"said\" data-of=\"a1\">ab</mark>\
             <mark class=\"claimed said\" data-of=\"a1 c1\">cd</mark>\
             <mark class=\"claimed\" data-of=\"c1\">ef</mark></p>",
        );
    }

    #[test]
    fn marks_go_on_in_the_next_paragraph() {
        check(
            "ab\n\ncd",
            &[mark(1, 5, AT, "")],
            "<p>a<mark class=\"at\" id=\"at\">b</mark></p><p><mark class=\"at\">\nc</mark>d</p>",
        );
    }

    #[test]
    fn text_is_escaped_in_marks() {
        check("<b>", &[mark(0, 9, "said", "")], "<p><mark class=\"said\">&lt;b&gt;</mark></p>");
    }
}
