//! The hashes under which words and their parts are filed.

/// Longer words show only their beginning and end.
const LONGEST: usize = 40;

/// The hash of a word in any case of its letters, as phrases are filed.
pub(super) fn folded_hash(word: &str) -> u64 {
    hash(40, &shorten(word.chars().map(plain).flat_map(char::to_lowercase)))
}

/// Keeps the first and last characters of words without end.
pub(super) fn shorten(chars: impl Iterator<Item = char>) -> Vec<char> {
    let mut all: Vec<char> = chars.take(4 * LONGEST).collect();
    if all.len() > LONGEST {
        all.drain(LONGEST / 2..all.len() - LONGEST / 2);
    }
    all
}

/// Quotation marks and dashes of all kinds count as their plain sisters.
pub(super) fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‘' | '’' | '‚' | '‛' | '`' | '´' => '\'',
        '‐' | '‑' | '‒' | '–' | '−' => '-',
        _ => c,
    }
}

/// Runs of capitals, small letters and digits, each cut to a few: `McDonald` is
/// `XxXxx`, `1984` is `dddd`.
pub(super) fn shape(form: &str) -> Vec<char> {
    let mut shape: Vec<char> = Vec::new();
    for c in form.chars().map(plain).take(LONGEST) {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => 'd',
            c => c,
        };
        let most = if class == 'd' { 4 } else { 2 };
        if !shape.ends_with(&[class; 4][..most]) {
            shape.push(class);
        }
    }
    shape
}

/// FNV-1a over the characters, with a last mix so that all bits count.
pub(super) fn hash(salt: u64, chars: &[char]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let start = 0xcbf2_9ce4_8422_2325 ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let sum = chars.iter().fold(start, |h, &c| (h ^ u64::from(u32::from(c))).wrapping_mul(PRIME));
    let sum = (sum ^ (sum >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    sum ^ (sum >> 32)
}
