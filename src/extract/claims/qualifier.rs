//! Everything else that is said of a claim: time, place, manner, recipient.

use compact_str::CompactString;

use super::argument::{argument, is_excluded};
use crate::analyse::syntax::is;
use crate::extract::lexicon::Lexicon;
use crate::extract::{Arc, Graph};
use crate::extract::{Argument, ArgumentKind, Qualifier};
use crate::text::{Deprel, Document, FunctionWord, Span, TokenId, Upos};

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
    let mut measures: Vec<TokenId> = Vec::new();
    for arc in free {
        let Some(preposition) = joint(graph, lexicon, arc) else { continue };
        if found.iter().any(|q| q.argument.head == arc.dependent) {
            continue;
        }
        let measure = measure(graph, lexicon, arc);
        measures.extend(measure);
        found.push(match (measure, joined(graph, lexicon, arc)) {
            (Some(measure), _) => measured(graph, lexicon, arc, measure),
            (None, Some((preposition, word))) => {
                let argument = argument(graph, lexicon, word, None, &[]);
                Qualifier { preposition, argument }
            }
            (None, None) => {
                let kind = kind(graph, arc);
                let argument = argument(graph, lexicon, arc.dependent, kind, &[word]);
                behind_preposition(graph.document, preposition, argument)
            }
        });
    }
    found.retain(|q| !measures.contains(&q.argument.head));
    found
}

/// A qualifier whose words begin behind its preposition.
fn behind_preposition(
    document: &Document,
    preposition: CompactString,
    argument: Argument,
) -> Qualifier {
    let words = document.tokens_in(argument.span);
    let first = words.start;
    let repeats = words.len() > 1
        && first < argument.head
        && document.tag(first).upos == Upos::Adp
        && *document.lemma(first) == *preposition;
    if !repeats {
        return Qualifier { preposition, argument };
    }
    let span = document.span_of((first + 1).until(words.end));
    let core = Span::new(argument.core.start.max(span.start), argument.core.end);
    Qualifier { preposition, argument: Argument { core, span, ..argument } }
}

/// The list of what joins beside prepositions of one word: *in addition to*, *where*.
const JOINED: &str = "joined-prepositions";

/// A preposition with a noun in it, and the word that it joins: *in addition to* Paris.
fn joined(graph: &Graph, lexicon: &Lexicon, arc: &Arc) -> Option<(CompactString, TokenId)> {
    let document = graph.document;
    let tree = &document.tree;
    let noun = arc.dependent;
    let (first, word) = (tree.child(noun, Deprel::Case)?, tree.child(noun, Deprel::Nmod)?);
    let second = tree.child(word, Deprel::Case)?;
    if first > noun || second != noun + 1 || word < noun {
        return None;
    }
    for &child in tree.children(noun) {
        let light = matches!(tree.deprel(child).main(), Deprel::Case | Deprel::Det | Deprel::Punct);
        if child != word && !light {
            return None;
        }
    }
    let words = [first, noun, second].map(|t| document.lemma(t).to_lowercase()).join(" ");
    lexicon.has(JOINED, Some("noun"), &words).then(|| (words.into(), word))
}

/// The noun of time right before a preposition or conjunction that tells how long before
/// or after something it was: *two days* after the vote.
fn measure(graph: &Graph, lexicon: &Lexicon, arc: &Arc) -> Option<TokenId> {
    let document = graph.document;
    let tree = &document.tree;
    let marker = graph.markers(arc).min()?;
    if !lexicon.has("measured", None, &document.lemma(marker).to_lowercase()) {
        return None;
    }
    let noun = marker.previous()?;
    let time = document.time_at(noun).is_some()
        || lexicon.has("time-words", None, &document.lemma(noun).to_lowercase());
    let head = tree.head(noun)?;
    let beside = [arc.head, arc.dependent, marker].contains(&head) && noun != arc.head;
    let bare = !tree.has(noun, Deprel::Case) && document.tag(noun).upos == Upos::Noun;
    let related = matches!(arc.label, Deprel::Obl | Deprel::Advcl);
    (time && beside && bare && related && !is_argument(graph, noun)).then_some(noun)
}

/// Whether a noun is the subject or object of its verb.
fn is_argument(graph: &Graph, noun: TokenId) -> bool {
    matches!(
        graph.document.tree.deprel(noun).main(),
        Deprel::Nsubj | Deprel::Obj | Deprel::Iobj | Deprel::Conj | Deprel::Root
    )
}

/// What is told with its measure, as a time: *two days after the vote*.
fn measured(graph: &Graph, lexicon: &Lexicon, arc: &Arc, measure: TokenId) -> Qualifier {
    let document = graph.document;
    let kind = kind(graph, arc).unwrap_or(ArgumentKind::Value);
    let told = argument(graph, lexicon, arc.dependent, Some(kind), &[]);
    let first = document.tree.subtree(measure).first().copied().unwrap_or(measure);
    let last = document.tokens_in(told.span).last().unwrap_or(arc.dependent);
    let span = document.span_of(first.min(measure).through(last));
    let phrase = told.phrase.cover(span);
    let argument = Argument { core: span, span, phrase, ..told };
    Qualifier { preposition: "time".into(), argument }
}

