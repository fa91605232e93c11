//! The program as users run it: what it prints, how it ends, and what bad
//! input does to it: an error that names the input, and nothing stored lost.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use reportedly::graph::Store;
use tempfile::TempDir;

/// An article of our own.
const HARBOUR: &str = "Title: Harbour service guards consulate\n\
    Publisher: Daily Lantern\n\
    Date: 2023-03-09\n\n\
    The harbour service guards the consulate in Lisbon. Ada Brook said the mayor had lost no money.\n";

/// How a run of the program ended.
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ended {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    #[track_caller]
    fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    /// Fails unless all of this stands on standard output.
    #[track_caller]
    fn out(self, all: &[&str]) -> Self {
        for part in all {
            assert!(self.out.contains(part), "no {part:?} in {}", self.out);
        }
        self
    }

    /// Fails unless all of this stands on standard error.
    #[track_caller]
    fn err(self, all: &[&str]) -> Self {
        for part in all {
            assert!(self.err.contains(part), "no {part:?} in {}", self.err);
        }
        self
    }
}

fn reportedly<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Ended {
    Ended::of(common::reportedly(arguments))
}

/// A folder with one good article and a place for a store.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        place.file("harbour.txt", HARBOUR);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).unwrap();
        self.name(name)
    }

    fn build(&self, inputs: &[&str]) -> Ended {
        let store = self.name("store");
        reportedly([&["build", "--store", store.as_str()][..], inputs].concat())
    }

    fn export(&self) -> String {
        let store = self.name("store");
        reportedly(["export", "--store", &store, "--format", "nquads"]).code(0).out
    }

    /// Fails unless a bad input beside a good one is named with its reason,
    /// and the good one is stored as if it were alone.
    fn check_bad(&self, bad: &str, reason: &str) {
        let good = self.name("harbour.txt");
        let name = Path::new(bad).file_name().unwrap().to_str().unwrap().to_owned();
        self.build(&[bad, &good]).code(2).err(&[&name, reason]).out(&["1 new"]);
        let alone = Self::new();
        alone.build(&[&alone.name("harbour.txt")]).code(0);
        assert_eq!(self.export(), alone.export());
        // By itself, nothing is done, and what is stored stays.
        self.build(&[bad]).code(1).err(&[&name, reason, "nothing could be read"]);
        assert_eq!(self.export(), alone.export());
    }
}

#[test]
fn a_missing_file_is_named() {
    let place = Place::new();
    place.check_bad(&place.name("nowhere.txt"), "no such file");
}

#[test]
fn text_that_is_not_in_its_encoding_is_named() {
    let place = Place::new();
    let bad = place.file("utf16.txt", b"\xff\xfeT\0h\0e");
    place.check_bad(&bad, "UTF-16");
}

#[test]
fn an_empty_file_is_named() {
    let place = Place::new();
    let bad = place.file("empty.txt", "");
    place.check_bad(&bad, "empty");
}

#[test]
fn a_huge_line_is_named() {
    let place = Place::new();
    let bad = place.file("huge.jsonl", "x".repeat(50_000_000));
    place.check_bad(&bad, "longer than");
}

