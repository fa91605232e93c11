//! The lines of a CoNLL-U file, grouped into sentences.

use super::ConlluError;

/// The lines of one sentence, checked for their shape only.
#[derive(Debug, Default)]
pub(super) struct Lines<'a> {
    /// `# key = value` lines; the value is empty where there is no `=`.
    pub(super) comments: Vec<(&'a str, &'a str)>,
    /// Its syntactic words.
    pub(super) words: Vec<Word<'a>>,
    /// Its surface tokens; together they cover the words.
    pub(super) surfaces: Vec<Surface<'a>>,
    /// Why it cannot be used.
    pub(super) refused: Option<ConlluError>,
}

/// The line of a syntactic word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// Number of the line, from 1.
    pub(super) line: usize,
    pub(super) form: &'a str,
    pub(super) lemma: &'a str,
    pub(super) upos: &'a str,
    pub(super) xpos: &'a str,
    pub(super) feats: &'a str,
    pub(super) head: &'a str,
    pub(super) deprel: &'a str,
    pub(super) deps: &'a str,
    pub(super) misc: &'a str,
}

/// A surface token: one word, or the several words of a multi-word token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surface<'a> {
    pub(super) line: usize,
    /// Index of its first word.
    pub(super) first: usize,
    /// One past its last word.
    pub(super) last: usize,
    pub(super) form: &'a str,
    pub(super) misc: &'a str,
}

impl<'a> Lines<'a> {
    /// The value of a comment, if it is there.
    pub(super) fn comment(&self, key: &str) -> Option<&'a str> {
        self.comments.iter().find(|(k, _)| *k == key).map(|&(_, value)| value)
    }

    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.surfaces.is_empty() && self.refused.is_none()
    }

    fn push(&mut self, number: usize, line: &'a str) {
        if let Some(comment) = line.strip_prefix('#') {
            let (key, value) = comment.split_once('=').unwrap_or((comment, ""));
            self.comments.push((key.trim(), value.trim()));
        } else if self.refused.is_none() {
            self.refused = self.push_word(number, line).err();
        }
    }

    fn push_word(&mut self, line: usize, text: &'a str) -> Result<(), ConlluError> {
        let columns: Vec<&str> = text.split('\t').collect();
        let &[id, form, lemma, upos, xpos, feats, head, deprel, deps, misc] = columns.as_slice()
        else {
            return Err(ConlluError::Columns { line, found: columns.len() });
        };
        if is_empty_node(id) {
            return Ok(());
        }
        if form.trim().is_empty() {
            return Err(ConlluError::Form { line });
        }
        let next = self.words.len();
        let wrong = || ConlluError::Number { line, id: id.to_owned(), expected: next + 1 };
        if let Some((from, to)) = id.split_once('-') {
            let last = range(from, to, next + 1).filter(|_| self.covered() == next);
            let last = last.ok_or_else(wrong)?;
            self.surfaces.push(Surface { line, first: next, last, form, misc });
            return Ok(());
        }
        if id.parse() != Ok(next + 1) {
            return Err(wrong());
        }
        if self.covered() == next {
            self.surfaces.push(Surface { line, first: next, last: next + 1, form, misc });
        }
        self.words.push(Word { line, form, lemma, upos, xpos, feats, head, deprel, deps, misc });
        Ok(())
    }

    /// How many words the surface tokens so far account for.
    fn covered(&self) -> usize {
        self.surfaces.last().map_or(0, |s| s.last)
    }

    fn finish(mut self) -> Self {
        if self.refused.is_none() && self.covered() > self.words.len() {
            let line = self.surfaces.last().map_or(0, |s| s.line);
            self.refused = Some(ConlluError::Unfinished { line });
        }
        self
    }
}

/// Whether an id such as `8.1` names an empty node of the enhanced graph.
fn is_empty_node(id: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    id.split_once('.').is_some_and(|(a, b)| digits(a) && digits(b))
}

/// The last word of a multi-word token `from-to` if it starts where it should.
fn range(from: &str, to: &str, expected: usize) -> Option<usize> {
    let (from, to): (usize, usize) = (from.parse().ok()?, to.parse().ok()?);
    (from == expected && to >= from).then_some(to)
}

/// The sentences of a file, in order; those that must be left out say why.
pub(super) fn sentences(contents: &str) -> impl Iterator<Item = Lines<'_>> {
    let contents = contents.strip_prefix('\u{feff}').unwrap_or(contents);
    let mut lines = contents.lines().enumerate();
    std::iter::from_fn(move || {
        let mut sentence = Lines::default();
        for (i, line) in lines.by_ref() {
            if !line.trim().is_empty() {
                sentence.push(i + 1, line);
            } else if !sentence.is_empty() {
                return Some(sentence.finish());
            }
        }
        (!sentence.is_empty()).then(|| sentence.finish())
    })
}
