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
    /// The address that answers queries.
    pub(crate) endpoint: String,
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
pub(crate) const ALL: [fn() -> Option<Foreign>; 2] = [oxigraph, virtuoso];

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
        endpoint: format!("http://127.0.0.1:{port}/query"),
        flags: Vec::new(),
        questions: &["articles", "said-by", "guards", "negative", "links", "timeline", "stories"],
        process,
        _folder: folder,
    })
}

/// What Virtuoso is started with; `FOLDER`, `SQL` and `HTTP` are filled in.
const INI: &str = "\
[Database]
DatabaseFile = FOLDER/virtuoso.db
ErrorLogFile = FOLDER/virtuoso.log
LockFile = FOLDER/virtuoso.lck
TransactionFile = FOLDER/virtuoso.trx
xa_persistent_file = FOLDER/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = FOLDER/virtuoso-temp.db
TransactionFile = FOLDER/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:SQL
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:HTTP
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
";

/// Virtuoso, in which whoever asks may change what it holds.
fn virtuoso() -> Option<Foreign> {
    let named = std::env::var_os("REPORTEDLY_VIRTUOSO").map(PathBuf::from);
    let program = named.unwrap_or_else(|| PathBuf::from("virtuoso-t"));
    if Command::new(&program).arg("-?").output().is_err() {
        eprintln!("skipped: no {} here", program.display());
        return None;
    }
    let (folder, sql, http) = (tempfile::tempdir().unwrap(), port(), port());
    let ini = INI.replace("FOLDER", folder.path().to_str().unwrap());
    let ini = ini.replace("127.0.0.1:SQL", &format!("127.0.0.1:{sql}"));
    let ini = ini.replace("127.0.0.1:HTTP", &format!("127.0.0.1:{http}"));
    let file = folder.path().join("virtuoso.ini");
    std::fs::write(&file, ini).unwrap();
    let mut process = Command::new(&program)
        .args(["+foreground", "+configfile", file.to_str().unwrap()])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_for(http, &mut process);
    let shell = program.with_file_name("isql-vt");
    let granted = Command::new(shell)
        .args([&sql.to_string(), "dba", "dba", "exec=grant SPARQL_UPDATE to \"SPARQL\";"])
        .output()
        .unwrap();
    assert!(granted.status.success(), "{}", String::from_utf8_lossy(&granted.stderr));
    Some(Foreign {
        name: "Virtuoso",
        endpoint: format!("http://127.0.0.1:{http}/sparql"),
        flags: vec!["--batch".into(), "100000".into()],
        // In the others it takes `true` for 1, or does not look where EXISTS says.
        questions: &[
            "articles",
            "attribution-chain",
            "claims",
            "corroboration",
            "guards",
            "only-here",
            "reports",
            "said-about",
            "said-by",
            "statements",
            "stories",
            "timeline",
            "unnamed-sources",
        ],
        process,
        _folder: folder,
    })
}
