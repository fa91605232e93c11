//! An analysis for people: tags under words, the tree of each sentence, what
//! it says and who says it.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::tree::{Row, rows};
use super::{Findings, view};
use crate::extract::{Attribution, Polarity};
use crate::resolve::Statement;
use crate::text::{BlockKind, Document, Name, Sentence, Span};

/// How a page is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// Whether to colour it with ANSI escapes.
    pub colour: bool,
    /// How many columns the terminal has.
    pub width: usize,
}

const HEAD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const NAME: Style = AnsiColor::Cyan.on_default();
const RELATION: Style = AnsiColor::Green.on_default();
const CLAIM: Style = AnsiColor::Yellow.on_default();

/// The analysis of one article as text for a terminal: each sentence with its
/// tags, tree, names, times, attributions and claims.
pub fn page(findings: &Findings<'_>, paint: Paint) -> String {
    let mut page = Page { findings, document: findings.document, paint, out: String::new() };
    page.title();
    page.reading();
    for (index, sentence) in findings.document.sentences.iter().enumerate() {
        page.sentence(index, sentence);
    }
    page.entities();
    page.out
}

struct Page<'a> {
    findings: &'a Findings<'a>,
    document: &'a Document,
    paint: Paint,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, words: &str) {
        self.out.push_str(words.trim_end());
        self.out.push('\n');
    }

    fn painted(&self, style: Style, words: &str) -> String {
        if self.paint.colour { format!("{style}{words}{style:#}") } else { words.to_owned() }
    }

    fn title(&mut self) {
        let article = &self.document.article;
        let title = article.title.as_deref().unwrap_or("(no title)");
        let known = [article.publisher.clone(), article.byline.clone()].into_iter().flatten();
        let day = article.published.map(|p| p.day().to_string());
        let more = known.chain(day).collect::<Vec<_>>().join(", ");
        let line = format!("{}  {title}", article.id);
        let line = self.painted(HEAD, &line);
        self.line(&line);
        if !more.is_empty() {
            let more = self.painted(FAINT, &more);
            self.line(&more);
        }
        let wire = [
            ("dateline", &article.dateline),
            ("credit", &article.credit),
            ("rights", &article.rights),
        ];
        for (name, told) in wire {
            if let Some(words) = told {
                let line = self.painted(FAINT, &format!("{name:10} {}", one_line(words)));
                self.line(&format!("  {line}"));
            }
        }
    }

    /// How the article was found, where that was noted.
    fn reading(&mut self) {
        let article = &self.document.article;
        let reading = &article.reading;
        if reading.is_empty() {
            return;
        }
        let mut lines = Vec::new();
        if let Some(source) = &reading.source {
            lines.push(format!("{:10} {source}", "source"));
        }
        for told in &reading.told {
            lines.push(format!("{:10} from {}", told.field, told.place));
        }
        for out in &reading.left_out {
            let more = if out.more > 0 { format!(" and {} more", out.more) } else { String::new() };
            lines.push(format!("{:10} “{}”{more}: {}", "left out", out.words, out.reason));
        }
        for (block, reason) in &reading.boilerplate {
            let words = article.blocks.get(*block).map_or("", |b| b.span.slice(&article.text));
            lines.push(format!(
                "{:10} “{}”: {reason}",
                "not read",
                shortened(&one_line(words), 60)
            ));
        }
        for line in lines {
            let line = self.painted(FAINT, &line);
            self.line(&format!("  {line}"));
        }
    }

    fn sentence(&mut self, index: usize, sentence: &Sentence) {
        let words = one_line(self.document.slice(sentence.span));
        let head = self.painted(HEAD, &format!("{index}{}", kind_mark(sentence.block)));
        self.line("");
        self.line(&format!("{head}  {words}"));
        if sentence.block == BlockKind::Boilerplate {
            return;
        }
        self.table(sentence);
        self.tree(sentence);
        self.names(sentence);
        self.times(sentence);
        let extraction = &self.findings.extraction;
        for (i, attribution) in extraction.attributions.iter().enumerate() {
            if attribution.sentence.index() == index {
                self.attribution(i, attribution);
            }
        }
        for statement in &self.findings.resolution.statements {
            if statement.sentence.index() == index {
                self.claim(statement);
            }
        }
    }

    /// Words with their tags and lemmas under them, wrapped at the width.
    fn table(&mut self, sentence: &Sentence) {
        let mut rows = [const { String::new() }; 3];
        let mut used = 0;
        for token in sentence.tokens {
            let tag = self.document.tag(token);
            let cells = [
                one_line(self.document.form(token)),
                tag.upos.as_str().into(),
                tag.lemma.to_string(),
            ];
            let width = cells.iter().map(|c| columns(c)).max().unwrap_or(0) + 2;
            if used + width > self.paint.width.max(40) - 4 && used > 0 {
                self.flush(&mut rows);
                used = 0;
            }
            used += width;
            for (row, cell) in rows.iter_mut().zip(cells) {
                let _ = write!(row, "{cell}{:1$}", "", width - columns(&cell));
            }
        }
        self.flush(&mut rows);
    }

    fn flush(&mut self, rows: &mut [String; 3]) {
        for (i, row) in rows.iter_mut().enumerate() {
            let row = std::mem::take(row);
            let style = if i == 0 { Style::new() } else { FAINT };
            let row = self.painted(style, row.trim_end());
            self.line(&format!("    {row}"));
        }
    }

    fn tree(&mut self, sentence: &Sentence) {
        let rows = rows(&self.document.tree, sentence.tokens);
        let word = |row: &Row| columns(&row.lines) + columns(self.document.form(row.token));
        let widest = rows.iter().map(word).filter(|w| *w < 72).max().unwrap_or(0);
        for row in rows {
            let form = one_line(self.document.form(row.token));
            let gap = (widest + 2).saturating_sub(columns(&row.lines) + columns(&form)).max(1);
            let relation = self.painted(RELATION, self.document.tree.label(row.token));
            let lines = self.painted(FAINT, &row.lines);
            self.line(&format!("    {lines}{form}{:gap$}{relation}", ""));
        }
    }

    fn names(&mut self, sentence: &Sentence) {
        let inside = |name: &&Name| sentence.span.contains(name.span);
        let names: Vec<String> =
            self.document.names.iter().filter(inside).map(|n| self.name(n)).collect();
        if !names.is_empty() {
            self.line(&format!("    names: {}", names.join(", ")));
        }
    }

    fn name(&self, name: &Name) -> String {
        let words = self.painted(NAME, &one_line(self.document.slice(name.span)));
        format!("{words} ({})", view::name_kind(name.kind))
    }

    fn times(&mut self, sentence: &Sentence) {
        let times = self.document.times.iter().filter(|t| sentence.span.contains(t.span));
        let times: Vec<String> = times
            .map(|t| {
                let value =
                    t.value.as_ref().map_or_else(|| "unknown".to_owned(), ToString::to_string);
                format!("{} = {value}", one_line(self.document.slice(t.span)))
            })
            .collect();
        if !times.is_empty() {
            self.line(&format!("    times: {}", times.join(", ")));
        }
    }

    fn attribution(&mut self, index: usize, attribution: &Attribution) {
        let words = |span: Span| one_line(self.document.slice(span));
        let source = attribution.source.as_ref().map_or("(somebody)".into(), |s| words(s.span));
        let cue = attribution.cue.map_or_else(|| attribution.cue_lemma.to_string(), words);
        let content: Vec<String> =
            attribution.content.iter().map(|&c| shortened(&words(c), 60)).collect();
        let not = if attribution.polarity == Polarity::Negative { ", negated" } else { "" };
        let within =
            attribution.within.map_or(String::new(), |a| format!(", within a{}", a.next()));
        let line = format!(
            "    a{}: {} | {cue} | {} ({:?}, {:?}{not}{within})",
            index + 1,
            self.painted(NAME, &source),
            content.join(" … "),
            attribution.kind,
            attribution.attitude,
        );
        self.line(&line);
    }

    fn claim(&mut self, statement: &Statement) {
        let words = |span: Span| one_line(self.document.slice(span));
        let object = statement.object.as_ref().map_or("–".into(), |o| words(o.span));
        let mut line = format!(
            "    c{}: {} | {} | {}",
            statement.claim.next(),
            self.painted(CLAIM, &words(statement.subject.span)),
            self.painted(CLAIM, &statement.relation.lemmas.join(" ")),
            self.painted(CLAIM, &object),
        );
        for qualifier in &statement.qualifiers {
            let _ = write!(line, " | {}: {}", qualifier.preposition, words(qualifier.term.span));
        }
        line.push_str(&how_put(statement));
        self.line(&line);
    }

    fn entities(&mut self) {
        let entities = &self.findings.resolution.entities;
        let named = || entities.iter().filter(|e| !e.names.is_empty());
        if named().next().is_none() {
            return;
        }
        self.line("");
        let head = self.painted(HEAD, "entities");
        self.line(&head);
        for entity in named() {
            let link = entity.links.first().map_or(String::new(), |l| format!(" = {}", l.id));
            let kind = view::kind_name(entity).unwrap_or("?");
            let label = self.painted(NAME, &entity.label);
            self.line(&format!("    {label} ({kind}){link}, {} mentions", entity.mentions.len()));
        }
    }
}

