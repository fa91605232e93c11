//! `reportedly eval attribution`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use rayon::prelude::*;

use super::{RuleFlags, archive};
use crate::cli::Outcome;
use crate::eval::attribution::{Report, Roles, read_brat, score};
use crate::pipeline::Pipeline;
use crate::text::Article;

/// Score sources, cues and contents against PolNeAR
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// A folder or .tar.gz archive of PolNeAR, with `text` and `attributions` in it
    gold: PathBuf,
    /// Show the N worst attributions that were missed (-) or made up (+)
    #[arg(long, value_name = "N", default_value_t = 20)]
    worst: usize,
    #[command(flatten)]
    rules: RuleFlags,
}

/// The files of the set by the last two parts of their paths.
type Files = BTreeMap<String, String>;

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let files = files(&flags.gold).with_context(|| flags.gold.display().to_string())?;
    let pipeline = flags.rules.pipeline()?;
    let annotated: Vec<&String> = files.keys().filter(|f| f.starts_with("attributions/")).collect();
    anyhow::ensure!(!annotated.is_empty(), "{}: no .ann file in it", flags.gold.display());
    let reports = annotated.par_iter().map(|name| report(&files, name, &pipeline));
    let mut total = Report::default();
    for report in reports.collect::<anyhow::Result<Vec<_>>>()? {
        total.add(report);
    }
    anstream::print!("{total}");
    for case in total.cases.iter().take(flags.worst) {
        let sign = if case.spurious { '+' } else { '-' };
        anstream::println!("{sign} {:>3}  {}: {}", case.tokens, case.article, case.words);
    }
    Ok(Outcome::Done)
}

/// Runs the whole pipeline on the text of one annotation file.
fn report(files: &Files, name: &str, pipeline: &Pipeline) -> anyhow::Result<Report> {
    let stem = name.trim_start_matches("attributions/").trim_end_matches(".ann");
    let article = stem.rsplit_once('_').map_or(stem, |(article, _annotator)| article);
    let text = files
        .get(&format!("text/{article}.txt"))
        .with_context(|| format!("{name}: no text of it"))?;
    let annotations = files.get(name).map_or("", String::as_str);
    let gold = read_brat(text, annotations).with_context(|| name.to_owned())?;
    let analysis = pipeline.analyse(Article::new(article, text));
    let found: Vec<Roles> = analysis.attributions().iter().map(Roles::from).collect();
    Ok(score(article, text, &gold, &found))
}

/// The texts and annotations of a folder or an archive.
fn files(path: &Path) -> anyhow::Result<Files> {
    if path.is_dir() { folder(path) } else { archived(path) }
}

fn folder(path: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    for kind in ["text", "attributions"] {
        let folder = path.join(kind);
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let file = entry?.path();
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.insert(format!("{kind}/{name}"), fs::read_to_string(&file)?);
        }
    }
    Ok(files)
}

fn archived(path: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    for (name, text) in archive::texts(path, |name| name.contains('/'))? {
        if let [file, kind, ..] = name.rsplitn(3, '/').collect::<Vec<_>>()[..] {
            files.insert(format!("{kind}/{file}"), text);
        }
    }
    Ok(files)
}
