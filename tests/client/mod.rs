//! A running `reportedly serve`, and somebody who asks it.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic
#![allow(dead_code)] // each test file uses its own part

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ureq::http::Response;
use ureq::{Agent, Body};

/// A server that ends with the test.
pub(crate) struct Server {
    child: Child,
    /// Where it is: `http://127.0.0.1:1234`.
    pub(crate) address: String,
    agent: Agent,
    /// What it says further.
    lines: std::sync::Mutex<std::sync::mpsc::Receiver<String>>,
}

/// What it answers.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) body: String,
}

impl Reply {
    fn of(mut response: Response<Body>) -> Self {
        let body = response.body_mut().with_config().limit(256 << 20).read_to_string().unwrap();
        Self { status: response.status().as_u16(), headers: response.headers().clone(), body }
    }

    /// A header; empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

impl Server {
    /// Serves a store on a free port.
    pub(crate) fn start(store: &str, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_reportedly"))
            .args(["serve", "--store", store, "--bind", "127.0.0.1:0"])
            .args(more)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.next().expect("the server says where it is").unwrap();
        let address = line.rsplit_once(" at ").unwrap_or_else(|| panic!("{line}")).1;
        let address = address.trim_end_matches('/').to_owned();
        let (sender, said) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                // The test may have ended.
                let _ = sender.send(line);
            }
        });
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let config = config.timeout_global(Some(Duration::from_mins(1)));
        let lines = std::sync::Mutex::new(said);
        Self { child, address, agent: config.build().into(), lines }
    }

    /// The next line that it says.
    pub(crate) fn line(&self) -> String {
        self.lines.lock().unwrap().recv_timeout(Duration::from_mins(1)).unwrap()
    }

    /// Asks with `GET` and headers.
    pub(crate) fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        let request = self.agent.get(format!("{}{path}", self.address));
        let request = headers.iter().fold(request, |r, (name, value)| r.header(*name, *value));
        Reply::of(request.call().unwrap())
    }

    /// Asks for a page.
    pub(crate) fn page(&self, path: &str) -> Reply {
        self.get(path, &[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")])
    }

    /// Asks with a body.
    pub(crate) fn post(&self, path: &str, kind: &str, body: &str, more: &[(&str, &str)]) -> Reply {
        self.post_bytes(path, kind, body.as_bytes(), more)
    }

    /// Asks with a body that may be no text.
    pub(crate) fn post_bytes(
        &self,
        path: &str,
        kind: &str,
        body: &[u8],
        more: &[(&str, &str)],
    ) -> Reply {
        let request = self.agent.post(format!("{}{path}", self.address));
        let request = request.header("content-type", kind);
        let request = more.iter().fold(request, |r, (name, value)| r.header(*name, *value));
        Reply::of(request.send(body).unwrap())
    }

    /// Sends a request of another method without a body.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
        let request = ureq::http::Request::builder().method(method);
        let request = request.uri(format!("{}{path}", self.address));
        let request = headers.iter().fold(request, |r, (name, value)| r.header(*name, *value));
        let agent = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent: Agent = agent.allow_non_standard_methods(true).build().into();
        Reply::of(agent.run(request.body(()).unwrap()).unwrap())
    }

    /// Tells it to stop, and waits until it has.
    pub(crate) fn stop(mut self) -> (std::process::ExitStatus, Duration) {
        let since = Instant::now();
        let process = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
        (self.child.wait().unwrap(), since.elapsed())
    }

    /// The number of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already where the test stopped it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A text as a part of an address.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }
        })
        .collect()
}