#[test]
fn binary_data_is_named() {
    let place = Place::new();
    let noise: Vec<u8> =
        (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let bad = place.file("photo.txt", noise);
    place.check_bad(&bad, "photo.txt");
}

#[test]
fn a_malformed_line_is_named_by_number() {
    let place = Place::new();
    let lines = "{\"id\": \"one\", \"text\": \"Lisbon slept.\"}\n{\"id\": \"two\", \"text\": \n";
    let bad = place.file("lines.jsonl", lines);
    place.build(&[&bad]).code(2).out(&["1 new"]).err(&["lines.jsonl, line 2"]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let folder = place.path("secret");
    fs::create_dir(&folder).unwrap();
    let allow = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    allow(0o000);
    if fs::read_dir(&folder).is_ok() {
        eprintln!("skipped: this user may read everything");
    } else {
        place.check_bad(folder.to_str().unwrap(), "cannot be listed");
    }
    allow(0o755);
}

/// Articles enough to fill files of some size, one a line.
fn many_articles() -> String {
    let line = |n: usize| {
        let text = format!(
            "Ada Brook left pier {n} on Monday. Ben Hill, the mayor, said that the harbour \
             service guards pier {n}. Nobody was hurt, officials told reporters."
        );
        serde_json::json!({ "id": format!("pier-{n}"), "publisher": "Daily Lantern", "text": text })
            .to_string()
    };
    (0..150).map(line).collect::<Vec<_>>().join("\n")
}

/// What a store holds that was built of these inputs without a break.
fn built_in_one_go(inputs: &[&str]) -> String {
    let whole = Place::new();
    whole.build(inputs).code(0);
    whole.export()
}

/// Files may not grow beyond a limit, which the system reports as it does a
/// full disk: before the first article is stored, and in the middle.
#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing_stored() {
    let bash = |limit: &str, arguments: &[&str]| {
        let script = "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"";
        let mut command = Command::new("bash");
        command.args(["-c", script, "bash", limit, env!("CARGO_BIN_EXE_reportedly")]);
        command.args(arguments).output()
    };
    if !bash("unlimited", &["--version"]).is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no bash here that can limit the size of files");
        return;
    }
    let place = Place::new();
    let (good, store) = (place.name("harbour.txt"), place.name("store"));
    let many = place.file("many.jsonl", many_articles());
    place.build(&[&good]).code(0);
    for kilobytes in ["64", "500", "1000"] {
        let before = place.export();
        let ended = bash(kilobytes, &["build", &many, "--store", &store, "--threads", "1"]);
        Ended::of(ended.unwrap()).code(1).err(&[&store, "disk is full", "build again"]);
        let after = place.export();
        let after: BTreeSet<&str> = after.lines().collect();
        let is_kept = |line: &&str| after.contains(line) || is_derived(line);
        let lost: Vec<&str> = before.lines().filter(|line| !is_kept(line)).collect();
        assert!(lost.is_empty(), "lost: {lost:?}");
    }
    place.build(&[&many]).code(0).out(&["unchanged"]);
    assert!(place.export() == built_in_one_go(&[&good, &many]));
}

/// Whether a statement follows from all articles, and may change with each.
#[cfg(unix)]
fn is_derived(line: &str) -> bool {
    line.ends_with("/graph/entities> .")
}

#[cfg(unix)]
#[test]
fn a_killed_build_goes_on() {
    let place = Place::new();
    let (good, store) = (place.name("harbour.txt"), place.name("store"));
    let many = place.file("many.jsonl", many_articles());
    place.build(&[&good]).code(0);
    let mut child = Command::new(env!("CARGO_BIN_EXE_reportedly"))
        .args(["build", &many, "--store", &store, "--threads", "1"])
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(400));
    child.kill().unwrap();
    child.wait().unwrap();
    reportedly(["validate", "--store", &store]).code(0);
    place.build(&[&good, &many]).code(0);
    assert!(place.export() == built_in_one_go(&[&good, &many]));
}

#[test]
fn building_again_does_only_what_is_new() {
    let place = Place::new();
    let good = place.name("harbour.txt");
    place.build(&[&good]).code(0).out(&["1 new, 0 changed, 0 unchanged"]);
    let first = place.export();
    place.build(&[&good]).code(0).out(&["0 new, 0 changed, 1 unchanged"]);
    assert_eq!(place.export(), first);
    place.file("harbour.txt", HARBOUR.replace("Lisbon", "Porto"));
    place.build(&[&good]).code(0).out(&["0 new, 1 changed, 0 unchanged"]);
    assert_ne!(place.export(), first);
    place.file("harbour.txt", HARBOUR);
    place.build(&[&good]).code(0);
    assert_eq!(place.export(), first);
}

