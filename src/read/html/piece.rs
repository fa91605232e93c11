//! The words of a page as pieces: what stands in a block of its own, with what
//! the page says of it.

use super::element;
use super::hint::Hint;
use super::tree::{NodeId, Tree};
use crate::read::element::is_block;

/// Words that stand in a block of their own.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// The words, white space as single blanks, line breaks as `\n`.
    pub(crate) text: String,
    /// What kind of block they stand in.
    pub(crate) kind: PieceKind,
    /// How many bytes of them are links.
    pub(crate) linked: usize,
    /// The innermost block around them.
    pub(crate) node: NodeId,
    /// The innermost element around them that says they are not the article's.
    pub(crate) out: Option<NodeId>,
}

/// What kind of block words stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// A paragraph, or a block without a meaning.
    Paragraph,
    /// A heading, with its level.
    Heading(u8),
    /// An item of a list, or a term or definition.
    Item,
    /// A row of a table.
    Row,
}

impl Piece {
    /// How many words there are; two characters of a script without spaces count as one.
    pub(crate) fn words(&self) -> usize {
        let unspaced = |c: &char| matches!(*c, '\u{0E00}'..='\u{0EFF}' | '\u{3040}'..='\u{9FFF}');
        self.text.split_whitespace().count() + self.text.chars().filter(unspaced).count() / 2
    }

    /// How much of it is links, from 0 to 1.
    pub(crate) fn link_density(&self) -> f32 {
        self.linked as f32 / self.text.len().max(1) as f32
    }
}

/// The pieces of a page, in order.
pub(crate) fn pieces(tree: &Tree, hints: &[Hint]) -> Vec<Piece> {
    let mut walk = Walk { tree, hints, pieces: Vec::new(), open: Open::default() };
    walk.element(NodeId::ROOT, Around::default());
    walk.close();
    walk.pieces
}

/// What stands around a node.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    block: Option<NodeId>,
    kind: Option<PieceKind>,
    out: Option<NodeId>,
    link: bool,
    preformatted: bool,
}

/// The piece that is being written.
#[derive(Debug, Default)]
struct Open {
    text: String,
    linked: usize,
    around: Around,
    /// White space that is due before the next word.
    space: Space,
    /// Whether an element began, and no word came since.
    began: bool,
    /// Whether an element ended, and no word came since.
    ended: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    #[default]
    None,
    Blank,
    Line,
}

struct Walk<'a> {
    tree: &'a Tree,
    hints: &'a [Hint],
    pieces: Vec<Piece>,
    open: Open,
}

impl Walk<'_> {
    fn element(&mut self, node: NodeId, around: Around) {
        let name = self.tree.name(node);
        if element::is_hidden(name) {
            return;
        }
        match name {
            "br" => return self.line_break(),
            "td" | "th" => self.cell(),
            _ => {}
        }
        let block = is_block(name) && !matches!(name, "td" | "th");
        let around = self.within(node, name, block, around);
        if block {
            self.close();
        }
        self.open.began = true;
        for child in self.tree.children(node) {
            match self.tree.text(child) {
                Some(words) => self.write(words, around),
                None => self.element(child, around),
            }
        }
        if block {
            self.close();
        }
        self.open.ended = true;
    }

    /// What stands around the content of an element.
    fn within(&self, node: NodeId, name: &str, block: bool, mut around: Around) -> Around {
        if block || around.block.is_none() {
            around.block = Some(node);
        }
        if matches!(self.hints.get(node.index()), Some(Hint::Out | Hint::Cut)) {
            around.out = Some(node);
        }
        around.link |= name == "a" && self.tree.attribute(node, "href").is_some();
        around.preformatted |= name == "pre";
        around.kind = match name {
            "li" | "dt" | "dd" => Some(PieceKind::Item),
            "tr" => Some(PieceKind::Row),
            "table" => None,
            _ => element::heading_level(name).map(PieceKind::Heading).or(around.kind),
        };
        around
    }

    /// A second line break in a row ends the piece.
    fn line_break(&mut self) {
        if self.open.space == Space::Line {
            self.close();
        } else if !self.open.text.is_empty() {
            self.open.space = Space::Line;
        }
    }

    fn cell(&mut self) {
        if !self.open.text.is_empty() {
            self.open.space = self.open.space.max(Space::Blank);
        }
    }

    fn write(&mut self, words: &str, around: Around) {
        let mut rest = words;
        while !rest.is_empty() {
            let word = rest.trim_start_matches(is_space);
            let (space, _) = rest.split_at(rest.len() - word.len());
            self.white(space, around);
            let end = word.find(is_space).unwrap_or(word.len());
            let (word, after) = word.split_at(end);
            if !word.is_empty() {
                self.word(word, around);
            }
            rest = after;
        }
    }

    fn white(&mut self, space: &str, around: Around) {
        if space.is_empty() || self.open.text.is_empty() {
            return;
        }
        let lines = space.bytes().filter(|b| *b == b'\n').count();
        if around.preformatted && lines > 1 {
            self.close();
        } else if around.preformatted && lines == 1 {
            self.open.space = Space::Line;
        } else {
            self.open.space = self.open.space.max(Space::Blank);
        }
    }

    fn word(&mut self, word: &str, around: Around) {
        let open = &mut self.open;
        if !open.text.is_empty() && open.around.out != around.out {
            if is_deeper(around.out, open.around.out) {
                return;
            }
            open.text.clear();
            (open.linked, open.space) = (0, Space::None);
        }
        let before = open.text.len();
        if before == 0 {
            open.around = around;
        }
        match open.space {
            Space::Line => open.text.push('\n'),
            Space::Blank => open.text.push(' '),
            Space::None if are_two_words(open, word) => open.text.push(' '),
            Space::None => {}
        }
        open.text.extend(word.chars().filter(|c| !is_invisible(*c)));
        if around.link {
            open.linked += open.text.len() - before;
        }
        (open.space, open.began, open.ended) = (Space::None, false, false);
    }

    /// Ends the open piece, if it has words.
    fn close(&mut self) {
        let Open { text, linked, around, .. } = std::mem::take(&mut self.open);
        if text.chars().any(char::is_alphanumeric) {
            let kind = around.kind.unwrap_or(PieceKind::Paragraph);
            let node = around.block.unwrap_or(NodeId::ROOT);
            self.pieces.push(Piece { text, kind, linked, node, out: around.out });
        }
    }
}

/// Whether words stand deeper among what is not the article's than those before them.
fn is_deeper(out: Option<NodeId>, before: Option<NodeId>) -> bool {
    out > before
}

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '\u{A0}' | '\u{2002}'..='\u{200A}' | '\u{3000}')
}

/// Characters that show nothing: soft hyphens, joiners, byte order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}') || c.is_control()
}

/// Whether words that meet where elements begin and end are two: *over.* and
/// *Nobody*; *today* and *Read*, where one element ended and another began. *Mc*
/// and *Bride* are one.
fn are_two_words(open: &Open, word: &str) -> bool {
    let last = open.text.chars().next_back().unwrap_or(' ');
    let sentence = matches!(last, '.' | '!' | '?' | ':' | ';' | '”') && (open.began || open.ended);
    let element = last.is_lowercase() && open.began && open.ended;
    (sentence || element) && word.starts_with(char::is_uppercase)
}
