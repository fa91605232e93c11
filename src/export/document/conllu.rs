//! A document as CoNLL-U (<https://universaldependencies.org/format.html>).
//!
//! In: a document. Out: text that [`read::conllu`](crate::read::conllu) turns
//! back into the same article, sentences, tokens, tags, tree and names. Other
//! layers are not carried.
//!
//! The last column has `SpaceAfter=No` and, for other gaps than one space,
//! `SpacesAfter`; `TokenRange=start:end` in characters of the article's text;
//! names as `NER=B-person`, `NER=I-person`; and how sure the parser was of head and relation
//! as `Certainty=31,255`, in tenths.

use std::fmt::{self, Write};

use crate::text::{
    CharOffsets, Document, Edge, NameKind, Published, Sentence, SentenceId, Span, TokenId,
};

/// The document as CoNLL-U.
pub fn to_conllu(document: &Document) -> String {
    let mut out = String::with_capacity(document.tokens.len() * 64);
    // Writing to a string cannot fail.
    let _ = write(document, &mut out);
    out
}

/// Writes the document as CoNLL-U; fails only as `out` does.
pub fn write(document: &Document, out: &mut impl Write) -> fmt::Result {
    let offsets = CharOffsets::new(&document.article.text);
    let page = Page { document, offsets, labels: labels(document) };
    for (id, sentence) in document.sentences.iter().enumerate() {
        page.sentence(SentenceId::from_index(id), sentence, out)?;
    }
    Ok(())
}

/// For each token the name it belongs to, and whether it begins it.
type Labels = Vec<Option<(bool, NameKind)>>;

fn labels(document: &Document) -> Labels {
    let mut labels = vec![None; document.tokens.len()];
    for name in &document.names {
        for token in name.tokens {
            if let Some(label) = labels.get_mut(token.index()) {
                *label = Some((token == name.tokens.start, name.kind));
            }
        }
    }
    labels
}

struct Page<'a> {
    document: &'a Document,
    offsets: CharOffsets,
    labels: Labels,
}

