//! Addresses of web pages and of mail.

use std::ops::Range;

use super::glyphs::Glyph;

/// The addresses in a run without blanks that begins at `offset`, in order.
/// An address of a page goes to the end of the run, but for the signs that
/// close a sentence or a bracket; an address of mail has a domain with a full stop.
pub(super) fn addresses(run: &[Glyph], offset: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut done = 0;
    for (at, glyph) in run.iter().enumerate() {
        if at < done {
            continue;
        }
        let address = match glyph.sign {
            ':' => page(run, at, done),
            'w' if at == done => site(run, at),
            '@' => mail(run, at, done),
            sign => {
                // A site may follow brackets and quotation marks.
                done += usize::from(at == done && !sign.is_alphanumeric());
                None
            }
        };
        if let Some(address) = address {
            done = address.end;
            found.push(address.start + offset..address.end + offset);
        }
    }
    found
}

fn starts(run: &[Glyph], at: usize, word: &str) -> bool {
    let rest = &run[at..];
    word.chars().count() <= rest.len() && word.chars().zip(rest).all(|(c, g)| c == g.sign)
}

/// `scheme://…` whose colon is at `at`.
fn page(run: &[Glyph], at: usize, done: usize) -> Option<Range<usize>> {
    let scheme = tail(&run[done..at], |g| g.sign.is_ascii_lowercase());
    let known = ["https", "http", "ftp"].iter().any(|s| s.len() == scheme);
    if !known || !starts(run, at, "://") {
        return None;
    }
    let end = end(run, at + 3);
    (end > at + 3).then_some(at - scheme..end)
}

/// `www.…` at `at`.
fn site(run: &[Glyph], at: usize) -> Option<Range<usize>> {
    if !starts(run, at, "www.") {
        return None;
    }
    let end = end(run, at + 4);
    (end > at + 4).then_some(at..end)
}

/// Where an address of a page ends that goes on to `from` at least.
fn end(run: &[Glyph], from: usize) -> usize {
    let inside = head(&run[from..], |g| !matches!(g.sign, '<' | '>' | '"'));
    let body = &run[from..from + inside];
    let opens = body.iter().any(|g| g.sign == '(');
    let closing = |g: &Glyph| match g.sign {
        ')' => !opens,
        sign => ".,;:!?'…]}*".contains(sign),
    };
    from + inside - tail(body, closing)
}

/// `name@domain` whose sign is at `at`.
fn mail(run: &[Glyph], at: usize, done: usize) -> Option<Range<usize>> {
    let is_part = |g: &Glyph| g.is_word() || matches!(g.sign, '.' | '-' | '_');
    let before = &run[done..at];
    let name = tail(before, |g| is_part(g) || matches!(g.sign, '+' | '%'));
    let name = name - head(&before[before.len() - name..], |g| !g.is_word());
    let after = &run[at + 1..];
    let domain = &after[..head(after, is_part)];
    let domain = &domain[..domain.len() - tail(domain, |g| !g.is_word())];
    let dotted = domain.iter().skip(1).any(|g| g.sign == '.');
    (name > 0 && dotted).then_some(at - name..at + 1 + domain.len())
}

/// How many glyphs at the beginning are of a kind.
fn head(run: &[Glyph], is: impl Fn(&Glyph) -> bool) -> usize {
    run.iter().take_while(|glyph| is(glyph)).count()
}

/// How many glyphs at the end are of a kind.
fn tail(run: &[Glyph], is: impl Fn(&Glyph) -> bool) -> usize {
    run.iter().rev().take_while(|glyph| is(glyph)).count()
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::glyphs;
    use super::*;

    fn check(run: &str, expected: &[&str]) {
        let found = addresses(&glyphs(run, 0), 7);
        let chars: Vec<char> = run.chars().collect();
        let found: Vec<String> =
            found.iter().map(|r| chars[r.start - 7..r.end - 7].iter().collect()).collect();
        assert_eq!(found, expected, "{run}");
    }

    #[test]
    fn addresses_are_found_with_what_belongs_to_them() {
        check("https://example.org/a-b?c=1.", &["https://example.org/a-b?c=1"]);
        check("(http://example.org/x_(y)),", &["http://example.org/x_(y))"]);
        check("(HTTP://Example.ORG)", &["HTTP://Example.ORG"]);
        check("“www.example.org”,", &["www.example.org"]);
        check("<ann.lee+x@mail.example.org>.", &["ann.lee+x@mail.example.org"]);
        check("a@b.cd,c@d.ef", &["a@b.cd", "c@d.ef"]);
    }

    #[test]
    fn other_words_are_none() {
        check("@handle", &[]);
        check("a@b", &[]);
        check("and/or:then//", &[]);
        check("http://", &[]);
        check("awww.what", &[]);
        check("http", &[]);
    }
}
