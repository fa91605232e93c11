//! Gold data: treebanks with and without names, and names alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use reportedly::analyse::name_tags::{OUTSIDE, beginning, inside};
use reportedly::analyse::{GroupLexicon, NAME_CLASSES};

use super::gum_names;

/// A set of name classes, one bit each; all that gold data allow for a word.
pub(crate) type Allowed = u32;
/// Gold data say nothing of the word.
pub(crate) const ANY: Allowed = (1 << NAME_CLASSES) - 1;

/// The places of the kinds in `NAME_KINDS`.
pub(crate) const PERSON: usize = 0;
pub(crate) const ORGANIZATION: usize = 1;
pub(crate) const PLACE: usize = 2;
pub(crate) const FACILITY: usize = 3;
pub(crate) const EVENT: usize = 4;
pub(crate) const GROUP: usize = 5;
pub(crate) const PRODUCT: usize = 6;
pub(crate) const OTHER: usize = 7;

/// A word of a treebank.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    pub(crate) form: String,
    pub(crate) lemma: String,
    pub(crate) upos: String,
    pub(crate) xpos: String,
    pub(crate) feats: String,
    /// 0 for the root, else one more than the index of the head.
    pub(crate) head: usize,
    pub(crate) deprel: String,
    pub(crate) misc: String,
}

/// A sentence with what gold data say of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sentence {
    pub(crate) id: String,
    pub(crate) words: Vec<Word>,
    /// Whether tags and tree are gold.
    pub(crate) parsed: bool,
    /// Allowed name classes of each word.
    pub(crate) names: Vec<Allowed>,
    /// What teachers think of each word; none, or one a word.
    pub(crate) views: Vec<View>,
}

/// What teachers share out among answers; empty where they are sure, or have
/// nothing to say.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    pub(crate) heads: Vec<(usize, f32)>,
    pub(crate) relations: Vec<(String, f32)>,
    pub(crate) names: Vec<(Allowed, f32)>,
}

/// Reads a CoNLL-U file; no names yet.
pub(crate) fn read_conllu(path: &Path) -> Result<Vec<Sentence>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut sentences = Vec::new();
    let mut sentence = Sentence { parsed: true, ..Sentence::default() };
    for line in text.lines().chain([""]) {
        if let Some(id) = line.strip_prefix("# sent_id = ") {
            id.clone_into(&mut sentence.id);
        } else if line.is_empty() {
            if !sentence.words.is_empty() {
                sentence.names = vec![ANY; sentence.words.len()];
                sentences.push(std::mem::take(&mut sentence));
                sentence.parsed = true;
            }
        } else if !line.starts_with('#') {
            sentence.words.extend(read_word(line));
        }
    }
    Ok(sentences)
}

/// A word line; `None` for ranges and empty nodes.
fn read_word(line: &str) -> Option<Word> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, feats, head, deprel, _, misc] = fields.try_into().ok()?;
    id.parse::<usize>().ok()?;
    let own = |field: &str| if field == "_" { String::new() } else { field.to_owned() };
    Some(Word {
        form: form.to_owned(),
        lemma: lemma.to_owned(),
        upos: upos.to_owned(),
        xpos: xpos.to_owned(),
        feats: own(feats),
        head: head.parse().ok()?,
        deprel: deprel.to_owned(),
        misc: own(misc),
    })
}

/// The forms and tags of an IOB2 file of Universal NER, by sentence id.
pub(crate) fn read_uner(path: &Path) -> Result<BTreeMap<String, Vec<(String, String)>>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut sentences = BTreeMap::<String, Vec<(String, String)>>::new();
    let mut id = String::new();
    for line in text.lines() {
        if let Some(next) = line.strip_prefix("# sent_id = ") {
            next.clone_into(&mut id);
        } else if let Some((form, tag)) = uner_word(line) {
            sentences.entry(id.clone()).or_default().push((form, tag));
        }
    }
    Ok(sentences)
}