impl Page<'_> {
    fn sentence(&self, id: SentenceId, sentence: &Sentence, out: &mut impl Write) -> fmt::Result {
        if id.index() == 0 {
            self.header(out)?;
        }
        let name = &self.document.article.id;
        writeln!(out, "# sent_id = {name}-{}", id.next())?;
        if self.starts_block(id) {
            writeln!(out, "# newpar\n# newpar_block = {}", sentence.block.as_str())?;
        }
        writeln!(out, "# text = {}", one_line(self.document.slice(sentence.span)))?;
        let mut token = sentence.tokens.start;
        while token < sentence.tokens.end {
            let end = self.end_of_surface(token, sentence.tokens.end);
            if end > token + 1 {
                self.range(sentence, token, end, out)?;
            }
            for word in token.until(end) {
                let misc = self.misc(sentence, word, (end == token + 1).then_some(end));
                self.word(sentence, word, &misc, out)?;
            }
            token = end;
        }
        writeln!(out)
    }

    fn header(&self, out: &mut impl Write) -> fmt::Result {
        let article = &self.document.article;
        writeln!(out, "# newdoc id = {}", article.id)?;
        let published = article.published.map(|at| match at {
            Published::Moment(moment) => moment.to_string(),
            Published::Day(day) => day.to_string(),
        });
        for (key, value) in [
            ("title", article.title.as_deref()),
            ("author", article.byline.as_deref()),
            ("dateline", article.dateline.as_deref()),
            ("credit", article.credit.as_deref()),
            ("rights", article.rights.as_deref()),
            ("publisher", article.publisher.as_deref()),
            ("sourceURL", article.url.as_deref()),
            ("dateCreated", published.as_deref()),
            ("language", Some(article.language.as_str())),
        ] {
            if let Some(value) = value.filter(|v| !v.is_empty()) {
                writeln!(out, "# meta::{key} = {}", one_line(value))?;
            }
        }
        Ok(())
    }

    fn starts_block(&self, id: SentenceId) -> bool {
        let block = |id: SentenceId| self.document.sentence(id).map(|s| s.block_index);
        id.previous().is_none_or(|before| block(before) != block(id))
    }

    /// One past the last word of the surface token that starts here.
    fn end_of_surface(&self, token: TokenId, limit: TokenId) -> TokenId {
        let joined = |t: &TokenId| self.document.tokens.get(t.index()).is_some_and(|t| t.joined);
        (token + 1).until(limit).iter().take_while(joined).last().unwrap_or(token) + 1
    }

    /// The line of a multi-word token.
    fn range(
        &self,
        sentence: &Sentence,
        first: TokenId,
        last: TokenId,
        out: &mut impl Write,
    ) -> fmt::Result {
        let span = self.document.span_of(first.until(last));
        let form = one_line(self.document.slice(span));
        let (from, to) = (first - sentence.tokens.start + 1, last - sentence.tokens.start);
        let mut misc = self.spacing(sentence, first, last);
        misc.push(self.token_range(span));
        writeln!(out, "{from}-{to}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{}", misc.join("|"))
    }

    fn word(
        &self,
        sentence: &Sentence,
        token: TokenId,
        misc: &[String],
        out: &mut impl Write,
    ) -> fmt::Result {
        let document = self.document;
        let number = |t: TokenId| t.index() - sentence.tokens.start.index() + 1;
        let tag = document.tag(token);
        write!(out, "{}\t{}\t", number(token), one_line(document.form(token)))?;
        write!(out, "{}\t{}\t", or_none(&one_line(&tag.lemma)), tag.upos.as_str())?;
        write!(out, "{}\t{}\t", or_none(&tag.xpos), or_none(&tag.feats.0))?;
        let head = document.tree.head(token).map_or(0, number);
        let label = or_none(document.tree.label(token));
        let mut edges = vec![(head, label.to_owned())];
        edges.extend(self.extra(token).iter().map(|e| (number(e.head), e.label.to_string())));
        edges.sort_unstable();
        let edges: Vec<String> =
            edges.iter().map(|(head, name)| format!("{head}:{name}")).collect();
        write!(out, "{head}\t{label}\t{}", edges.join("|"))?;
        let misc = misc.join("|");
        writeln!(out, "\t{}", or_none(&misc))
    }

    fn extra(&self, token: TokenId) -> &[Edge] {
        let extra = &self.document.tree.extra;
        let first = extra.partition_point(|e| e.dependent < token);
        let last = extra.partition_point(|e| e.dependent <= token);
        extra.get(first..last).unwrap_or(&[])
    }

    /// The last column of a word; `surface_end` is set where the word is a
    /// surface token of its own.
    fn misc(
        &self,
        sentence: &Sentence,
        token: TokenId,
        surface_end: Option<TokenId>,
    ) -> Vec<String> {
        let mut misc = Vec::new();
        if let Some(Some((begins, kind))) = self.labels.get(token.index()) {
            misc.push(format!("NER={}-{}", if *begins { "B" } else { "I" }, kind.as_str()));
        }
        if token.index() == 0 {
            let before = self.document.article.text.get(..sentence.span.start as usize);
            let before = before.filter(|gap| !gap.is_empty());
            misc.extend(before.map(|gap| format!("SpacesBefore={}", escape(gap))));
        }
        if let Some(end) = surface_end {
            misc.extend(self.spacing(sentence, token, end));
        }
        misc.push(self.token_range(self.document.span(token)));
        let certainty = self.document.tree.certainties().get(token.index());
        misc.extend(certainty.map(|certainty| format!("Certainty={certainty}")));
        misc
    }

    /// What the last column says of the gap after the surface token
    /// `first..last`: nothing where it is what a reader expects.
    fn spacing(&self, sentence: &Sentence, first: TokenId, last: TokenId) -> Vec<String> {
        let tokens = &self.document.tokens;
        let start = self.document.span_of(first.until(last)).end;
        let next = tokens.get(last.index());
        let end = next.map_or(self.document.article.text.len() as u32, |t| t.span.start);
        let gap = self.document.slice(Span::new(start, end));
        let id = self.document.sentence_of(first).unwrap_or_default();
        let expected = match next {
            None => "",
            Some(_) if last == sentence.tokens.end && self.starts_block(id.next()) => "\n\n",
            Some(_) => " ",
        };
        match gap {
            gap if gap == expected => Vec::new(),
            "" if expected == " " => vec!["SpaceAfter=No".to_owned()],
            gap => vec![format!("SpacesAfter={}", escape(gap))],
        }
    }

    fn token_range(&self, span: Span) -> String {
        let range = self.offsets.span(span);
        format!("TokenRange={}:{}", range.start, range.end)
    }
}

/// A column's value, `_` for none.
fn or_none(value: &str) -> &str {
    if value.is_empty() { "_" } else { value }
}

/// The text with its line breaks and tabs as spaces.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }).collect()
}

/// White space as UDPipe writes it in the last column.
fn escape(gap: &str) -> String {
    let mut text = String::with_capacity(gap.len() * 2);
    for c in gap.chars() {
        match c {
            ' ' => text.push_str(r"\s"),
            '\t' => text.push_str(r"\t"),
            '\n' => text.push_str(r"\n"),
            '\r' => text.push_str(r"\r"),
            '|' => text.push_str(r"\p"),
            '\\' => text.push_str(r"\\"),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests;