/// How a claim is put, in brackets: polarity, modality, time, whose word it is, and
/// whether it is asserted.
fn how_put(statement: &Statement) -> String {
    let mut how = format!(" ({:?}, {:?}", statement.polarity, statement.modality);
    if let Some(value) = statement.when.as_ref().and_then(|when| when.value.as_ref()) {
        let _ = write!(how, ", {value}");
    }
    if let Some(attribution) = statement.attributions.first() {
        let _ = write!(how, ", by a{}", attribution.next());
    }
    if statement.assertion.is_asserted() {
        how.push_str(", asserted");
    }
    how + ")"
}

/// How a block that is no paragraph is marked behind the sentence's number.
fn kind_mark(block: BlockKind) -> &'static str {
    match block {
        BlockKind::Title => " title",
        BlockKind::Heading => " heading",
        BlockKind::Paragraph => "",
        BlockKind::Item => " item",
        BlockKind::Boilerplate => " boilerplate, passed over",
    }
}

/// How many columns words take, near enough: one a grapheme.
fn columns(words: &str) -> usize {
    if words.is_ascii() { words.len() } else { words.graphemes(true).count() }
}

/// The words with single spaces, so that they stay on one line and no control
/// character reaches the terminal.
fn one_line(words: &str) -> String {
    let shown: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of the words, at most so many characters.
fn shortened(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", words.get(..at).unwrap_or(words).trim_end()),
        None => words.to_owned(),
    }
}