#[test]
fn a_locked_store_is_left_alone() {
    let place = Place::new();
    let good = place.name("harbour.txt");
    place.build(&[&good]).code(0);
    let before = place.export();
    let held = Store::create(&place.path("store"), None).unwrap();
    let locked = ["store", "locked by another process"];
    place.build(&[&good]).code(1).err(&locked);
    let store = place.name("store");
    reportedly(["remove", "harbour", "--store", &store]).code(1).err(&locked);
    // Readers are served what was there before.
    for command in [&["query", "claims"][..], &["export"], &["validate"]] {
        reportedly([command, &["--store", &store]].concat()).code(0);
    }
    drop(held);
    assert_eq!(place.export(), before);
}

#[test]
fn what_is_no_store_is_refused() {
    let place = Place::new();
    let (folder, missing) = (place.name("."), place.name("nothing"));
    let query = |store: &str| reportedly(["query", "--store", store, "claims"]);
    query(&missing).code(1).err(&["no store here"]);
    query(&folder).code(1).err(&["not a store"]);
    let good = place.name("harbour.txt");
    reportedly(["build", &good, "--store", &folder]).code(1).err(&["not a store"]);
}

#[test]
fn broken_sparql_is_shown() {
    let place = Place::new();
    place.build(&[&place.name("harbour.txt")]).code(0);
    let store = place.name("store");
    let query = |question: &[&str]| {
        reportedly([&["query", "--store", store.as_str()][..], question].concat())
    };
    query(&["-e", "SELECT ?s WHERE { ?s ?p"]).code(1).err(&["-e:1:24"]);
    let file = place.file("mine.rq", "SELECT ?s\nWHERE [ ?s ?p ?o ]\n");
    query(&[&file]).code(1).err(&["mine.rq:2:", "^"]);
    let file = place.file("prefix.rq", "SELECT ?s\nWHERE { ?s nope:p ?o }\n");
    query(&[&file]).code(1).err(&["prefix.rq:2: the prefix nope: is not declared"]);
    query(&["no-such-query"]).code(1).err(&["--list"]);
    query(&["said_by"]).code(1).err(&["did you mean said-by?"]);
    query(&["-e", "INSERT DATA { <a> <b> <c> }"]).code(1).err(&["read only"]);
    query(&["said-about", "--set", "entity=Lisbon"]).code(1).err(&["not an IRI"]);
    query(&["claims", "--set", "nonsense=1"]).code(1).err(&["nonsense"]);
    query(&["claims", "--set", "nonsense"]).code(1).err(&["name=value"]);
}

#[test]
fn every_answer_has_its_format() {
    let place = Place::new();
    place.build(&[&place.name("harbour.txt")]).code(0);
    let store = place.name("store");
    let check = |sparql: &str, format: &str, expected: &str| {
        reportedly(["query", "--store", &store, "-e", sparql, "--format", format])
            .code(0)
            .out(&[expected]);
    };
    check("ASK { ?s a schema:NewsArticle }", "table", "yes");
    check("ASK { ?s a schema:NewsArticle }", "json", "true");
    let select = "SELECT ?h WHERE { ?s schema:headline ?h }";
    for format in ["table", "csv", "tsv", "json", "xml"] {
        check(select, format, "Harbour service guards consulate");
    }
    let construct = "CONSTRUCT { ?s a schema:NewsArticle } WHERE { ?s a schema:NewsArticle }";
    check(construct, "turtle", "<article/harbour> a schema:NewsArticle");
    check(construct, "ntriples", "<https://schema.org/NewsArticle> .");
    check(construct, "jsonld", "schema:NewsArticle");
    check("DESCRIBE <article/harbour>", "turtle", "schema:headline");
    let refused = |sparql: &str, format: &str, gives: &str| {
        reportedly(["query", "--store", &store, "-e", sparql, "--format", format])
            .code(1)
            .err(&["--format", format, gives]);
    };
    refused(construct, "csv", "triples");
    refused(select, "turtle", "rows");
    refused("ASK { ?s ?p ?o }", "tsv", "yes or no");
}

