//! What the program makes of some of the example articles, stage by stage.
//!
//! `tests/golden/<slug>/` holds the stages in the order of the data's path, so
//! that the first file that differs names the guilty module. After a wanted
//! change, `REPORTEDLY_BLESS=1 cargo test --release --test golden` rewrites
//! them; read the difference before committing it.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use reportedly::pipeline::ANALYSIS_VERSION;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The articles, by the name of their file in `examples/`.
const ARTICLES: &[&str] = &[
    "nord-stream-harbour-courier.txt",
    "nord-stream-ledger-of-the-north.md",
    "khartoum-evacuation-wire.txt",
    "earthquake-rescuers.txt",
    "grain-agreement-translated.txt",
    "credit-suisse-takeover.txt",
];

#[test]
fn the_stages_of_each_article_are_as_blessed() {
    let bless = std::env::var_os("REPORTEDLY_BLESS").is_some_and(|v| v == "1");
    let mut report = String::new();
    for article in ARTICLES {
        let folder = folder(article);
        for (stage, now) in stages(article) {
            let path = folder.join(stage);
            if bless {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &now).unwrap();
            } else if let Some(difference) = difference(&path, &now) {
                writeln!(report, "{}: {difference}", path.display()).unwrap();
                break; // later stages follow from this one
            }
        }
    }
    assert!(report.is_empty(), "{report}REPORTEDLY_BLESS=1 rewrites the files");
    check_version(bless);
}

/// Stores know by `ANALYSIS_VERSION` that code makes something else of an
/// article: it has to be raised whenever these files change.
fn check_version(bless: bool) {
    let record = Path::new(common::ROOT).join("tests/golden-version.txt");
    let recorded = std::fs::read_to_string(&record).unwrap();
    let (version, digest) = recorded.trim().split_once(' ').expect("a version and a digest");
    let version: u32 = version.parse().expect("a number");
    let now = digest_of_golden_files();
    assert!(
        now == digest || ANALYSIS_VERSION > version,
        "outputs changed: raise ANALYSIS_VERSION in src/pipeline/fingerprint.rs above {version}, \
         then bless"
    );
    if bless {
        std::fs::write(&record, format!("{ANALYSIS_VERSION} {now}\n")).unwrap();
    } else {
        assert_eq!((version, digest), (ANALYSIS_VERSION, now.as_str()), "bless the new version");
    }
}

/// Of the names and contents of all golden files, in order.
fn digest_of_golden_files() -> String {
    let mut digest = Sha256::new();
    for article in ARTICLES {
        let folder = std::fs::read_dir(folder(article)).unwrap();
        let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            digest.update(file.strip_prefix(common::ROOT).unwrap().to_str().unwrap());
            digest.update(std::fs::read(&file).unwrap());
        }
    }
    let hexadecimal: Vec<String> =
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    hexadecimal.concat()
}

#[test]
fn every_golden_folder_belongs_to_an_article() {
    let wanted: Vec<_> = ARTICLES.iter().map(|article| folder(article)).collect();
    for entry in std::fs::read_dir(Path::new(common::ROOT).join("tests/golden")).unwrap() {
        let path = entry.unwrap().path();
        assert!(wanted.contains(&path), "{} is nobody's", path.display());
    }
}

fn folder(article: &str) -> PathBuf {
    let slug = Path::new(article).file_stem().unwrap();
    Path::new(common::ROOT).join("tests/golden").join(slug)
}

/// The first line that differs from what the file holds.
fn difference(path: &Path, now: &str) -> Option<String> {
    let Ok(blessed) = std::fs::read_to_string(path) else {
        return Some("there is no such file".to_owned());
    };
    if blessed == now {
        return None;
    }
    let same = blessed.lines().zip(now.lines()).take_while(|(a, b)| a == b).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    Some(format!("line {}\n  was  {}\n  is   {}", same + 1, line(&blessed), line(now)))
}