/// Whether a word stands before the conjunction of the clause that the tree hangs it on: it
/// tells how long before or after that something else was.
fn measures_clause(graph: &Graph, arc: &Arc) -> bool {
    match graph.document.tree.child(arc.head, Deprel::Mark) {
        Some(mark) => arc.basic && mark < arc.head && arc.dependent < mark,
        None => false,
    }
}

/// Clauses by their relation, values by what they say of an object; other dependents by
/// their words.
fn kind(graph: &Graph, arc: &Arc) -> Option<ArgumentKind> {
    if says_of_object(graph, arc) {
        return Some(ArgumentKind::Value);
    }
    let clause = matches!(arc.label, Deprel::Advcl | Deprel::Ccomp | Deprel::Xcomp);
    (clause && graph.is_clause(arc.dependent)).then_some(ArgumentKind::Clause)
}

/// Whether a noun or adjective tells what becomes of an object, or what it is called: "called
/// the plan *a mistake*".
fn says_of_object(graph: &Graph, arc: &Arc) -> bool {
    let document = graph.document;
    let tag = document.tag(arc.dependent).upos;
    arc.basic
        && arc.label == Deprel::Xcomp
        && matches!(tag, Upos::Noun | Upos::Propn | Upos::Adj)
        && !graph.is_clause(arc.dependent)
        && document.tree.has(arc.head, Deprel::Obj)
}

/// What joins a dependent to its relation; none where it is no qualifier.
fn joint(graph: &Graph, lexicon: &Lexicon, arc: &Arc) -> Option<CompactString> {
    let document = graph.document;
    let word = arc.dependent;
    if tells_nothing(graph, lexicon, arc) {
        return None;
    }
    let time =
        document.time_at(word).is_some() || lexicon.has("time-words", None, document.lemma(word));
    let plain = |name: &str| Some(CompactString::from(name));
    match arc.label {
        Deprel::Iobj => plain("recipient"),
        Deprel::OblAgent => plain("by"),
        Deprel::Obl | Deprel::Nmod => {
            let joined = preposition(graph, lexicon, arc)
                .or_else(|| relative_adverb(graph, lexicon, arc))
                .or_else(|| preposition_within(document, word));
            joined.or_else(|| unmarked(graph, lexicon, arc, time))
        }
        Deprel::OblUnmarked | Deprel::OblTmod | Deprel::OblNpmod | Deprel::NmodUnmarked => {
            unmarked(graph, lexicon, arc, time)
        }
        Deprel::Advmod if time => plain("time"),
        Deprel::Advmod if is_manner(graph, lexicon, word) || is_degree(graph, arc) => {
            plain("manner")
        }
        Deprel::Advmod if is_place(graph, lexicon, arc) => plain("where"),
        Deprel::Advcl => clause(graph, arc),
        Deprel::Xcomp | Deprel::Ccomp if graph.is_clause(word) => plain("complement"),
        Deprel::Xcomp if says_of_object(graph, arc) => plain("complement"),
        _ => None,
    }
}

/// Whether a dependent is no qualifier, whatever joins it.
fn tells_nothing(graph: &Graph, lexicon: &Lexicon, arc: &Arc) -> bool {
    let document = graph.document;
    let word = arc.dependent;
    let of_noun = arc.label == Deprel::Nmod && graph.is_clause(arc.head);
    let stray = matches!(document.tag(word).upos, Upos::Adp | Upos::Part);
    let asks = arc.label == Deprel::Advmod && document.tag(word).xpos.starts_with('W');
    let part = is_part_of_clause(graph, arc) || is_part_of_word(document, arc);
    let aside = arc.label == Deprel::Obl && only_goes_on(document, lexicon, word);
    of_noun || stray || asks || part || aside || measures_clause(graph, arc)
}

/// *Then* of a *then-president*.
fn is_part_of_word(document: &Document, arc: &Arc) -> bool {
    let hyphen = arc.dependent + 1;
    arc.label == Deprel::Advmod
        && document.tag(hyphen).xpos == "HYPH"
        && document.span(arc.dependent).end == document.span(hyphen).start
}

/// *For example*: a phrase with which the speaker only goes on.
pub(super) fn only_goes_on(document: &Document, lexicon: &Lexicon, noun: TokenId) -> bool {
    let below = document.tree.subtree(noun);
    let words = below.iter().filter(|&&t| document.tag(t).upos != Upos::Punct);
    let words: Vec<String> = words.map(|&t| document.lemma(t).to_lowercase()).collect();
    words.len() == 2 && lexicon.has(JOINED, Some("aside"), &words.join(" "))
}

/// *Where* of a clause that describes a place, for which the place stands.
fn relative_adverb(graph: &Graph, lexicon: &Lexicon, arc: &Arc) -> Option<CompactString> {
    let adverb = Some(arc.via).filter(|&via| via != arc.dependent)?;
    let lemma = graph.document.lemma(adverb).to_lowercase();
    lexicon.has(JOINED, Some("place"), &lemma).then(|| lemma.into())
}

