//! `reportedly eval pages`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use clap::Args;

use super::super::Outcome;
use crate::eval::pages::{self, PageGold, PageScore};
use crate::read::{self, Format, Input, Options};
use crate::text::{Article, Block, BlockKind, Span};

/// Articles read from pages against what people marked in them
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// The folder: gold.json, or articles.jsonl and pages.jsonl; and html/
    gold: PathBuf,
    /// How many of the worst pages to show
    #[arg(long, default_value_t = 10)]
    worst: usize,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let gold = gold_pages(&flags.gold)?;
    let started = Instant::now();
    let found: Vec<Option<Article>> = read_pages(&flags.gold, gold.keys());
    let took = started.elapsed().as_secs_f64();
    let (mut score, mut rows) = (PageScore::default(), Vec::new());
    for ((page, gold), found) in gold.iter().zip(&found) {
        let (precision, recall) = score.add(gold, found.as_ref());
        rows.push((precision.min(recall), precision, recall, page));
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (_, precision, recall, page) in rows.iter().take(flags.worst) {
        anstream::println!("P {precision:.3}  R {recall:.3}  {page}");
    }
    let (p, r, f1) = (score.precision(), score.recall(), score.f1());
    anstream::println!("pages    {}  ({:.0} a second)", score.pages, score.pages as f64 / took);
    anstream::println!("body     P {p:.4}  R {r:.4}  F1 {f1:.4}");
    let fields = [("titles", score.titles), ("days", score.days), ("authors", score.authors)];
    for (name, (right, all)) in fields.into_iter().filter(|(_, (_, all))| *all > 0) {
        anstream::println!("{name:8} {right} of {all}");
    }
    Ok(Outcome::Done)
}

/// The article of each page, in order; `None` where none was found.
fn read_pages<'a>(folder: &Path, pages: impl Iterator<Item = &'a String>) -> Vec<Option<Article>> {
    let options = Options { format: Some(Format::Html), any_language: true, ..Options::default() };
    let mut found = Vec::new();
    for page in pages {
        let inputs = [Input::Path(folder.join("html").join(page))];
        let items = read::articles(&inputs, &options).filter_map(Result::ok);
        found.push(joined(items.map(|item| item.article().clone())));
    }
    found
}

/// The articles of a live blog as one, as people mark them: the first, with the bodies of
/// the others.
fn joined(mut articles: impl Iterator<Item = Article>) -> Option<Article> {
    let mut whole = articles.next()?;
    for article in articles {
        let start = whole.text.len() + 2;
        whole.text.push_str("\n\n");
        whole.text.push_str(&pages::body(&article));
        let span = Span::of(start..whole.text.len());
        whole.blocks.push(Block { span, kind: BlockKind::Paragraph });
    }
    Some(whole)
}

/// What is marked, by the names of the pages' files.
fn gold_pages(folder: &Path) -> anyhow::Result<BTreeMap<String, PageGold>> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    if folder.join("gold.json").is_file() {
        let gold: BTreeMap<String, PageGold> = serde_json::from_str(&read("gold.json")?)?;
        return Ok(gold.into_iter().map(|(id, gold)| (format!("{id}.html.gz"), gold)).collect());
    }
    let lines = read("articles.jsonl")?;
    let articles: Vec<Marked> =
        lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut pages = BTreeMap::new();
    for line in read("pages.jsonl")?.lines() {
        let page: Listed = serde_json::from_str(line)?;
        if let Some(marked) = marked_in(&page.file, &articles) {
            pages.insert(page.file, marked.gold.clone());
        }
    }
    Ok(pages)
}

#[derive(Debug, serde::Deserialize)]
struct Marked {
    id: String,
    #[serde(flatten)]
    gold: PageGold,
}

#[derive(Debug, serde::Deserialize)]
struct Listed {
    file: String,
}

/// The article of a page `PUBLISHER_YYYY_MM_DD.html.gz`: of those of its
/// publisher, `PUBLISHER-V…`, the last that was published by then.
fn marked_in<'a>(file: &str, articles: &'a [Marked]) -> Option<&'a Marked> {
    let (publisher, day) = file.strip_suffix(".html.gz")?.split_once('_')?;
    let day = day.replace('_', "-");
    let date = |marked: &Marked| marked.gold.date.clone().unwrap_or_default();
    let own = |marked: &&Marked| {
        marked.id.strip_prefix(publisher).is_some_and(|rest| rest.starts_with("-V"))
    };
    let later = |marked: &&Marked| date(marked) > day;
    let until = articles.iter().filter(own).filter(|m| !later(m)).max_by_key(|m| date(m));
    until.or_else(|| articles.iter().filter(own).filter(later).min_by_key(|m| date(m)))
}
