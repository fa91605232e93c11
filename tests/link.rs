//! `reportedly link` against reconciliation services on this machine: our own small one in
//! both forms of the protocol, and those of others where they are installed.
#![cfg(feature = "fetch")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{ROOT, reportedly, succeed};
use serde_json::{Value, json};

/// A batch as a service got it: the path it was sent to, and its questions.
type Batch = (String, Value);

/// A service on this machine.
struct Service {
    address: String,
    batches: Arc<Mutex<Vec<Batch>>>,
}

/// What is told of a service, and what it answers to a batch, the how-manieth that is.
#[derive(Clone, Copy)]
struct Script {
    manifest: fn() -> Value,
    answer: fn(&Value, usize) -> (u16, &'static str, Value),
}

impl Service {
    fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/reconcile", listener.local_addr().unwrap());
        let batches = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&batches);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.unwrap(), &seen, script);
            }
        });
        Self { address, batches }
    }

    fn batches(&self) -> Vec<Batch> {
        self.batches.lock().unwrap().clone()
    }
}

fn answer(mut stream: TcpStream, seen: &Mutex<Vec<Batch>>, script: Script) {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    lines.read_line(&mut first).unwrap();
    let (mut length, mut line) = (0, String::new());
    while lines.read_line(&mut line).unwrap() > 2 {
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body).unwrap();
    let path = first.split(' ').nth(1).unwrap().to_owned();
    let (status, header, json) = if first.starts_with("GET") {
        (200, "", (script.manifest)())
    } else {
        let body = String::from_utf8(body).unwrap();
        let text = body.strip_prefix("queries=").map_or(body.clone(), decoded);
        let batch: Value = serde_json::from_str(&text).unwrap();
        let mut seen = seen.lock().unwrap();
        seen.push((path, batch.clone()));
        (script.answer)(&batch, seen.len())
    };
    let json = json.to_string();
    let _ = stream.write_all(
        format!(
            "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n{header}\r\n{json}",
            json.len()
        )
        .as_bytes(),
    );
}

fn decoded(form: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = form.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                bytes.push(u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap());
            }
            b'+' => bytes.push(b' '),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// What is called Ada Brook is sure, whatever else has one candidate.
fn candidates(name: &str) -> Value {
    match name {
        "Ada Brook" => json!([{ "id": "7", "name": "Brook, Ada", "score": 99.5, "match": true,
            "description": "minister", "type": [{ "id": "P", "name": "person" }] }]),
        name => json!([{ "id": "9", "name": name, "score": 40, "match": false, "type": [] }]),
    }
}

fn answers_of_form(batch: &Value, _: usize) -> (u16, &'static str, Value) {
    let questions = batch.as_object().unwrap().iter();
    let all = questions.map(|(key, question)| {
        (key.clone(), json!({ "result": candidates(question["query"].as_str().unwrap()) }))
    });
    (200, "", Value::Object(all.collect()))
}

const FORM: Script = Script {
    manifest: || {
        json!({ "versions": ["0.2"], "name": "Register", "identifierSpace": "https://register.example/id/",
            "schemaSpace": "https://register.example/types/", "batchSize": 2 })
    },
    answer: answers_of_form,
};

/// A store of two articles about two persons.
struct News(tempfile::TempDir);

impl News {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut files = Vec::new();
        for (name, day) in [("ferry", "2024-05-13"), ("quay", "2024-05-14")] {
            let path = folder.path().join(format!("{name}.txt"));
            let text = "Ada Brook met John Smith in Upper Orm. John Smith left Upper Orm.";
            fs::write(&path, format!("publisher: Post {name}\ndate: {day}\n\n{text}\n")).unwrap();
            files.push(path);
        }
        common::build_into(&folder.path().join("store"), &files, &[]);
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn link(&self, address: &str, more: &[&str]) -> Output {
        let (store, out) = (self.path("store"), self.path("links.ttl"));
        let mut arguments = vec!["link", "--kb", address, "--store", store.to_str().unwrap()];
        arguments.extend(["-o", out.to_str().unwrap()]);
        arguments.extend(more);
        reportedly(arguments)
    }

    fn linked(&self, address: &str, more: &[&str]) -> String {
        let output = self.link(address, more);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{told}");
        told
    }
}