#[test]
fn answers_are_limited() {
    let place = Place::new();
    let many = place.file("many.jsonl", many_articles());
    place.build(&[&many]).code(0);
    let store = place.name("store");
    let query =
        |more: &[&str]| reportedly([&["query", "--store", store.as_str()][..], more].concat());
    for name in ["claims", "said-by", "timeline"] {
        let rows = query(&[name, "--format", "csv", "--limit", "7"]).code(0).out;
        assert_eq!(rows.lines().count(), 8, "{rows}");
        let all = query(&[name, "--format", "csv"]).code(0).out;
        assert!(all.starts_with(&rows), "{name}");
    }
    // A question that would take for ever.
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    let ended = query(&["-e", endless, "--timeout", "0.2"]);
    ended.code(1).err(&["--timeout 0.2 is reached"]);
    query(&["claims", "--timeout", "never"]).code(1);
    // The question itself, for another engine.
    let printed = query(&["said-by", "--set", "who=\"Hill\"", "--print"]).code(0);
    printed.out(&["SELECT ?source", "\"Hill\""]);
}

#[test]
fn articles_are_taken_out() {
    let place = Place::new();
    let (first, second) =
        (place.name("harbour.txt"), place.file("flood.txt", "Rivers rose in Porto."));
    place.build(&[&first]).code(0);
    let alone = place.export();
    place.build(&[&second]).code(0);
    let store = place.name("store");
    let remove = |ids: &[&str]| reportedly([&["remove", "--store", store.as_str()], ids].concat());
    remove(&["nowhere"]).code(1).err(&["nowhere: no such article", "nothing is taken out"]);
    remove(&["article/flood", "nowhere"]).code(2).out(&["removed flood"]).err(&["nowhere"]);
    assert_eq!(place.export(), alone);
    remove(&["<https://reportedly.example/article/harbour>"]).code(0);
    assert!(!place.export().contains("harbour"));
}

#[test]
fn a_store_follows_its_inputs() {
    let place = Place::new();
    let (first, second) =
        (place.name("harbour.txt"), place.file("flood.txt", "Rivers rose in Porto."));
    place.build(&[&first]).code(0);
    let alone = place.export();
    place.build(&[&second]).code(0);
    let missing = place.name("missing.txt");
    place.build(&["--sync", &first, &missing]).code(2).err(&["nothing is taken out"]);
    let synced = place.build(&["--sync", &first]).code(0);
    synced.err(&["removing flood: in none of the inputs"]).out(&["1 unchanged", "removed       1"]);
    assert_eq!(place.export(), alone);
}

#[test]
fn stores_are_shown_checked_and_copied() {
    let place = Place::new();
    place.build(&[&place.name("harbour.txt")]).code(0);
    let (store, backup) = (place.name("store"), place.name("backup"));
    let before = place.export();
    let task = |arguments: &[&str]| reportedly([&["store"], arguments].concat());
    task(&["info", &store]).code(0).out(&["articles  1", "quads", "bytes"]);
    task(&["check", &store]).code(0).out(&["the indexes agree"]);
    task(&["compact", &store]).code(0).out(&["before"]);
    task(&["backup", &store, &backup]).code(0);
    assert_eq!(place.export(), before);
    task(&["restore", &backup, &store]).code(1).err(&["not empty"]);
    fs::remove_dir_all(&store).unwrap();
    task(&["restore", &backup, &store]).code(0);
    assert_eq!(place.export(), before);
    task(&["info", &place.name("nowhere")]).code(1).err(&["no store here"]);
}