fn uner_word(line: &str) -> Option<(String, String)> {
    let mut fields = line.split('\t');
    fields.next()?.parse::<usize>().ok()?;
    Some((fields.next()?.to_owned(), fields.next()?.to_owned()))
}

/// Adds names to the sentences that the set has with the same words.
pub(crate) fn add_uner(
    sentences: &mut [Sentence],
    names: &BTreeMap<String, Vec<(String, String)>>,
) {
    for sentence in sentences {
        let Some(tagged) = names.get(&sentence.id) else { continue };
        let same = tagged.len() == sentence.words.len()
            && tagged.iter().zip(&sentence.words).all(|((form, _), word)| *form == word.form);
        if same {
            let words = tagged.iter().zip(&sentence.words);
            let other = &[EVENT, GROUP, PRODUCT, OTHER];
            let allowed = words.map(|((_, tag), word)| match allowed_by_tag(tag) {
                // Names of other kinds are not marked in this set.
                outside if outside == 1 << OUTSIDE && word.upos == "PROPN" => outside_or(other),
                allowed => allowed,
            });
            sentence.names = allowed.collect();
        }
    }
}

/// Adds names to GUM's sentences, from its entities.
pub(crate) fn add_gum(sentences: &mut [Sentence]) {
    for sentence in sentences {
        sentence.names = gum_names::allowed(&sentence.words);
    }
}

/// Adds what the last column of silver data says: the name (`Name=B-PER`), and
/// how teachers share out the head, the relation and the name.
pub(crate) fn add_silver(sentences: &mut [Sentence]) {
    for sentence in sentences {
        let of = |word: &Word| silver_name(word, field(word, "Name").unwrap_or("O"));
        sentence.names = sentence.words.iter().map(of).collect();
        sentence.views = sentence.words.iter().map(View::new).collect();
    }
}

/// The classes that a silver tag leaves open: teachers know no names of other kinds.
fn silver_name(word: &Word, tag: &str) -> Allowed {
    if tag == "O" && word.upos == "PROPN" {
        outside_or(&[EVENT, GROUP, PRODUCT, OTHER])
    } else {
        allowed_by_tag(tag)
    }
}

fn field<'a>(word: &'a Word, name: &str) -> Option<&'a str> {
    word.misc.split('|').find_map(|field| field.strip_prefix(name)?.strip_prefix('='))
}

impl View {
    fn new(word: &Word) -> Self {
        let shares = |name| {
            let pairs = field(word, name).unwrap_or("").split(',').filter_map(|pair| {
                let (answer, share) = pair.rsplit_once(':')?;
                Some((answer, share.parse::<f32>().ok()?))
            });
            pairs.collect::<Vec<_>>()
        };
        let heads = shares("Heads").into_iter();
        let mut this = Self {
            heads: heads.filter_map(|(head, share)| Some((head.parse().ok()?, share))).collect(),
            relations: shares("Rels").into_iter().map(|(r, share)| (r.to_owned(), share)).collect(),
            names: shares("Names").into_iter().map(|(n, p)| (silver_name(word, n), p)).collect(),
        };
        to_one(&mut this.heads);
        to_one(&mut this.relations);
        to_one(&mut this.names);
        this
    }
}

/// Makes shares sum to one.
pub(crate) fn to_one<T>(shares: &mut [(T, f32)]) {
    let sum: f32 = shares.iter().map(|(_, share)| share).sum();
    for (_, share) in shares {
        *share /= sum;
    }
}

/// Weighs gold data against what teachers, who never saw the sentence, make of
/// it. `trust` is the share of the teachers.
pub(crate) fn blend(gold: &mut [Sentence], silver: &[Sentence], trust: f32) {
    let by_id: BTreeMap<&str, &Sentence> = silver.iter().map(|s| (s.id.as_str(), s)).collect();
    for sentence in gold {
        let Some(silver) = by_id.get(sentence.id.as_str()) else { continue };
        if silver.words.len() == sentence.words.len() {
            let words = sentence.words.iter().zip(&silver.words).zip(&silver.views);
            let names = sentence.names.iter().zip(&silver.names);
            let blended = words.zip(names).map(|(((gold, silver), view), (&own, &other))| View {
                heads: if sentence.parsed {
                    blend_heads(gold, silver, view, trust)
                } else {
                    Vec::new()
                },
                relations: blend_relations(gold, silver, view, trust),
                names: blend_names(own, sure_or(&view.names, other), trust),
            });
            sentence.views = blended.collect();
        }
    }
}

