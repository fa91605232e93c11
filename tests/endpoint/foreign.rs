//! Servers that others made, started on this machine where they are installed.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::common;

/// A server that runs until it is dropped.
pub(crate) struct Foreign {
    pub(crate) name: &'static str,
    /// `/query` behind it answers queries.
    pub(crate) address: String,
    /// What it needs to be pushed to.
    pub(crate) flags: Vec<String>,
    /// The named queries that it is asked.
    pub(crate) questions: &'static [&'static str],
    process: Child,
    _folder: TempDir,
}

impl Drop for Foreign {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// How each is started, if it is there.
pub(crate) const ALL: [fn() -> Option<Foreign>; 2] = [oxigraph, rdflib];

/// A program of a Python environment: the one that is named, or that `.ci/run` makes.
fn installed(program: &str) -> Option<PathBuf> {
    let named = std::env::var_os("REPORTEDLY_PYTHON").map(PathBuf::from);
    let named = named.and_then(|python| Some(python.parent()?.join(program)));
    let own = Path::new(common::ROOT).join("target/interoperability/bin").join(program);
    let found = named.into_iter().chain([own]).find(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: no {program} here");
    }
    found
}

/// A port that nobody uses now.
fn port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until a port is served.
fn wait_for(port: u16, process: &mut Child) {
    let begun = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(process.try_wait().unwrap().is_none(), "the server ended");
        assert!(begun.elapsed() < Duration::from_mins(2), "the server does not answer");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Oxigraph's own server.
fn oxigraph() -> Option<Foreign> {
    let program = installed("oxigraph")?;
    let (folder, port) = (tempfile::tempdir().unwrap(), port());
    let mut process = Command::new(program)
        .args(["serve", "--location", folder.path().to_str().unwrap()])
        .args(["--bind", &format!("127.0.0.1:{port}")])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_for(port, &mut process);
    Some(Foreign {
        name: "Oxigraph",
        address: format!("http://127.0.0.1:{port}"),
        flags: Vec::new(),
        questions: &["articles", "said-by", "guards", "negative", "links", "timeline", "stories"],
        process,
        _folder: folder,
    })
}

/// What serves a dataset of rdflib: another engine, in Python.
fn rdflib() -> Option<Foreign> {
    installed("rdflib-endpoint")?;
    let python = installed("python")?;
    let (folder, port) = (tempfile::tempdir().unwrap(), port());
    let script = Path::new(common::ROOT).join("tests/endpoint/rdflib_server.py");
    let mut process = Command::new(python)
        .arg(script)
        .arg(port.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_for(port, &mut process);
    Some(Foreign {
        name: "rdflib-endpoint",
        address: format!("http://127.0.0.1:{port}"),
        flags: Vec::new(),
        questions: &["said-by", "negative"],
        process,
        _folder: folder,
    })
}