#[test]
fn what_a_service_is_sure_of_becomes_decisions() {
    let (news, service) = (News::new(), Service::start(FORM));
    let table = news.path("others.csv");
    let told = news.linked(&service.address, &["--candidates", table.to_str().unwrap()]);
    assert!(told.contains("asked of Register, 1 found"), "{told}");
    let turtle = fs::read_to_string(news.path("links.ttl")).unwrap();
    assert!(turtle.contains("<entity/ada-brook_person>"), "{turtle}");
    assert!(turtle.contains("Register: Brook, Ada, minister, score 99.5"), "{turtle}");
    let others = fs::read_to_string(table).unwrap();
    assert!(others.contains("entity/john-smith_person,John Smith,2,9,John Smith,40,"), "{others}");
    assert!(service.batches().iter().all(|(_, batch)| batch.as_object().unwrap().len() <= 2));

    let (store, links) = (news.path("store"), news.path("links.ttl"));
    let (store, links) = (store.to_str().unwrap(), links.to_str().unwrap());
    succeed(["entities", "import", links, "--store", store]);
    let ask = "ASK { <https://reportedly.example/entity/ada-brook_person> \
        <http://www.w3.org/2002/07/owl#sameAs> <https://register.example/id/7> }";
    assert_eq!(succeed(["query", "--store", store, "-e", ask]).trim(), "yes");

    // Who has an id of the service is not asked for again, and the rest is kept.
    let before = service.batches().len();
    let told = news.linked(&service.address, &[]);
    assert!(told.contains("0 found"), "{told}");
    assert_eq!(service.batches().len(), before);
    news.linked(&service.address, &["--fresh"]);
    assert!(service.batches().len() > before);
}

#[test]
fn a_service_of_the_draft_is_asked_in_its_form() {
    let service = Service::start(Script {
        manifest: || {
            json!({ "versions": ["1.0-draft"], "name": "Items",
                "view": { "url": "http://www.wikidata.org/entity/{id}" } })
        },
        answer: |batch, _| {
            let answer = |question: &Value| {
                let name = question["conditions"][0]["propertyValue"].as_str().unwrap();
                let id = if name == "Ada Brook" { "Q4242" } else { "Q4243" };
                let sure = name == "Ada Brook";
                json!({ "candidates": [{ "id": id, "name": name, "match": sure, "score": 1 }] })
            };
            let all: Vec<Value> = batch["queries"].as_array().unwrap().iter().map(answer).collect();
            (200, "", json!({ "results": all }))
        },
    });
    let news = News::new();
    let told = news.linked(&service.address, &["--type", "person=Q5"]);
    assert!(told.starts_with("2 asked of Items, 1 found"), "{told}");
    let batches = service.batches();
    let (path, batch) = &batches[0];
    assert_eq!(path, "/reconcile/match");
    assert_eq!(batch["queries"][0]["type"], "Q5");
    assert_eq!(batch["queries"][0]["conditions"][0]["matchType"], "name");
    assert!(fs::read_to_string(news.path("links.ttl")).unwrap().contains("wd:Q4242"));
    news.linked(&service.address, &["--type", "person=Q5", "--least-score", "1", "--lead", "0"]);
    assert!(fs::read_to_string(news.path("links.ttl")).unwrap().contains("wd:Q4243"));
}

#[test]
fn a_busy_service_is_asked_again_and_a_large_batch_is_parted() {
    let service = Service::start(Script {
        manifest: FORM.manifest,
        answer: |batch, asked| match (asked, batch.as_object().unwrap().len()) {
            (1, _) => (429, "Retry-After: 0\r\n", json!({})),
            (_, 2..) => (413, "", json!({})),
            _ => answers_of_form(batch, asked),
        },
    });
    let told = News::new().linked(&service.address, &[]);
    assert!(told.contains("1 found"), "{told}");
}

#[test]
fn what_is_no_service_is_named() {
    let news = News::new();
    let check = |script: Script, reason: &str| {
        let service = Service::start(script);
        let output = news.link(&service.address, &["--retries", "0"]);
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(reason) && told.contains(&service.address), "{told}");
        assert!(!news.path("links.ttl").exists());
    };
    check(Script { manifest: || json!({}), ..FORM }, "no reconciliation service");
    check(Script { answer: |_, _| (200, "", json!([])), ..FORM }, "not an answer of");
    check(
        Script { answer: |_, _| (500, "", json!({ "error": "down" })), ..FORM },
        "answers 500, 1 times",
    );
    let gone = news.link("http://127.0.0.1:9/reconcile", &["--retries", "0"]);
    let told = String::from_utf8(gone.stderr).unwrap();
    assert!(told.contains("is the service running"), "{told}");
    let kind = news.link(&Service::start(FORM).address, &["--type", "ship=S"]);
    assert!(String::from_utf8(kind.stderr).unwrap().contains("nothing of that kind"));
}

