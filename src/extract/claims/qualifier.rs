//! Everything else that is said of a claim: time, place, manner, recipient.

use compact_str::CompactString;

use super::argument::{argument, is_excluded};
use crate::analyse::syntax::is;
use crate::extract::lexicon::Lexicon;
use crate::extract::{Arc, Graph};
use crate::extract::{ArgumentKind, Qualifier};
use crate::text::{Deprel, FunctionWord, TokenId, Upos};

/// The dependents of a word that no slot of the claim has taken; nor what is
/// coordinated with one that has been: another claim is about that.
pub(crate) fn qualifiers(
    graph: &Graph,
    lexicon: &Lexicon,
    word: TokenId,
    taken: &[TokenId],
) -> Vec<Qualifier> {
    let first = |t: TokenId| graph.first_conjunct(t);
    let of_taken: Vec<TokenId> = taken.iter().filter(|t| **t != word).map(|&t| first(t)).collect();
    let is_free = |t: TokenId| !taken.contains(&t) && !of_taken.contains(&first(t));
    let free = graph.down(word).iter().filter(|a| is_free(a.dependent));
    let free = free.filter(|a| !is_excluded(graph.document, a.dependent));
    let mut found: Vec<Qualifier> = Vec::new();
    for arc in free {
        let Some(preposition) = joint(graph, lexicon, arc) else { continue };
        if found.iter().all(|q| q.argument.head != arc.dependent) {
            let argument = argument(graph, lexicon, arc.dependent, kind(graph, arc), &[]);
            found.push(Qualifier { preposition, argument });
        }
    }
    found
}

/// Clauses by their relation; other dependents by their words.
fn kind(graph: &Graph, arc: &Arc) -> Option<ArgumentKind> {
    let clause = matches!(arc.label, Deprel::Advcl | Deprel::Ccomp | Deprel::Xcomp);
    (clause && graph.is_clause(arc.dependent)).then_some(ArgumentKind::Clause)
}

/// What joins a dependent to its relation; none where it is no qualifier.
fn joint(graph: &Graph, lexicon: &Lexicon, arc: &Arc) -> Option<CompactString> {
    let document = graph.document;
    let word = arc.dependent;
    if arc.label == Deprel::Nmod && graph.is_clause(arc.head) {
        return None;
    }
    let time =
        document.time_at(word).is_some() || lexicon.has("time-words", None, document.lemma(word));
    let plain = |name: &str| Some(CompactString::from(name));
    match arc.label {
        Deprel::Iobj => plain("recipient"),
        Deprel::OblAgent => plain("by"),
        Deprel::Obl | Deprel::Nmod => {
            Some(preposition(graph, arc).unwrap_or_else(|| unmarked(time)))
        }
        Deprel::OblUnmarked | Deprel::OblTmod | Deprel::OblNpmod | Deprel::NmodUnmarked => {
            Some(unmarked(time))
        }
        Deprel::Advmod if time => plain("time"),
        Deprel::Advmod if is_manner(graph, word) => plain("manner"),
        Deprel::Advcl => clause(graph, arc),
        Deprel::Xcomp | Deprel::Ccomp if graph.is_clause(word) => plain("complement"),
        _ => None,
    }
}

fn unmarked(time: bool) -> CompactString {
    CompactString::from(if time { "time" } else { "manner" })
}

fn is_manner(graph: &Graph, word: TokenId) -> bool {
    let document = graph.document;
    document.lemma(word).ends_with("ly") && document.tag(word).upos == Upos::Adv
}

/// Its case markers in one: `in`, `because of`.
pub(crate) fn preposition(graph: &Graph, arc: &Arc) -> Option<CompactString> {
    let document = graph.document;
    let tree = &document.tree;
    let marker = graph.markers(arc).find(|&m| tree.is(m, Deprel::Case))?;
    let mut words = document.lemma(marker).to_lowercase();
    for fixed in tree.children_by(marker, Deprel::Fixed) {
        words.push(' ');
        words.push_str(document.lemma(fixed));
    }
    Some(words.into())
}

/// Adverbial clauses: `purpose` for infinitives, else by their conjunction.
fn clause(graph: &Graph, arc: &Arc) -> Option<CompactString> {
    let document = graph.document;
    let marker = graph.markers(arc).next();
    marker.map(|m| {
        if is(document, m, FunctionWord::To) {
            "purpose".into()
        } else {
            document.lemma(m).to_lowercase().into()
        }
    })
}

/// Whether an argument tells a time.
pub(crate) fn is_time(graph: &Graph, qualifier: &Qualifier) -> bool {
    qualifier.argument.kind != ArgumentKind::Clause
        && graph.document.time_at(qualifier.argument.head).is_some()
}
