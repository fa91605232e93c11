//! How likely two actions of a topic are one event.
//!
//! Two articles on one event seldom share both arguments of a bare action, so that the
//! weights of the claims of stories do not fit. These few, over the signs of the story
//! comparison and the gold's participants, are those of a logistic regression over the
//! pairs of actions of the topics up to [`LAST_DEVELOPMENT_TOPIC`].
//!
//! [`LAST_DEVELOPMENT_TOPIC`]: super::LAST_DEVELOPMENT_TOPIC

use std::collections::BTreeMap;

use super::told::{Event, ToldArticle};
use crate::stories::{Telling, Words, signs};

/// What there is without any sign.
const PRIOR: f32 = -7.39;
/// The story comparison finds them alike at first sight.
const COMPARED: f32 = 1.09;
/// How nearly the relations mean the same there.
const RELATION: f32 = 1.70;
/// The heads have one lemma.
const SAME_LEMMA: f32 = 2.20;
/// The share of what takes part in either that takes part in both.
const SHARED_PARTICIPANTS: f32 = 0.96;
/// How much the articles speak of the same.
const ARTICLES: f32 = 1.18;
/// They do at all.
const ONE_STORY: f32 = 3.43;
/// They are one article, which seldom tells a thing twice.
const ONE_ARTICLE: f32 = -0.84;

/// Articles that are less alike tell of different things.
const ALIKE_AT_ALL: f32 = 0.03;

/// The actions of a topic, ready to be compared.
pub(super) struct Likeness<'a> {
    /// Each with the place of its article.
    events: Vec<(usize, &'a Event)>,
    /// How alike each two articles are.
    articles: Vec<Vec<f32>>,
    /// How nearly the relations mean the same of those that are alike at first sight.
    relations: BTreeMap<(usize, usize), f32>,
}

impl<'a> Likeness<'a> {
    pub(super) fn new(articles: &'a [ToldArticle], words: &Words) -> Self {
        let mut events = Vec::new();
        for (place, article) in articles.iter().enumerate() {
            events.extend(article.events.iter().map(|event| (place, event)));
        }
        Self { events, articles: article_likeness(articles), relations: relations(articles, words) }
    }

    pub(super) fn count(&self) -> usize {
        self.events.len()
    }

    /// How likely two of them are one event.
    pub(super) fn probability(&self, one: usize, other: usize) -> f32 {
        let ((in_one, x), (in_other, y)) = (self.events[one], self.events[other]);
        let articles = if in_one == in_other { 1.0 } else { self.articles[in_one][in_other] };
        let relation = self.relations.get(&(one.min(other), one.max(other)));
        let sum = PRIOR
            + relation.map_or(0.0, |relation| COMPARED + RELATION * relation)
            + SAME_LEMMA * as_number(x.lemma == y.lemma)
            + SHARED_PARTICIPANTS * shared_participants(x, y)
            + ARTICLES * articles
            + ONE_STORY * as_number(articles > ALIKE_AT_ALL)
            + ONE_ARTICLE * as_number(in_one == in_other);
        1.0 / (1.0 + (-sum).exp())
    }
}

fn as_number(is_so: bool) -> f32 {
    f32::from(u8::from(is_so))
}

/// Each action is an article of its own here, so that two of one article are compared, too.
fn relations(articles: &[ToldArticle], words: &Words) -> BTreeMap<(usize, usize), f32> {
    let mut tellings = Vec::new();
    for article in articles {
        for claim in &article.telling.claims {
            tellings.push(Telling { claims: vec![claim.clone()], ..article.telling.clone() });
        }
    }
    let all = signs(&tellings, words).into_iter();
    all.map(|([(one, _), (other, _)], signs)| ((one, other), signs.relation)).collect()
}

fn shared_participants(one: &Event, other: &Event) -> f32 {
    let both = one.takes_part.intersection(&other.takes_part).count();
    let either = one.takes_part.union(&other.takes_part).count();
    both as f32 / either.max(1) as f32
}

/// The cosine of what articles speak of, in which things count less that many of them
/// speak of.
fn article_likeness(articles: &[ToldArticle]) -> Vec<Vec<f32>> {
    let vectors = vectors(articles);
    let row = |one: &Vector<'_>| vectors.iter().map(|other| cosine(one, other)).collect();
    vectors.iter().map(row).collect()
}

type Vector<'a> = BTreeMap<&'a str, f32>;

fn vectors(articles: &[ToldArticle]) -> Vec<Vector<'_>> {
    let mut articles_with: BTreeMap<&str, f32> = BTreeMap::new();
    for name in articles.iter().flat_map(|article| article.things.keys()) {
        *articles_with.entry(name).or_default() += 1.0;
    }
    let all = articles.len() as f32 + 1.0;
    let mut vectors = Vec::new();
    for article in articles {
        let weight = |(name, count): (&'_ String, &usize)| {
            let rarity = (all / (articles_with[name.as_str()] + 0.5)).ln();
            (1.0 + (*count as f32).ln()) * rarity
        };
        let names = article.things.keys().map(String::as_str);
        vectors.push(names.zip(article.things.iter().map(weight)).collect());
    }
    vectors
}

fn cosine(one: &Vector<'_>, other: &Vector<'_>) -> f32 {
    let length = |vector: &Vector<'_>| vector.values().map(|x| x * x).sum::<f32>().sqrt();
    let shared = one.iter().filter_map(|(name, x)| Some(x * other.get(name)?));
    shared.sum::<f32>() / (length(one) * length(other)).max(f32::MIN_POSITIVE)
}
