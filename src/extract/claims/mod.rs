//! Claims from what the rules found.
//!
//! In: the graph of a document, the matches of rules that emit claims, and the
//! scopes of polarity and modality. Out: [`Claim`]s in order of sentence, then of
//! relation, one for each [fact]. Claims of boilerplate are left out; of two that say
//! the same of the same words, the one of the rule with the greater weight stays.
//!
//! A claim whose verb is the cue of an attribution ("Kirby said that …") is not
//! made where the attribution carries it already, and what stands within what
//! somebody did *not* say is left out: nothing follows of it.

mod accused;
mod alternative;
pub(super) mod argument;
mod assertion_filter;
mod certainty;
mod complement;
mod draft;
mod fact;
mod mute;
mod named;
mod pair;
mod phrase;
mod qualifier;
mod reconcile;
mod relation;
mod time;
mod title;
mod whole;

use std::collections::BTreeMap;

use compact_str::CompactString;

use self::draft::Draft;
pub(super) use self::reconcile::reconcile;
use super::ellipsis::Gap;
use super::lexicon::Lexicon;
use super::rule::{ClaimForm, ClaimMatch, Emit, RelationPart, Rules, bound};
use super::scope::{Factuality, Scopes};
use super::sentence::Graph;
use super::{Argument, ArgumentKind, Claim, Modality, Polarity, Qualifier, Relation};
use crate::analyse::syntax::pronoun;
use crate::text::{BlockKind, Deprel, Document, FunctionWord, NameKind, Span, TokenId, Upos};

/// Makes the claims of a document, not yet linked to attributions, and tells of
/// each whether it is only somebody's word by the words around it.
pub(super) fn claims(
    graph: &Graph,
    rules: &Rules,
    lexicon: &Lexicon,
    matches: &[ClaimMatch],
    scopes: &mut Scopes,
) -> (Vec<Claim>, Vec<bool>) {
    let restored = restored(graph, rules, matches);
    let mut drafts: Vec<Draft> =
        matches.iter().filter_map(|m| draft(graph, rules, lexicon, m, scopes)).collect();
    for (found, gap) in &restored {
        let draft = draft(graph, rules, lexicon, found, scopes);
        drafts.extend(draft.map(|draft| restore(graph.document, draft, gap, scopes)));
    }
    drafts.sort_by(|a, b| a.key().cmp(&b.key()).then(b.weight.total_cmp(&a.weight)));
    drafts.dedup_by(|later, kept| later.key() == kept.key());
    let mut facts = fact::facts(graph, drafts);
    facts.retain(|draft| !mute::is_mute(graph, lexicon, &draft.claim));
    for draft in &mut facts {
        alternative::weaken(graph.document, &mut draft.claim);
    }
    facts.into_iter().map(|d| (d.claim, d.reported)).unzip()
}

/// What rules found of a clause, said of one that leaves its verb out.
fn restored<'a>(
    graph: &'a Graph,
    rules: &Rules,
    matches: &[ClaimMatch],
) -> Vec<(ClaimMatch, &'a Gap)> {
    let mut by_verb: BTreeMap<TokenId, Vec<&Gap>> = BTreeMap::new();
    for gap in &graph.gaps {
        by_verb.entry(gap.verb).or_default().push(gap);
    }
    let mut restored = Vec::new();
    if by_verb.is_empty() {
        return restored;
    }
    for found in matches {
        let Some(form) = form_of(rules, found) else { continue };
        for part in &form.relation {
            let RelationPart::Node(node) = part else { continue };
            let Some(verb) = bound(&found.nodes, *node) else { continue };
            for gap in by_verb.get(&verb).into_iter().flatten() {
                restored.extend(stand_in(form, found, gap).map(|found| (found, *gap)));
            }
        }
    }
    restored
}

fn form_of<'r>(rules: &'r Rules, found: &ClaimMatch) -> Option<&'r ClaimForm> {
    match rules.get(found.rule)?.emits.get(found.emit)? {
        Emit::Claim(form) => Some(form),
        _ => None,
    }
}

/// A match at the verb of a gap, with the gap's words in the places of its own.
fn stand_in(form: &ClaimForm, found: &ClaimMatch, gap: &Gap) -> Option<ClaimMatch> {
    let subject = bound(&found.nodes, form.subject).filter(|&subject| subject != gap.verb)?;
    if let Some((object, _)) = gap.object
        && form.object.and_then(|node| bound(&found.nodes, node)) != Some(object)
    {
        return None;
    }
    let swaps = [gap.subject.map(|new| (subject, new)), gap.object, gap.marker];
    let mut nodes = found.nodes.clone();
    for word in nodes.iter_mut().flatten() {
        if let Some((_, new)) = swaps.iter().flatten().find(|(old, _)| old == word) {
            *word = *new;
        }
    }
    Some(ClaimMatch { nodes, ..found.clone() })
}