#[test]
fn exports_appear_when_they_are_complete() {
    let place = Place::new();
    place.build(&[&place.name("harbour.txt")]).code(0);
    let (store, file) = (place.name("store"), place.name("graph.ttl"));
    for format in ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"] {
        let arguments = ["export", "--store", &store, "--format", format];
        let printed = reportedly(arguments).code(0).out;
        reportedly([&arguments[..], &["-o", &file]].concat()).code(0);
        assert_eq!(fs::read_to_string(&file).unwrap(), printed, "{format}");
        assert!(!printed.is_empty(), "{format}");
    }
    let nowhere = place.name("no/such/folder/graph.ttl");
    reportedly(["export", "--store", &store, "-o", &nowhere]).code(1);
    reportedly(["export", "--store", &store, "--graph", "article/none"])
        .code(1)
        .err(&["no such graph"]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let place = Place::new();
    place.build(&[&place.name("harbour.txt")]).code(0);
    let (program, store) = (env!("CARGO_BIN_EXE_reportedly"), place.name("store"));
    let mut child = Command::new(program)
        .args(["export", "--store", &store, "--format", "nquads"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The analysis of the article with one word list or rule file of the user's.
fn with_rules(name: &str, content: &str) -> Ended {
    let place = Place::new();
    fs::create_dir(place.path("mine")).unwrap();
    place.file(&format!("mine/{name}"), content);
    let article = place.name("harbour.txt");
    reportedly(["analyse", "--format", "jsonl", "--rules", &place.name("mine"), &article])
}

#[test]
fn a_broken_word_list_is_named_with_its_line_and_what_was_meant() {
    let slip = "lemma\tkind\nmurmur\tsya\n";
    with_rules("cues.tsv", slip).code(1).err(&["mine/cues.tsv:2:8", "`sya`", "`say`"]);
    let header = "lemma\tkinds\nmurmur\tsay\n";
    with_rules("cues.tsv", header).code(1).err(&["mine/cues.tsv:1:7", "did you mean `kind`?"]);
    with_rules("cues.tsv", "murmur\tsay\n").code(1).err(&["mine/cues.tsv:1:1", "no column"]);
    with_rules("cues.tsv", "lemma\tkind\nmurmur\n").code(1).err(&["mine/cues.tsv:2:1", "tabs"]);
    let capital = "lemma\tkind\nMurmur\tsay\n";
    with_rules("cues.tsv", capital).code(1).err(&["mine/cues.tsv:2:1", "write `murmur`"]);
    let twice = "lemma\tkind\nmurmur\tsay\nmurmur\tsay\n";
    with_rules("cues.tsv", twice).code(1).err(&["mine/cues.tsv:3:1", "in line 2"]);
    let absent = "lemma\tkind\n-sayy\n";
    with_rules("cues.tsv", absent).code(1).err(&["mine/cues.tsv:2:1", "did you mean `say`?"]);
}

#[test]
fn a_file_that_nothing_reads_is_named() {
    let list = "lemma\nsay\n";
    with_rules("cuse.tsv", list).code(1).err(&["mine/cuse.tsv", "did you mean `cues`?"]);
    with_rules("cues.csv", list).code(1).err(&["mine/cues.csv", "neither a rule"]);
    with_rules("README.md", "My lists.\n").code(0).out(&["\"cue\":"]);
}

#[test]
fn a_word_list_is_merged_with_ours_line_by_line() {
    let merged = "lemma\tkind\nmurmur\tsay\n-ad-lib\n-claim\tsaying\n";
    with_rules("cues.tsv", merged).code(0).out(&["\"cue\":"]);
    with_rules("cues.tsv", "lemma\tkind\n-say\n").code(0).out(&["\"attributions\":[]"]);
}

/// A Parquet file whose list has a group that is not repeated: its reader panics.
#[cfg(feature = "parquet")]
fn parquet_that_panics() -> Vec<u8> {
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    let schema = "message m { required group text (LIST) { \
                  required group list { required binary element (UTF8); } } }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let values = [ByteArray::from("A ferry sank in the harbour.")];
    column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.into_inner().unwrap()
}

#[test]
#[cfg(feature = "parquet")]
fn a_file_that_its_reader_trips_over_is_told_in_one_line() {
    let place = Place::new();
    let path = place.file("list.parquet", parquet_that_panics());
    let ended = reportedly(["analyse", &path]).err(&["list.parquet", "gave up"]);
    assert!(!ended.err.contains("panicked"), "{}", ended.err);
}
