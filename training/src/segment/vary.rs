//! Texts as they are, and as they might have been set: paragraphs run together,
//! spaces missing after full stops and commas, lines broken at a margin, dashes
//! without spaces, paragraphs that open with a dateline, headlines in capitals,
//! *it's* with the apostrophe it lacks.

use reportedly::text::{Block, Document, Sentence, Span, Token, TokenId, TokenRange};

/// Throws dice; the same seed gives the same throws (`SplitMix64`).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// True once in `n` times.
    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words.get(self.below(words.len())).copied().unwrap_or("")
    }

    pub(super) fn shuffle(&mut self, order: &mut [usize]) {
        for i in (1..order.len()).rev() {
            order.swap(i, self.below(i + 1));
        }
    }
}

/// A word and what stands before it.
#[derive(Clone)]
struct Word {
    gap: String,
    form: String,
    joined: bool,
}

type Line = Vec<Word>;
/// The sentences of a block, with the block they come from.
type Paragraph = (Block, Vec<Line>);

/// The document itself, and changed copies of it.
pub(super) fn variants(document: &Document, copies: usize) -> Vec<Document> {
    let seed =
        document.article.id.as_str().bytes().fold(7, |s: u64, b| s * 31 % 1_000_003 + b as u64);
    let mut dice = Dice::new(seed);
    let mut paragraphs = paragraphs(document);
    paragraphs.iter_mut().flat_map(|(_, lines)| lines).for_each(correct);
    let mut variants = vec![build(document, paragraphs.clone())];
    for _ in 0..copies {
        variants.push(build(document, vary(paragraphs.clone(), &mut dice)));
    }
    variants
}

fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> =
        document.article.blocks.iter().map(|&block| (block, Vec::new())).collect();
    let mut end = 0;
    for sentence in &document.sentences {
        let mut line = Vec::new();
        for token in &document.tokens[sentence.tokens.indices()] {
            let gap = document.slice(Span::new(end, token.span.start)).to_owned();
            line.push(Word {
                gap,
                form: document.slice(token.span).to_owned(),
                joined: token.joined,
            });
            end = token.span.end;
        }
        paragraphs[sentence.block_index as usize].1.push(line);
    }
    paragraphs
}

fn vary(paragraphs: Vec<Paragraph>, dice: &mut Dice) -> Vec<Paragraph> {
    let mut varied: Vec<Paragraph> = Vec::new();
    for (block, mut lines) in paragraphs {
        for line in &mut lines {
            vary_line(line, dice);
        }
        if dice.one_in(12) {
            dateline(&mut lines, dice);
        }
        let full = |(_, lines): &Paragraph| lines.last().is_some_and(|l| ends_in_full_stop(l));
        match varied.last_mut().filter(|p| full(p)) {
            Some((_, before)) if !dice.one_in(3) => before.append(&mut lines),
            _ => varied.push((block, lines)),
        }
    }
    for (_, lines) in &mut varied {
        space_out(lines, dice);
    }
    varied
}

fn ends_in_full_stop(line: &[Word]) -> bool {
    line.last().is_some_and(|w| matches!(w.form.as_str(), "." | "!" | "?" | "\"" | "”"))
}

/// Changes signs within a sentence.
fn vary_line(line: &mut Line, dice: &mut Dice) {
    let loose = dice.one_in(40);
    let dash = dice.pick(&["—", "–", "--", "-"]);
    let dashes_alone = dice.one_in(3);
    for i in 0..line.len() {
        let spaced = line[i].gap == " " && line.get(i + 1).is_some_and(|w| w.gap == " ");
        if matches!(line[i].form.as_str(), "-" | "--" | "—" | "–") && spaced {
            dash.clone_into(&mut line[i].form);
            if dashes_alone && dash != "-" {
                line[i].gap.clear();
                line[i + 1].gap.clear();
            }
        }
        if loose
            && line[i].form == ","
            && dice.one_in(2)
            && let Some(next) = line.get_mut(i + 1).filter(|w| starts_with_letter(w))
        {
            next.gap.clear();
        }
    }
    if dice.one_in(60) {
        for word in line {
            word.form = word.form.to_uppercase();
        }
    }
}

/// Writes *it's* where the web writes *its*: else half of the newspapers' *Its*
/// would be divided.
fn correct(line: &mut Line) {
    for i in 1..line.len() {
        let after_it = line[i - 1].form.eq_ignore_ascii_case("it");
        if after_it && line[i].joined && line[i].form == "s" {
            "'s".clone_into(&mut line[i].form);
        }
    }
}

fn starts_with_letter(word: &Word) -> bool {
    word.form.chars().next().is_some_and(char::is_alphabetic)
}

