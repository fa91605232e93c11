//! The sentences of an article of ECB+ that count, with what is marked in them.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::cat::{self, Cat, CatError, Chain};
use crate::text::TokenId;

/// Why a file is no article of the set.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum EventsError {
    /// Its name does not tell its topic.
    #[error("{file}: a file of ECB+ is called after its topic, as 12_3ecbplus.xml")]
    Name {
        /// The file.
        file: String,
    },
    /// It is no file of CAT.
    #[error(transparent)]
    Cat(#[from] CatError),
    /// A line of the list of sentences.
    #[error("{file}: line {line}: not topic, file and number of a sentence")]
    Sentence {
        /// The list.
        file: String,
        /// Counted from 1.
        line: usize,
    },
}

/// The sentences that count: topic, file, number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckedSentences(BTreeSet<(u32, String, u32)>);

impl CheckedSentences {
    /// Reads a list of topics, files and numbers, divided by commas, under a heading.
    ///
    /// # Errors
    /// The first line that is none of these.
    pub fn read(file: &str, text: &str) -> Result<Self, EventsError> {
        let mut all = BTreeSet::new();
        for (line, row) in text.lines().enumerate().skip(1).filter(|(_, row)| !row.is_empty()) {
            let sentence = checked_sentence(row);
            all.insert(
                sentence.ok_or_else(|| EventsError::Sentence {
                    file: file.to_owned(),
                    line: line + 1,
                })?,
            );
        }
        Ok(Self(all))
    }

    fn has(&self, article: &EventArticle, sentence: u32) -> bool {
        self.0.contains(&(article.topic, article.name.clone(), sentence))
    }
}

fn checked_sentence(row: &str) -> Option<(u32, String, u32)> {
    let mut cells = row.trim().split(',');
    let (topic, file, sentence) = (cells.next()?, cells.next()?, cells.next()?);
    Some((topic.parse().ok()?, file.to_owned(), sentence.parse().ok()?))
}

/// What is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkedKind {
    /// Something that happens, is so or is said.
    Action {
        /// Whether it is said not to.
        denied: bool,
    },
    /// Who or what takes part.
    Participant,
    /// Where.
    Place,
    /// When.
    Time,
}

impl MarkedKind {
    fn of(kind: &str) -> Option<Self> {
        let (first, _) = kind.split_once('_')?;
        match first {
            "ACTION" => Some(Self::Action { denied: false }),
            "NEG" => Some(Self::Action { denied: true }),
            "HUMAN" | "NON" => Some(Self::Participant),
            "LOC" => Some(Self::Place),
            "TIME" => Some(Self::Time),
            _ => None,
        }
    }
}

/// What words mean.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Instance {
    /// The same in every article: the gold's own name of it.
    Shared(String),
    /// Known in this article only: its topic, name and what stands for it there.
    Local(u32, String, u32),
}

/// Words that are marked in a sentence that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// What they are.
    pub kind: MarkedKind,
    /// The words, by their places in the sentences that count, in order.
    pub words: Vec<TokenId>,
    /// What they mean.
    pub instance: Instance,
}

/// The part of an article that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventArticle {
    /// The number of its topic.
    pub topic: u32,
    /// Its name in the topic: `3ecbplus`.
    pub name: String,
    /// Its sentences, the words divided by spaces.
    pub sentences: Vec<String>,
    /// What is marked in them, in order of the first words.
    pub marked: Vec<Marked>,
}

impl EventArticle {
    /// Reads an article; without a list, all sentences count.
    ///
    /// ```
    /// use reportedly::eval::events::EventArticle;
    ///
    /// let xml = r#"<Document>
    /// <token t_id="1" sentence="0" number="0">Miners</token>
    /// <token t_id="2" sentence="0" number="1">struck</token>
    /// <Markables><ACTION_OCCURRENCE m_id="7"><token_anchor t_id="2"/></ACTION_OCCURRENCE></Markables>
    /// </Document>"#;
    /// let article = EventArticle::read("ECB+/4/4_1ecb.xml", xml, None).unwrap();
    /// assert_eq!((article.topic, article.name.as_str()), (4, "1ecb"));
    /// assert_eq!(article.sentences, ["Miners struck"]);
    /// assert_eq!(article.marked.len(), 1);
    /// ```
    ///
    /// # Errors
    /// Where the file is not of the set.
    pub fn read(
        file: &str,
        xml: &str,
        checked: Option<&CheckedSentences>,
    ) -> Result<Self, EventsError> {
        let (topic, name) =
            topic_and_name(file).ok_or_else(|| EventsError::Name { file: file.to_owned() })?;
        let mut article = Self { topic, name, sentences: Vec::new(), marked: Vec::new() };
        let cat = cat::read(file, xml)?;
        let places = article.take_sentences(&cat, checked);
        article.take_marked(&cat, &places);
        Ok(article)
    }

    /// Takes the sentences that count; gives the places of their words.
    fn take_sentences(
        &mut self,
        cat: &Cat,
        checked: Option<&CheckedSentences>,
    ) -> BTreeMap<u32, TokenId> {
        let mut places = BTreeMap::new();
        let mut last = None;
        for word in cat.words.iter().filter(|word| !word.form.is_empty()) {
            if checked.is_some_and(|checked| !checked.has(self, word.sentence)) {
                continue;
            }
            if last != Some(word.sentence) {
                self.sentences.push(String::new());
                last = Some(word.sentence);
            }
            if let Some(sentence) = self.sentences.last_mut() {
                if !sentence.is_empty() {
                    sentence.push(' ');
                }
                sentence.push_str(&word.form);
                places.insert(word.id, TokenId::from_index(places.len()));
            }
        }
        places
    }

    fn take_marked(&mut self, cat: &Cat, places: &BTreeMap<u32, TokenId>) {
        let chains = cat.chains.iter().flat_map(|c| c.members.iter().map(move |&m| (m, c)));
        let chains: BTreeMap<u32, &Chain> = chains.collect();
        for markable in &cat.markables {
            let mut words: Vec<TokenId> =
                markable.words.iter().filter_map(|word| places.get(word).copied()).collect();
            words.sort_unstable();
            if let (Some(kind), false) = (MarkedKind::of(&markable.kind), words.is_empty()) {
                let instance = self.instance(markable.id, chains.get(&markable.id).copied());
                self.marked.push(Marked { kind, words, instance });
            }
        }
        self.marked.sort_by(|one, other| one.words.cmp(&other.words));
    }

    fn instance(&self, markable: u32, chain: Option<&Chain>) -> Instance {
        let local = |target| Instance::Local(self.topic, self.name.clone(), target);
        match chain {
            Some(Chain { instance: Some(shared), .. }) => Instance::Shared(shared.clone()),
            Some(chain) => local(chain.target),
            None => local(markable),
        }
    }

    /// The actions, in order.
    pub fn actions(&self) -> impl Iterator<Item = &Marked> {
        self.marked.iter().filter(|marked| matches!(marked.kind, MarkedKind::Action { .. }))
    }
}

/// What a file's name tells: `ECB+/12/12_3ecbplus.xml`.
fn topic_and_name(file: &str) -> Option<(u32, String)> {
    let stem = file.rsplit('/').next()?.strip_suffix(".xml")?;
    let (topic, name) = stem.split_once('_')?;
    Some((topic.parse().ok()?, name.to_owned()))
}