/// Says of a restored claim how it holds. It never passes the assertion filter: too much of it is
/// understood.
fn restore(document: &Document, mut draft: Draft, gap: &Gap, scopes: &mut Scopes) -> Draft {
    let claim = &mut draft.claim;
    if let Some(holder) = gap.holder {
        let factuality = scopes.factuality(holder);
        set_factuality(document, claim, factuality);
        // The words of this clause that stand for the verb are its evidence.
        claim.relation.span = document.span(holder);
        claim.clause = claim.clause.cover(claim.relation.span);
        draft.reported = factuality.reported;
    }
    if let Some((other, _)) = gap.object {
        claim.qualifiers.retain(|q| q.argument.head != other);
    }
    claim.passes_filter = false;
    draft.restored = true;
    draft
}

fn draft(
    graph: &Graph,
    rules: &Rules,
    lexicon: &Lexicon,
    found: &ClaimMatch,
    scopes: &mut Scopes,
) -> Option<Draft> {
    let rule = rules.get(found.rule)?;
    let form = form_of(rules, found)?;
    let mut claim = claim(graph, lexicon, form, &found.nodes)?;
    let predicate = predicate(form, &found.nodes, claim.relation.head);
    let factuality = scopes.factuality(predicate);
    set_factuality(graph.document, &mut claim, factuality);
    accused::tell_apart(graph, lexicon, &mut claim);
    if time::is_to_come(graph.document, lexicon, &claim, predicate) {
        claim.modality = super::scope::weaker(claim.modality, Modality::Future);
    }
    claim.passes_filter = assertion_filter::passes(graph, lexicon, &claim, rule.weight, scopes);
    if !claim.passes_filter {
        claim = longer(graph, lexicon, claim, rule.weight, scopes);
    }
    claim.rule.clone_from(&rule.id);
    Some(Draft { claim, reported: factuality.reported, weight: rule.weight, restored: false })
}

/// A claim of what is so with a longer object, if only that lets it pass the assertion filter.
fn longer(
    graph: &Graph,
    lexicon: &Lexicon,
    claim: Claim,
    weight: f32,
    scopes: &mut Scopes,
) -> Claim {
    if (claim.polarity, claim.modality) != (Polarity::Positive, Modality::Actual) {
        return claim;
    }
    let extended = extended(graph, lexicon, &claim);
    let completed = complement::completed(graph, lexicon, &claim);
    for longer in [extended, completed].into_iter().flatten() {
        if assertion_filter::passes(graph, lexicon, &longer, weight, scopes) {
            return Claim { passes_filter: true, ..longer };
        }
    }
    claim
}

/// A claim with the phrase behind its object.
fn extended(graph: &Graph, lexicon: &Lexicon, claim: &Claim) -> Option<Claim> {
    let object = claim.object.as_ref().filter(|o| o.kind == ArgumentKind::Entity)?;
    let object = argument::extended(graph, lexicon, object)?;
    let clause = claim.clause.cover(object.span);
    Some(Claim { object: Some(object), clause, ..claim.clone() })
}

/// The claim that a form makes of some words, as if it held plainly; none in
/// boilerplate, and none about the parts of one name: "Society for Birds in Need"
/// says nothing.
fn claim(
    graph: &Graph,
    lexicon: &Lexicon,
    form: &ClaimForm,
    nodes: &[Option<TokenId>],
) -> Option<Claim> {
    let document = graph.document;
    let object = form.object.and_then(|node| bound(nodes, node));
    let subject = subject_of(document, lexicon, bound(nodes, form.subject)?, object)?;
    if !may_be_told(document, subject, object) {
        return None;
    }
    let relation = relation::relation(graph, lexicon, &form.relation, nodes)?;
    if relation::is_preposition(document, lexicon, relation.head) {
        return None;
    }
    let sentence = document.sentence_of(relation.head)?;
    if document.sentence(sentence)?.block == BlockKind::Boilerplate {
        return None;
    }
    let qualifiers = qualifiers(graph, lexicon, form, nodes);
    let clause = clause(document, relation.head, subject, object);
    let mut object = object.map(|o| object_of(graph, lexicon, form, o, subject));
    let mut subject = argument::argument(graph, lexicon, subject, None, &[relation.head]);
    pair::complete(graph, lexicon, &mut subject, &relation);
    if let Some(object) = &mut object
        && !identify(document, lexicon, &relation, &mut subject, object)
    {
        return None;
    }
    let spans = [relation.span, subject.span].into_iter().chain(object.as_ref().map(|o| o.span));
    Some(Claim {
        sentence,
        clause: spans.fold(clause, Span::cover),
        subject,
        object,
        when: time::when(graph, &qualifiers),
        relation,
        qualifiers,
        polarity: Polarity::Positive,
        modality: Modality::Actual,
        attribution: None,
        passes_filter: false,
        rule: CompactString::default(),
    })
}

