//! The last column of CoNLL-U: `key=value|key=value`, and how UDPipe writes
//! white space in it (<https://ufal.mff.cuni.cz/udpipe/2/users-manual>).

/// The value of an attribute.
pub(super) fn attribute<'a>(misc: &'a str, key: &str) -> Option<&'a str> {
    misc.split('|').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}

/// White space as `SpacesAfter` writes it: `\s` for a space, `\n` for a line's end.
pub(super) fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => chars.next().map_or('\\', escaped),
            c => c,
        });
    }
    text
}

fn escaped(code: char) -> char {
    match code {
        's' => ' ',
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'p' => '|',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_white_space() {
        assert_eq!(unescape(r"\s\n\t\r\p\\x"), " \n\t\r|\\x");
        assert_eq!(unescape(r"\"), r"\");
    }

    #[test]
    fn attributes_are_found_by_their_whole_key() {
        assert_eq!(attribute("SpaceAfter=No|A=b", "A"), Some("b"));
        assert_eq!(attribute("SpaceAfter=No", "Space"), None);
        assert_eq!(attribute("_", "A"), None);
    }
}