/// Weighs GUM's names against those of teachers: where they agree with what GUM
/// leaves open, that counts; where they do not, both stay open, since the sets
/// draw the lines between kinds in different places.
pub(crate) fn blend_gum_names(gum: &mut [Sentence], silver: &[Sentence]) {
    let by_id: BTreeMap<&str, &Sentence> = silver.iter().map(|s| (s.id.as_str(), s)).collect();
    for sentence in gum {
        let Some(silver) = by_id.get(sentence.id.as_str()) else { continue };
        if silver.words.len() != sentence.words.len() {
            continue;
        }
        let names = sentence.names.iter_mut().zip(&silver.names);
        for ((own, &other), (to, view)) in names.zip(sentence.views.iter_mut().zip(&silver.views)) {
            let both = |other: Allowed| if *own & other == 0 { *own | other } else { *own & other };
            to.names = view.names.iter().map(|&(name, share)| (both(name), share)).collect();
            *own = both(other);
        }
    }
}

fn sure_or<T: Clone>(shares: &[(T, f32)], sure: T) -> Vec<(T, f32)> {
    if shares.is_empty() { vec![(sure, 1.0)] } else { shares.to_vec() }
}

fn blend_heads(gold: &Word, silver: &Word, view: &View, trust: f32) -> Vec<(usize, f32)> {
    let teachers = sure_or(&view.heads, silver.head).into_iter();
    teachers.map(|(head, share)| (head, share * trust)).chain([(gold.head, 1.0 - trust)]).collect()
}

/// Teachers speak of the relation to the head that they found.
fn blend_relations(gold: &Word, silver: &Word, view: &View, trust: f32) -> Vec<(String, f32)> {
    if gold.head != silver.head {
        return Vec::new();
    }
    let teachers = sure_or(&view.relations, silver.deprel.clone()).into_iter();
    let teachers = teachers.map(|(name, share)| (name, share * trust));
    teachers.chain([(gold.deprel.clone(), 1.0 - trust)]).collect()
}

/// Where gold data say nothing, teachers have the word.
fn blend_names(gold: Allowed, teachers: Vec<(Allowed, f32)>, trust: f32) -> Vec<(Allowed, f32)> {
    if gold == ANY {
        return teachers;
    }
    let teachers = teachers.into_iter().map(|(name, share)| (name, share * trust));
    teachers.chain([(gold, 1.0 - trust)]).collect()
}

/// Wikigold: one word and tag a line, tags `I-PER` or, after a name of the
/// same kind, `B-PER`.
pub(crate) fn read_wikigold(path: &Path) -> Result<Vec<Sentence>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut sentences = Vec::new();
    for block in text.split("\n\n") {
        let pairs: Vec<(&str, &str)> = block.lines().filter_map(|l| l.split_once(' ')).collect();
        let mut sentence = Sentence::default();
        let mut before = "O";
        for (form, tag) in pairs.into_iter().filter(|(form, _)| *form != "-DOCSTART-") {
            sentence.words.push(Word { form: form.to_owned(), ..Word::default() });
            let begins = tag.starts_with("I-") && before.get(1..) != tag.get(1..);
            let begun = tag.replacen("I-", "B-", 1);
            sentence.names.push(allowed_by_tag(if begins { &begun } else { tag }));
            before = tag;
        }
        if !sentence.words.is_empty() {
            sentences.push(sentence);
        }
    }
    Ok(sentences)
}