/// The object that a rule names, its word alone or the whole phrase.
fn object_of(
    graph: &Graph,
    lexicon: &Lexicon,
    form: &ClaimForm,
    head: TokenId,
    subject: TokenId,
) -> Argument {
    let whole = argument::argument(graph, lexicon, head, form.kind, &[subject]);
    let word = graph.document.span(head);
    if form.alone { Argument { core: word, span: word, phrase: word, ..whole } } else { whole }
}

/// The word that stands for what a claim is about; none for what is only compared, or is no
/// second thing.
fn subject_of(
    document: &Document,
    lexicon: &Lexicon,
    subject: TokenId,
    object: Option<TokenId>,
) -> Option<TokenId> {
    let subject = pair::described(document, lexicon, subject, object);
    let subject = pair::named(document, lexicon, subject);
    let told = !is_compared(document, lexicon, subject);
    (told && !pair::is_second_half(document, subject)).then_some(subject)
}

/// Settles what names whom, and what only describes, where one thing is said to be
/// another. No, where nothing is: a list, a part of a title.
fn identify(
    document: &Document,
    lexicon: &Lexicon,
    relation: &Relation,
    subject: &mut Argument,
    object: &mut Argument,
) -> bool {
    let is_be = |lemma| document.words.is(lemma, FunctionWord::Be);
    if matches!(relation.lemmas.as_slice(), [lemma] if is_be(lemma)) {
        argument::describe(document, subject, object);
        let beside = relation.head == object.head;
        if argument::is_title(document, lexicon, object, beside) {
            object.kind = ArgumentKind::Value;
        }
    }
    if is_name_behind(document, relation, subject, object) {
        std::mem::swap(subject, object);
        object.kind = ArgumentKind::Value;
    }
    title::complete(document, lexicon, subject.head, object)
        && !are_listed(document, relation, subject, object)
}

/// Whether subject and object stand for something, and are not parts of one name; whose
/// doing a noun tells of is no time: "last month's attack".
fn may_be_told(document: &Document, subject: TokenId, object: Option<TokenId>) -> bool {
    let name = document.name_at(subject);
    let within = object.is_some_and(|o| name.is_some_and(|name| name.tokens.contains(o)));
    let points = |word| pronoun(document, word).is_some();
    let is_event = document.tree.is(subject, Deprel::NmodPoss);
    !within
        && !(is_event && document.time_at(subject).is_some())
        && (points(subject) || !stands_for_nothing(document, subject))
        && !object.is_some_and(|word| stands_for_nothing(document, word))
}

/// A bare *which*, *what*, *who* or *this* for which the text has no other words: a claim
/// with such an object tells a reader nothing, nor does one about *which* or *what*.
fn stands_for_nothing(document: &Document, word: TokenId) -> bool {
    let tag = document.tag(word);
    let asks = ["Int", "Rel", "Dem"].iter().any(|kind| tag.feats.has("PronType", kind));
    let bare = document.tree.children(word).iter().all(|&c| document.tree.is(c, Deprel::Case));
    let joins = tag.upos == Upos::Sconj;
    joins
        || matches!(tag.upos, Upos::Pron | Upos::Det)
            && asks
            && bare
            && !argument::has_words(document, word)
}

/// Whether a preposition joins a word to what it is said to be coordinated with: "Carver,
/// *unlike* Dunne, conceded" tells nothing of Dunne.
fn is_compared(document: &Document, lexicon: &Lexicon, word: TokenId) -> bool {
    let tree = &document.tree;
    let first = tree.head_by(word, Deprel::Conj);
    first.is_some_and(|first| tree.has(word, Deprel::Case) && !tree.has(first, Deprel::Case))
        || follows_unlike(document, lexicon, word)
}

/// How many words stand between *unlike* and what it compares: "unlike, *say*, Dunne".
const ASIDE: usize = 4;

/// Whether only commas and what is said aside part a word from an *unlike* before it.
fn follows_unlike(document: &Document, lexicon: &Lexicon, word: TokenId) -> bool {
    let start = document.tree.subtree(word).into_iter().find(|&t| {
        !matches!(document.tag(t).upos, Upos::Punct | Upos::Intj)
            && !is_unlike(document, lexicon, t)
    });
    let Some(start) = start.filter(|&start| start <= word) else { return false };
    let Some(sentence) = document.sentence_at(start) else { return false };
    let mut before = sentence.tokens.start.until(start).iter().rev().take(ASIDE);
    let aside = |t: &TokenId| matches!(document.tag(*t).upos, Upos::Punct | Upos::Intj);
    let unlike = before.find(|t| !aside(t));
    unlike.is_some_and(|t| is_unlike(document, lexicon, t))
}

