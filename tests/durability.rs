//! A store is what its articles make it, whatever happened on the way: builds killed
//! at any moment and begun again, articles added in any order and split, and taken
//! out again. Whoever reads meanwhile is served.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// What the whole store says, in one order.
fn export(store: &Path) -> String {
    let store = store.to_str().unwrap();
    common::succeed(["export", "--store", store, "--format", "nquads"])
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).unwrap();
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

/// A build that has begun.
fn begin(inputs: &[PathBuf], store: &Path) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_reportedly"))
        .arg("build")
        .args(inputs)
        .arg("--store")
        .arg(store)
        .current_dir(common::ROOT)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// The articles that a reader sees; it must be served at any moment.
fn seen(store: &Path) -> Vec<String> {
    let store = store.to_str().unwrap();
    let table = common::succeed(["query", "--store", store, "articles", "--format", "csv"]);
    table.lines().skip(1).filter_map(|row| Some(row.split(',').next()?.to_owned())).collect()
}

/// A store of some articles, and what others are to be added to it.
struct Trial {
    folder: TempDir,
    begun: PathBuf,
    others: Vec<PathBuf>,
    first: Vec<String>,
    wanted: String,
    /// How long an undisturbed build of the others takes.
    takes: Duration,
}

impl Trial {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut some = common::examples();
        let others = some.split_off(2);
        let begun = folder.path().join("begun");
        common::build_into(&begun, &some, &[]);
        let whole = folder.path().join("whole");
        copy(&begun, &whole);
        let started = Instant::now();
        assert!(begin(&others, &whole).wait().unwrap().success());
        let (takes, first, wanted) = (started.elapsed(), seen(&begun), export(&whole));
        Self { folder, begun, others, first, wanted, takes }
    }

    /// Kills a build after a while and begins it again. Readers are served before
    /// and after, with the articles that were there at least; whether the build was
    /// killed before its end.
    fn kill_after(&self, time: Duration) -> bool {
        let store = self.folder.path().join("killed");
        copy(&self.begun, &store);
        let mut build = begin(&self.others, &store);
        sleep(time / 2);
        self.is_served(&store, time);
        sleep(time / 2);
        let is_killed = build.try_wait().unwrap().is_none();
        build.kill().unwrap();
        build.wait().unwrap();
        self.is_served(&store, time);
        assert!(begin(&self.others, &store).wait().unwrap().success(), "{time:?}");
        assert!(export(&store) == self.wanted, "another store after a kill at {time:?}");
        common::succeed(["store", "check", store.to_str().unwrap()]);
        fs::remove_dir_all(&store).unwrap();
        is_killed
    }

    fn is_served(&self, store: &Path, time: Duration) {
        let seen = seen(store);
        assert!(self.first.iter().all(|article| seen.contains(article)), "{time:?}: {seen:?}");
    }

    /// Kills builds at moments from beginning to end.
    fn kill_at(&self, moments: u32) {
        let times = (0..moments).map(|n| self.takes * (2 * n + 1) / (2 * moments));
        let killed = times.filter(|&time| self.kill_after(time)).count();
        assert!(killed > 0, "no build was still at work when it was to be killed");
    }
}

#[test]
fn a_build_that_is_killed_and_begun_again_makes_the_same_store() {
    Trial::new().kill_at(5);
}

#[test]
#[ignore = "takes ten minutes"]
fn a_build_that_is_killed_at_any_of_200_moments_makes_the_same_store() {
    Trial::new().kill_at(200);
}

/// Numbers that look like chance, the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn shuffled<T>(&mut self, mut all: Vec<T>) -> Vec<T> {
        for i in (1..all.len()).rev() {
            all.swap(i, self.below(i + 1));
        }
        all
    }
}

/// The article ids of the examples' files: those of texts.
fn texts() -> Vec<PathBuf> {
    let is_text = |path: &PathBuf| path.extension().is_some_and(|e| e == "txt" || e == "md");
    common::examples().into_iter().filter(is_text).collect()
}

#[test]
fn in_any_order_and_split_articles_that_are_taken_out_leave_no_trace() {
    let mut chance = Chance(7);
    for _ in 0..3 {
        let mut kept = chance.shuffled(texts());
        let split = 1 + chance.below(kept.len() - 1);
        let gone = kept.split_off(split);
        let alone = common::build(&kept, &[]);
        let all = chance.shuffled([kept.clone(), gone.clone()].concat());
        let parts = 1 + chance.below(3);
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("store");
        for part in all.chunks(all.len().div_ceil(parts)) {
            common::build_into(&store, part, &[]);
        }
        let of = |paths: &[PathBuf]| -> Vec<String> {
            let stems = paths.iter().map(|path| path.file_stem().unwrap());
            stems.map(|stem| stem.to_str().unwrap().to_owned()).collect()
        };
        let remove = [vec!["remove".to_owned()], of(&gone)].concat();
        let store_flag = ["--store".to_owned(), store.to_str().unwrap().to_owned()];
        common::succeed(remove.iter().chain(&store_flag));
        let left = export(&store);
        assert!(
            left == export(&alone.path().join("store")),
            "kept {:?}, gone {:?}",
            of(&kept),
            of(&gone)
        );
        let synced = folder.path().join("synced");
        common::build_into(&synced, &all, &[]);
        common::build_into(&synced, &kept, &["--sync"]);
        assert!(left == export(&synced), "--sync: kept {:?}", of(&kept));
    }
}
