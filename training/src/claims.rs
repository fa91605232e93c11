//! The signs of pairs of claims, from which `training/claims/train.py` learns which say the
//! same (`src/stories/same-claim.tsv`).
//!
//! In: articles, those of one story with ids that are the same up to the last `_`. Out: a
//! line of JSON for each pair of claims of two articles of a story that are alike at first
//! sight, with both claims as people judge them, and their signs.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use reportedly::Pipeline;
use reportedly::graph::{DEFAULT_BASE, Iris, telling};
use reportedly::read::{self, Input, Options};
use reportedly::stories::{Argument, Claim, Signs, Telling, Words, signs};
use serde_json::json;

/// Print the signs of all pairs of claims that may say the same
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Articles, the ids of one story the same up to the last `_`
    articles: PathBuf,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<()> {
    println!("{}", json!({ "names": Signs::NAMES }));
    for (story, tellings) in stories(flags)? {
        for ([one, other], signs) in signs(&tellings, Words::english()) {
            let (one, other) = (shown(&tellings, one), shown(&tellings, other));
            let line = json!({
                "story": story,
                "claims": [one.claim, other.claim],
                "texts": [one.text, other.text],
                "signs": signs.values(),
            });
            println!("{line}");
        }
    }
    Ok(())
}

/// What the articles of each story tell.
fn stories(flags: &Flags) -> anyhow::Result<BTreeMap<String, Vec<Telling>>> {
    let pipeline = Pipeline::builder().build()?;
    let iris = Iris::new(DEFAULT_BASE)?;
    let input: Input = flags.articles.display().to_string().parse()?;
    let mut all: BTreeMap<String, Vec<Telling>> = BTreeMap::new();
    for item in read::articles(&[input], &Options::default()) {
        let graph = pipeline.analyse(item?).graph(&iris);
        let story = graph.id.as_str().rsplit_once('_').context("an id without `_`")?.0.to_owned();
        let told = telling(&iris, &iris.article(&graph.id), &graph.quads);
        all.entry(story).or_default().push(told);
    }
    Ok(all)
}

/// A claim as people read it.
struct Shown {
    /// The article and the claim in one line, by which what people judged is found again.
    claim: String,
    /// The clause in its text.
    text: String,
}

fn shown(tellings: &[Telling], (article, claim): (usize, usize)) -> Shown {
    let telling = &tellings[article];
    let claim = &telling.claims[claim];
    let (start, end) = (claim.clause.start, claim.clause.end);
    let text = &telling.text;
    let before = text.floor_char_boundary(start.saturating_sub(220));
    let behind = text.ceil_char_boundary(end + 120);
    let text =
        format!("{} << {} >> {}", &text[before..start], &text[start..end], &text[end..behind]);
    Shown { claim: line(telling, claim), text: text.replace('\n', " ") }
}

/// *article: subject | NOT relation | object [role: value] {planned} @2024-05-03*
fn line(telling: &Telling, claim: &Claim) -> String {
    let called = |argument: &Argument| {
        let named = argument.thing.and_then(|thing| telling.things[thing].names.first());
        named.unwrap_or(&argument.text).replace('\n', " ")
    };
    let article = telling.article.rsplit('/').next().unwrap_or_default();
    let not = if claim.holds { "" } else { "NOT " };
    let object = claim.object.as_ref().map_or("-".to_owned(), called);
    let subject = called(&claim.subject);
    let mut line = format!("{article}: {subject} | {not}{} | {object}", claim.label);
    for (role, value) in &claim.qualifiers {
        line.push_str(&format!(" [{role}: {}]", called(value)));
    }
    if claim.modality != "actual" {
        line.push_str(&format!(" {{{}}}", claim.modality));
    }
    if let Some(when) = &claim.when {
        line.push_str(&format!(" @{when}"));
    }
    line
}
