//! The pages in Chromium, driven by Playwright: `tests/browser/journey.cjs`.
//!
//! It runs where they are there: Chromium as `/usr/bin/chromium` or where
//! `REPORTEDLY_CHROMIUM` says, Playwright and axe in the folder that
//! `REPORTEDLY_NODE_MODULES` names or in `target/interoperability/node_modules`. `.ci/run`
//! installs them. With `REPORTEDLY_SCREENSHOTS=1` the pictures of `docs/` are made anew.
#![cfg(all(feature = "serve", feature = "fetch", unix))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod client;
mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use client::Server;

/// The pictures that stand in `docs/`, and what they are called there.
const PICTURES: [(&str, &str); 4] = [
    ("article-wide.png", "article.png"),
    ("entity-narrow.png", "entity.png"),
    ("graph-wide.png", "sparql.png"),
    ("add-wide.png", "add.png"),
];
const TOKEN: &str = "correct-horse-battery-staple";

/// The folder of Node's packages, if all that is needed is there.
fn node_modules() -> Option<PathBuf> {
    let installed = Path::new(common::ROOT).join("target/interoperability/node_modules");
    let folder = std::env::var_os("REPORTEDLY_NODE_MODULES").map_or(installed, PathBuf::from);
    let chromium =
        std::env::var_os("REPORTEDLY_CHROMIUM").map_or("/usr/bin/chromium".into(), PathBuf::from);
    let needed = [folder.join("playwright-core"), folder.join("axe-core"), chromium];
    let missing = needed.iter().find(|path| !path.exists());
    if let Some(missing) = missing {
        eprintln!("skipped: no {}", missing.display());
    }
    missing.is_none().then_some(folder)
}

#[test]
fn a_journalist_finds_the_sentence() {
    let Some(modules) = node_modules() else { return };
    let dir = common::build(&common::examples(), &[]);
    let token = dir.path().join("token");
    std::fs::write(&token, TOKEN).unwrap();
    let arguments = ["--writable", "--token-file", token.to_str().unwrap()];
    let server = Server::start(&common::store(&dir), &arguments);
    let pictures = tempfile::tempdir().unwrap();
    let output = Command::new("node")
        .arg(Path::new(common::ROOT).join("tests/browser/journey.cjs"))
        .args([server.address.as_ref(), pictures.path().as_os_str(), TOKEN.as_ref()])
        .env("NODE_PATH", modules)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    if std::env::var_os("REPORTEDLY_SCREENSHOTS").is_some() {
        for (from, to) in PICTURES {
            std::fs::copy(
                pictures.path().join(from),
                Path::new(common::ROOT).join("docs").join(to),
            )
            .unwrap();
        }
    }
}
