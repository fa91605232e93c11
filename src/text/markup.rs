//! Text as it may stand in HTML, SVG and XML.
//!
//! In: text of an article or a name. Out: the same, without marks.

/// Adds a text as it may stand between tags and in attributes. Control characters, which
/// neither HTML nor XML can have, become the sign for what cannot be shown.
pub fn push_escaped(markup: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            '\'' => markup.push_str("&#39;"),
            '\n' | '\t' => markup.push(c),
            // Parsers of XML make a line break of one that stands as it is.
            '\r' => markup.push_str("&#13;"),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => markup.push('\u{FFFD}'),
            c => markup.push(c),
        }
    }
}

/// A text as it may stand between tags and in attributes.
pub fn escaped(text: &str) -> String {
    let mut markup = String::with_capacity(text.len());
    push_escaped(&mut markup, text);
    markup
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(escaped("<a b=\"c\">'&"), "&lt;a b=&quot;c&quot;&gt;&#39;&amp;");
        assert_eq!(escaped("a\u{0}b\r\n\u{FFFE}"), "a\u{FFFD}b&#13;\n\u{FFFD}");
    }
}