/// *Unlike*, *instead of*: a preposition that sets apart what stands behind it.
fn is_unlike(document: &Document, lexicon: &Lexicon, word: TokenId) -> bool {
    document.tag(word).upos == Upos::Adp
        && lexicon.has("negation", Some("preposition"), &document.lemma(word).to_lowercase())
}

/// Whether what looks like an apposition is the next name of a list, a caption or an
/// address: "Orm, Norland", "Ada Moss, Tom Hale".
fn are_listed(
    document: &Document,
    relation: &Relation,
    subject: &Argument,
    object: &Argument,
) -> bool {
    let beside = relation.head == object.head
        && relation.lemmas.len() == 1
        && document.tree.is(object.head, Deprel::Appos);
    let named = |argument: &Argument| document.name_at(argument.head).is_some();
    let cluster = |argument: &Argument| argument::cluster_of(document, argument.head);
    beside
        && (is_party_tag(document, object)
            || named(subject) && named(object) && cluster(subject) != cluster(object))
}

/// *R-Orm.* behind a name: the letter of a party and a state.
fn is_party_tag(document: &Document, argument: &Argument) -> bool {
    let first = document.tokens_in(argument.phrase).start;
    let letter = document.form(first);
    let joined = document.span(first).end == document.span(first + 1).start;
    letter.len() == 1
        && letter.starts_with(char::is_uppercase)
        && joined
        && document.form(first + 1) == "-"
}

/// Whether what stands in apposition is the name of whom the noun before it tells:
/// "a little-known senator, Clara Baker". It is she who is a senator.
fn is_name_behind(
    document: &Document,
    relation: &Relation,
    subject: &Argument,
    object: &Argument,
) -> bool {
    let kind = |t: TokenId| document.name_kind_at(t);
    relation.head == object.head
        && document.tree.is(object.head, Deprel::Appos)
        && kind(object.head) == Some(NameKind::Person)
        && matches!(kind(subject.head), None | Some(NameKind::Group))
}

/// Says of a claim how it holds.
fn set_factuality(document: &Document, claim: &mut Claim, factuality: Factuality) {
    let excluded = claim.object.as_ref().is_some_and(|o| argument::is_excluded(document, o.head));
    claim.polarity = if excluded { Polarity::Negative } else { factuality.polarity };
    claim.modality = factuality.modality;
    claim.qualifiers.retain(|q| !argument::is_not_only(document, q.argument.head));
    for argument in std::iter::once(&mut claim.subject).chain(&mut claim.object) {
        argument::widen(document, argument);
    }
    if claim.polarity == Polarity::Negative {
        argument::affirm(document, &mut claim.subject);
        claim.object.iter_mut().for_each(|o| argument::affirm(document, o));
    }
}

/// The word whose scope counts: where the qualifiers hang, else the relation's.
fn predicate(form: &ClaimForm, nodes: &[Option<TokenId>], relation: TokenId) -> TokenId {
    form.qualifiers.and_then(|node| bound(nodes, node)).unwrap_or(relation)
}

fn qualifiers(
    graph: &Graph,
    lexicon: &Lexicon,
    form: &ClaimForm,
    nodes: &[Option<TokenId>],
) -> Vec<Qualifier> {
    let mut all = Vec::new();
    for (joint, node) in &form.with {
        if let Some(word) = bound(nodes, *node) {
            let argument = argument::argument(graph, lexicon, word, None, &[]);
            all.push(Qualifier { preposition: joint.clone(), argument });
        }
    }
    if let Some(word) = form.qualifiers.and_then(|node| bound(nodes, node)) {
        let taken: Vec<TokenId> = nodes.iter().copied().flatten().collect();
        all.extend(qualifier::qualifiers(graph, lexicon, word, &taken));
    }
    all
}

/// The evidence: from the first to the last word below the relation, and the
/// arguments.
fn clause(
    document: &Document,
    relation: TokenId,
    subject: TokenId,
    object: Option<TokenId>,
) -> Span {
    let tree = &document.tree;
    let (mut first, mut last) = (relation.min(subject), relation.max(subject));
    if let Some(object) = object {
        (first, last) = (first.min(object), last.max(object));
    }
    for &child in tree.children(relation) {
        if !is_beside(tree.deprel(child)) {
            for word in tree.subtree(child) {
                (first, last) = (first.min(word), last.max(word));
            }
        }
    }
    document.span_of(first.through(last))
}

/// Whether a word stands beside the clause that it hangs on.
fn is_beside(relation: Deprel) -> bool {
    matches!(relation, Deprel::Conj | Deprel::Cc | Deprel::Parataxis | Deprel::Punct)
}