#[test]
#[ignore = "needs ../shared/data; CI runs it"]
fn the_manifests_of_the_specification_are_read() {
    use reportedly::reconcile::Manifest;
    let specifications = Path::new(ROOT).join("../shared/data/reconciliation-specs");
    for version in ["0.1", "0.2", "1.0-draft"] {
        let folder = specifications.join(version).join("examples/manifest/valid");
        let mut read = 0;
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let manifest = Manifest::read(&fs::read(&path).unwrap());
            let manifest = manifest.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let prefix = manifest.prefix();
            assert!(prefix.is_empty() || prefix.starts_with("http"), "{}", path.display());
            read += 1;
        }
        assert!(read >= 10, "{version}");
    }
}

/// A service of somebody else's, which ends with the test.
struct Foreign(Child);

impl Drop for Foreign {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program of this name among the tools that CI installs.
fn tool(name: &str) -> Option<PathBuf> {
    let path = Path::new(ROOT).join("target/services/bin").join(name);
    path.exists().then_some(path)
}

/// Waits until a service answers; no longer than half a minute.
fn wait_for(address: &str) {
    for _ in 0..300 {
        if TcpStream::connect(address).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{address} does not answer");
}

/// A port that nobody listens at.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn datasette_is_asked() {
    let Some(datasette) = tool("datasette") else {
        eprintln!("datasette is not installed; see .ci/run");
        return;
    };
    let news = News::new();
    let database = news.path("people.db");
    let make = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); \
        c.execute('create table people (id integer primary key, name text)'); \
        c.execute(\"insert into people values (7, 'Ada Brook'), (8, 'Ina Roe')\"); \
        c.execute('create virtual table people_fts using fts5(name, content=people, content_rowid=id)'); \
        c.execute('insert into people_fts(rowid, name) select id, name from people'); c.commit()";
    let python = tool("python").unwrap();
    assert!(Command::new(python).args(["-c", make]).arg(&database).status().unwrap().success());
    let metadata = news.path("metadata.json");
    let settings = json!({ "databases": { "people": { "tables": { "people": { "plugins": {
        "datasette-reconcile": { "id_field": "id", "name_field": "name", "fts_table": "people_fts",
            "identifierSpace": "https://people.example/id/", "schemaSpace": "https://people.example/" } } } } } } });
    fs::write(&metadata, settings.to_string()).unwrap();
    let port = free_port();
    let child = Command::new(datasette)
        .args(["serve", "--host", "127.0.0.1", "--port", &port.to_string(), "--metadata"])
        .args([&metadata, &database])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let _service = Foreign(child.unwrap());
    wait_for(&format!("127.0.0.1:{port}"));
    let address = format!("http://127.0.0.1:{port}/people/people/-/reconcile");
    let told = news.linked(&address, &[]);
    assert!(told.contains("1 found"), "{told}");
    let turtle = fs::read_to_string(news.path("links.ttl")).unwrap();
    assert!(turtle.contains("<https://people.example/id/7>"), "{turtle}");
}

#[test]
fn csv_reconcile_is_asked() {
    let Some(csv_reconcile) = tool("csv-reconcile") else {
        eprintln!("csv-reconcile is not installed; see .ci/run");
        return;
    };
    // It listens at this port only.
    let port = 5000;
    if TcpListener::bind(("127.0.0.1", port)).is_err() {
        eprintln!("port {port} is taken; csv-reconcile is not asked");
        return;
    }
    let news = News::new();
    let table = news.path("people.tsv");
    fs::write(&table, "id\tname\n7\tAda Brook\n8\tIna Roe\n").unwrap();
    let child = Command::new(csv_reconcile)
        .args(["run", "--init-db"])
        .arg(&table)
        .args(["id", "name"])
        .current_dir(news.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let _service = Foreign(child.unwrap());
    wait_for(&format!("127.0.0.1:{port}"));
    let told = news.linked(&format!("http://127.0.0.1:{port}/reconcile"), &[]);
    assert!(told.contains("asked of CSV Reconcile, 1 found"), "{told}");
    let turtle = fs::read_to_string(news.path("links.ttl")).unwrap();
    assert!(turtle.contains("/csv_reconcile/ids/7>"), "{turtle}");
}