/// File names and contents, in the order of the data's path.
fn stages(article: &str) -> Vec<(&'static str, String)> {
    let path = Path::new(common::ROOT).join("examples").join(article);
    let input = path.to_str().unwrap();
    let json = common::succeed(["analyse", input, "--format", "jsonl"]);
    let found: Value = serde_json::from_str(json.trim()).expect("one article");
    let found = Found { text: found["text"].as_str().unwrap().chars().collect(), all: found };
    let store = common::build(std::slice::from_ref(&path), &[]);
    vec![
        ("1-text.txt", common::succeed(["analyse", input, "--format", "text"])),
        ("2-tokens.txt", found.tokens()),
        ("3-parse.conllu", common::succeed(["analyse", input, "--format", "conllu"])),
        ("4-attributions.txt", found.attributions()),
        ("5-claims.txt", found.claims()),
        ("6-entities.txt", found.entities()),
        ("7-graph.ttl", common::export(&store, "turtle")),
    ]
}

/// An article as `analyse --format jsonl` gives it; offsets are characters.
struct Found {
    text: Vec<char>,
    all: Value,
}

impl Found {
    fn list(&self, name: &str) -> &[Value] {
        self.all[name].as_array().map_or(&[], Vec::as_slice)
    }

    /// The text under something that has a start and an end, on one line.
    fn under(&self, thing: &Value) -> String {
        let at = |end: &str| thing[end].as_u64().map(|n| n as usize);
        let (Some(start), Some(end)) = (at("start"), at("end")) else { return "–".to_owned() };
        let words: String = self.text[start..end].iter().collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// One sentence a line, with the tag after each word.
    fn tokens(&self) -> String {
        let mut out = String::new();
        for sentence in self.list("sentences") {
            let (start, end) = (sentence["start"].as_u64(), sentence["end"].as_u64());
            let inside = |t: &&Value| t["start"].as_u64() >= start && t["end"].as_u64() <= end;
            for token in self.list("tokens").iter().filter(inside) {
                write!(out, "{}/{} ", word(&token["form"]), word(&token["xpos"])).unwrap();
            }
            out.pop();
            out.push('\n');
        }
        out
    }

    fn attributions(&self) -> String {
        let mut out = String::new();
        for a in self.list("attributions") {
            let content: Vec<_> =
                a["content"].as_array().unwrap().iter().map(|c| self.under(c)).collect();
            writeln!(
                out,
                "{} {} {}, within {}\n  source  {}\n  cue     {}\n  content {}\n",
                word(&a["id"]),
                word(&a["kind"]),
                word(&a["attitude"]),
                word(&a["within"]),
                self.under(&a["source"]),
                self.under(&a["cue"]),
                content.join(" | ")
            )
            .unwrap();
        }
        out
    }

    fn claims(&self) -> String {
        let mut out = String::new();
        for c in self.list("claims") {
            writeln!(
                out,
                "{}: {} | {} | {}",
                word(&c["id"]),
                self.under(&c["subject"]),
                self.under(&c["relation"]),
                self.under(&c["object"])
            )
            .unwrap();
            for q in c["qualifiers"].as_array().into_iter().flatten() {
                writeln!(out, "    {} {}", word(&q["preposition"]), self.under(q)).unwrap();
            }
            let asserted = if c["asserted"] == true { ", asserted" } else { "" };
            writeln!(
                out,
                "    {} {}, by {}, rule {}{asserted}\n",
                word(&c["polarity"]),
                word(&c["modality"]),
                word(&c["attribution"]),
                word(&c["rule"]),
            )
            .unwrap();
        }
        out
    }

    fn entities(&self) -> String {
        let mut out = String::new();
        for e in self.list("entities") {
            writeln!(out, "{} ({})", word(&e["label"]), word(&e["type"])).unwrap();
            for link in e["links"].as_array().into_iter().flatten() {
                writeln!(out, "    = {}", word(&link["iri"])).unwrap();
            }
            for m in e["mentions"].as_array().into_iter().flatten() {
                writeln!(out, "    {} {}", word(&m["kind"]), self.under(m)).unwrap();
            }
        }
        out
    }
}

/// A value as it reads: strings without quotation marks, `–` for nothing.
fn word(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(words) => words.clone(),
        other => other.to_string(),
    }
}