/// Changes the gaps between sentences, and those between words at a margin.
fn space_out(lines: &mut [Line], dice: &mut Dice) {
    let margin = dice.one_in(10).then(|| 40 + dice.below(60));
    let broken = dice.one_in(8);
    let double = dice.one_in(15);
    let mut column = 0;
    let mut stopped = false;
    for (i, line) in lines.iter_mut().enumerate() {
        let glues = stopped
            && line.first().and_then(|w| w.form.chars().next()).is_some_and(char::is_uppercase);
        for (j, word) in line.iter_mut().enumerate() {
            if i == 0 && j == 0 {
                continue;
            }
            column += word.gap.len() + word.form.len();
            if j == 0 {
                word.gap = match () {
                    () if glues && dice.one_in(25) => String::new(),
                    () if broken && dice.one_in(3) => "\n".to_owned(),
                    () if double => "  ".to_owned(),
                    () => " ".to_owned(),
                };
            } else if word.gap == " " && margin.is_some_and(|margin| column > margin) {
                "\n".clone_into(&mut word.gap);
                column = 0;
            }
        }
        stopped = ends_in_full_stop(line);
    }
}

const CITIES: &[&str] = &[
    "KYIV",
    "LONDON",
    "WASHINGTON",
    "BEIJING",
    "NEW YORK",
    "PARIS",
    "NEW DELHI",
    "Moscow",
    "Nairobi",
    "SAO PAULO",
    "ATHENS",
    "Seoul",
    "JERUSALEM",
    "Lagos",
    "BERLIN",
    "SYDNEY",
    "Brussels",
    "TOKYO",
];
const MONTHS: &[&str] = &[
    "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
    "Dec.",
];
const AGENCIES: &[&str] =
    &["Reuters", "AP", "AFP", "Interfax", "Xinhua", "CNN", "Bloomberg", "DPA"];

/// Opens a paragraph as news agencies do: `KYIV, May 18 (Reuters) - `.
fn dateline(lines: &mut [Line], dice: &mut Dice) {
    let Some(line) = lines.first_mut().filter(|l| l.first().is_some_and(starts_with_letter)) else {
        return;
    };
    let mut words: Vec<(&str, String)> = Vec::new();
    for (i, part) in dice.pick(CITIES).split(' ').enumerate() {
        words.push((if i == 0 { "" } else { " " }, part.to_owned()));
    }
    if dice.one_in(2) {
        words.push(("", ",".to_owned()));
        words.push((" ", dice.pick(MONTHS).to_owned()));
        words.push((" ", (1 + dice.below(31)).to_string()));
    }
    if !dice.one_in(3) {
        words.push((" ", "(".to_owned()));
        words.push(("", dice.pick(AGENCIES).to_owned()));
        words.push(("", ")".to_owned()));
    }
    words.push((" ", dice.pick(&["-", "--", "—", "–"]).to_owned()));
    let first = std::mem::replace(&mut line[0].gap, " ".to_owned());
    let mut opening: Line = words
        .into_iter()
        .map(|(gap, form)| Word { gap: gap.to_owned(), form, joined: false })
        .collect();
    opening[0].gap = first;
    opening.append(line);
    *line = opening;
}

/// The document that paragraphs spell.
fn build(document: &Document, paragraphs: Vec<Paragraph>) -> Document {
    let mut text = String::new();
    let (mut blocks, mut sentences, mut tokens) = (Vec::new(), Vec::new(), Vec::new());
    for (block, lines) in paragraphs {
        let mut block_span: Option<Span> = None;
        let block_index = blocks.len() as u32;
        for (i, line) in lines.iter().enumerate() {
            let first = TokenId::from_index(tokens.len());
            for (j, word) in line.iter().enumerate() {
                let opens = i == 0 && j == 0;
                text.push_str(if opens { "\n\n" } else { &word.gap });
                let start = text.len();
                text.push_str(&word.form);
                let span = Span::of(start..text.len());
                tokens.push(Token { span, form: word.form.as_str().into(), joined: word.joined });
                block_span = Some(block_span.map_or(span, |b| b.cover(span)));
            }
            let words = first.until(TokenId::from_index(tokens.len()));
            let span = document_span(&tokens, words);
            sentences.push(Sentence { span, tokens: words, block: block.kind, block_index });
        }
        blocks.extend(block_span.map(|span| Block { span, kind: block.kind }));
    }
    let mut article = document.article.clone();
    (article.text, article.blocks) = (text, blocks);
    Document { article, sentences, tokens, ..document.clone() }
}

fn document_span(tokens: &[Token], words: TokenRange) -> Span {
    let words = &tokens[words.indices()];
    words[0].span.cover(words[words.len() - 1].span)
}