/// What nothing joins to its verb: a time, a measure (*two days*, *this way*), or an adverb.
fn unmarked(graph: &Graph, lexicon: &Lexicon, arc: &Arc, time: bool) -> Option<CompactString> {
    let document = graph.document;
    let noun = matches!(document.tag(arc.dependent).upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let number = |t: TokenId| document.tag(t).upos == Upos::Num;
    let lemma = document.lemma(arc.dependent).to_lowercase();
    let way = lexicon.has(JOINED, Some("unjoined"), &lemma);
    let measure = way || document.tree.subtree(arc.dependent).into_iter().any(number);
    match (time, noun) {
        (true, _) => Some("time".into()),
        (false, true) if !measure || !arc.basic => None,
        _ => Some("manner".into()),
    }
}

/// The preposition that a phrase begins with, where the tree hangs it on another of its words:
/// "apologised *to* all involved".
fn preposition_within(document: &Document, word: TokenId) -> Option<CompactString> {
    let first = document.tree.subtree(word).first().copied()?;
    let within = first < word && document.tag(first).upos == Upos::Adp;
    (within && document.tree.is(first, Deprel::Case))
        .then(|| marker_word(document, first).to_lowercase().into())
}

/// An adverb of manner; not one with which the speaker only comments, points at a word, or
/// tells how sure it is: a claim says that by its modality.
fn is_manner(graph: &Graph, lexicon: &Lexicon, word: TokenId) -> bool {
    let document = graph.document;
    let lemma = document.lemma(word).to_lowercase();
    let hedges = |class| lexicon.has("hedges", Some(class), &lemma);
    lemma.ends_with("ly")
        && document.tag(word).upos == Upos::Adv
        && !lexicon.has("additions", Some("aside"), &lemma)
        && !hedges("adverb")
        && !hedges("hearsay")
}

/// An adverb of some degree behind its verb: go *too far*.
fn is_degree(graph: &Graph, arc: &Arc) -> bool {
    let document = graph.document;
    arc.dependent > arc.head
        && document.tag(arc.dependent).upos == Upos::Adv
        && document.tag(arc.head).upos == Upos::Verb
        && document.tree.has(arc.dependent, Deprel::Advmod)
        && document.tree.subtree(arc.dependent).last() == Some(&arc.dependent)
}

/// An adverb behind its verb that tells where: held *online*, sent *abroad*; behind its
/// object, whereto: brought them *home*.
fn is_place(graph: &Graph, lexicon: &Lexicon, arc: &Arc) -> bool {
    let document = graph.document;
    let lemma = document.lemma(arc.dependent).to_lowercase();
    let next = document.tree.head(arc.dependent + 1);
    let of_time = next.is_some_and(|word| document.time_at(word).is_some());
    let behind_object = arc.dependent > arc.head + 1
        && !of_time
        && document.tree.children_by(arc.head, Deprel::Obj).any(|object| object < arc.dependent);
    let listed = |class| lexicon.has(JOINED, Some(class), &lemma);
    arc.dependent > arc.head && (listed("adverb-place") || behind_object && listed("adverb-goal"))
}

/// Whether only a part of a clause is coordinated with another: "if it was no clerk or
/// *guard*".
fn is_part_of_clause(graph: &Graph, arc: &Arc) -> bool {
    arc.label == Deprel::Advcl && !arc.basic && !graph.is_clause(arc.dependent)
}

/// The adverb that is of one preposition with the word behind it: *next* to.
pub(super) fn adverb_before(
    document: &Document,
    lexicon: &Lexicon,
    marker: TokenId,
) -> Option<TokenId> {
    let adverb = marker.previous()?;
    let bare = document.tree.children(adverb).iter().all(|&c| c == marker);
    let listed = lexicon.has(JOINED, Some("adverb"), &document.lemma(adverb).to_lowercase());
    let to = is(document, marker, FunctionWord::To);
    (to && listed && bare && document.tree.is(adverb, Deprel::Advmod)).then_some(adverb)
}

/// Its case markers in one: `in`, `because of`.
fn preposition(graph: &Graph, lexicon: &Lexicon, arc: &Arc) -> Option<CompactString> {
    let document = graph.document;
    let tree = &document.tree;
    let marker = graph.markers(arc).find(|&m| tree.is(m, Deprel::Case))?;
    let mut words = marker_word(document, marker).to_lowercase();
    if let Some(adverb) = adverb_before(document, lexicon, marker) {
        words = format!("{} {words}", document.lemma(adverb).to_lowercase());
    }
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
            marker_word(document, m).to_lowercase().into()
        }
    })
}

/// What a preposition or conjunction is called: participles that serve as one by their form,
/// *following* the vote, *given* the price.
pub(super) fn marker_word(document: &Document, marker: TokenId) -> &str {
    match document.tag(marker).upos {
        Upos::Verb => document.form(marker),
        _ => document.lemma(marker),
    }
}

/// Whether an argument tells a time.
pub(crate) fn is_time(graph: &Graph, qualifier: &Qualifier) -> bool {
    qualifier.argument.kind != ArgumentKind::Clause
        && graph.document.time_at(qualifier.argument.head).is_some()
}