/// Marks groups, which no set marks as such: words of the list with a capital,
/// where they are not part of another name.
pub(crate) fn add_groups(sentences: &mut [Sentence]) {
    let groups = GroupLexicon::default();
    for sentence in sentences.iter_mut().filter(|s| s.names.iter().any(|&a| a != ANY)) {
        for (i, (word, allowed)) in sentence.words.iter().zip(&mut sentence.names).enumerate() {
            let is_free = *allowed >> OUTSIDE & 1 == 1 || *allowed >> beginning(GROUP) & 1 == 1;
            if is_free && groups.contains(&word.form) {
                *allowed = 1 << beginning(GROUP);
                sentence.views.get_mut(i).into_iter().for_each(|view| view.names.clear());
            }
        }
    }
}

/// Words of people's names: given names of the program's own list (one a line,
/// tab, gender), and all that stand in names of persons.
pub(crate) fn people(sentences: &[Sentence], given: &str) -> Vec<String> {
    let mut people = BTreeSet::new();
    for line in given.lines().filter(|line| !line.starts_with('#')) {
        let mut chars = line.split('\t').next().unwrap_or("").chars();
        let first = chars.next().into_iter().flat_map(char::to_uppercase);
        people.insert(first.chain(chars).collect::<String>());
    }
    let person = 1 << beginning(PERSON) | 1 << inside(PERSON);
    for (word, allowed) in sentences.iter().flat_map(|s| s.words.iter().zip(&s.names)) {
        if allowed & !person == 0 && word.form.starts_with(char::is_uppercase) {
            people.insert(word.form.clone());
        }
    }
    people.into_iter().filter(|name| name.len() > 2).collect()
}

/// World news: one word and tag a line, with a tab between.
pub(crate) fn read_world_news(path: &Path) -> Result<Vec<Sentence>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut sentences = Vec::new();
    for block in text.split("\n\n") {
        let mut sentence = Sentence::default();
        for line in block.lines().filter(|line| !line.starts_with("-DOCSTART-")) {
            let mut fields = line.split('\t');
            let form = fields.next().unwrap_or("").to_owned();
            sentence.words.push(Word { form, ..Word::default() });
            sentence.names.push(world_news_class(fields.next().unwrap_or("O")));
        }
        if !sentence.words.is_empty() {
            sentences.push(sentence);
        }
    }
    Ok(sentences)
}

fn world_news_class(tag: &str) -> Allowed {
    let kind = match tag.get(2..).unwrap_or("") {
        "Person" => PERSON,
        "Organization" => ORGANIZATION,
        "Location" => PLACE,
        "Facility" => FACILITY,
        "NORP" => GROUP,
        _ => return 1 << OUTSIDE,
    };
    1 << if tag.starts_with('B') { beginning(kind) } else { inside(kind) }
}

/// The classes that a tag of a set with few kinds leaves open: its places may
/// be facilities, and its rest a name of any other kind.
fn allowed_by_tag(tag: &str) -> Allowed {
    let kinds: &[usize] = match tag.get(2..).unwrap_or("") {
        "PER" => &[PERSON],
        "ORG" => &[ORGANIZATION],
        "LOC" => &[PLACE, FACILITY],
        "MISC" => &[EVENT, GROUP, PRODUCT, OTHER],
        _ => return 1 << OUTSIDE,
    };
    let class = if tag.starts_with('B') { beginning } else { inside };
    kinds.iter().fold(0, |bits, &kind| bits | 1 << class(kind))
}

/// Outside of names, or in a name of one of these kinds.
pub(crate) fn outside_or(kinds: &[usize]) -> Allowed {
    kinds.iter().fold(1 << OUTSIDE, |bits, &k| bits | 1 << beginning(k) | 1 << inside(k))
}

/// The distinct values of a field, in order, of words that have it.
pub(crate) fn distinct(
    sentences: &[Sentence],
    field: impl Fn(&Word) -> &str,
) -> Vec<compact_str::CompactString> {
    let parsed = sentences.iter().filter(|s| s.parsed);
    let all: BTreeSet<&str> = parsed.flat_map(|s| s.words.iter().map(&field)).collect();
    all.into_iter().map(Into::into).collect()
}
