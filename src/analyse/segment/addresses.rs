//! Addresses of web pages and of mail.

use std::ops::Range;

use super::glyphs::Glyph;

/// The addresses in a run without blanks that begins at `offset`, in order.
/// An address of a page goes to the end of the run, but for the signs that
/// close a sentence or a bracket; an address of mail has a domain with a full stop.
pub(super) fn addresses(run: &[Glyph], offset: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut done = 0;
    for at in 0..run.len() {
        let address = match run.get(at).map_or(' ', |g| g.sign) {
            ':' => page(run, at, done),
            'w' if at == done => site(run, at),
            '@' => mail(run, at, done),
            sign => {
                // A site may follow brackets and quotation marks.
                done += usize::from(at == done && !sign.is_alphanumeric());
                None
            }
        };
        if let Some(address) = address.filter(|a| a.start >= done && at >= done) {
            done = address.end;
            found.push(address.start + offset..address.end + offset);
        }
    }
    found
}

fn starts(run: &[Glyph], at: usize, word: &str) -> bool {
    let rest = run.get(at..).unwrap_or(&[]);
    word.chars().count() <= rest.len() && word.chars().zip(rest).all(|(c, g)| c == g.sign)
}

/// `scheme://…` whose colon is at `at`.
fn page(run: &[Glyph], at: usize, done: usize) -> Option<Range<usize>> {
    let before = run.get(done..at).unwrap_or(&[]);
    let scheme = before.iter().rev().take_while(|g| g.sign.is_ascii_lowercase()).count();
    let known = ["https", "http", "ftp"].iter().any(|s| s.len() == scheme);
    (known && starts(run, at, "://"))
        .then(|| at - scheme..end(run, at + 3))
        .filter(|r| r.end > at + 3)
}

/// `www.…` at `at`.
fn site(run: &[Glyph], at: usize) -> Option<Range<usize>> {
    starts(run, at, "www.").then(|| at..end(run, at + 4)).filter(|r| r.end > at + 4)
}

/// Where an address of a page ends that goes on to `from` at least.
fn end(run: &[Glyph], from: usize) -> usize {
    let rest = run.get(from..).unwrap_or(&[]);
    let inside = rest.iter().take_while(|g| !matches!(g.sign, '<' | '>' | '"')).count();
    let body = rest.get(..inside).unwrap_or(rest);
    let opens = body.iter().any(|g| g.sign == '(');
    let closing = |g: &&Glyph| match g.sign {
        ')' => !opens,
        sign => ".,;:!?'…]}*".contains(sign),
    };
    from + inside - body.iter().rev().take_while(closing).count()
}

/// `name@domain` whose sign is at `at`.
fn mail(run: &[Glyph], at: usize, done: usize) -> Option<Range<usize>> {
    let is_part = |g: &&Glyph| g.is_word() || matches!(g.sign, '.' | '-' | '_');
    let before = run.get(done..at).unwrap_or(&[]);
    let name =
        before.iter().rev().take_while(|g| is_part(g) || matches!(g.sign, '+' | '%')).count();
    let name = before.get(before.len() - name..).unwrap_or(&[]);
    let name = name.len() - name.iter().take_while(|g| !g.is_word()).count();
    let domain = run.get(at + 1..).unwrap_or(&[]);
    let domain = domain.get(..domain.iter().take_while(is_part).count()).unwrap_or(&[]);
    let tail = domain.iter().rev().take_while(|g| !g.is_word()).count();
    let domain = domain.get(..domain.len() - tail).unwrap_or(&[]);
    let dotted = domain.iter().skip(1).any(|g| g.sign == '.');
    (name > 0 && dotted).then(|| at - name..at + 1 + domain.len())
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
