//! A SPARQL endpoint for tests: the protocols over a store in memory, whose default graph
//! is empty, and faults to order.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{GraphName, NamedNode};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;

/// A request as the server got it.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The path, without what stands behind `?`.
    pub(crate) path: String,
    pub(crate) search: String,
    /// In lower case.
    pub(crate) headers: String,
    pub(crate) at: Instant,
    body: String,
}

/// What is answered in place of an answer, by how often the path was asked before.
type Fault = fn(&Request, usize) -> Option<String>;

pub(crate) struct Server {
    pub(crate) address: String,
    store: Arc<Store>,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    pub(crate) fn start(fault: Fault) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (store, requests) = (Arc::new(Store::new().unwrap()), Arc::new(Mutex::new(Vec::new())));
        let (held, seen) = (Arc::clone(&store), Arc::clone(&requests));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (held, seen) = (Arc::clone(&held), Arc::clone(&seen));
                std::thread::spawn(move || serve(stream.unwrap(), &held, &seen, fault));
            }
        });
        Self { address, store, requests }
    }

    /// The requests for a path.
    pub(crate) fn asked(&self, path: &str) -> Vec<Request> {
        let all = self.requests.lock().unwrap();
        all.iter().filter(|request| request.path == path).cloned().collect()
    }

    pub(crate) fn count(&self, path: &str) -> usize {
        self.asked(path).len()
    }

    /// All that it holds, but for the list of what was sent.
    pub(crate) fn quads(&self) -> BTreeSet<String> {
        let quads = self.store.iter().map(|quad| format!("{} .", quad.unwrap()));
        quads.filter(|quad| !quad.contains("/graph/pushed> .")).collect()
    }
}

pub(crate) fn status(status: &str, more: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{more}\r\n{body}"
    )
}

fn serve(mut stream: TcpStream, store: &Store, seen: &Mutex<Vec<Request>>, fault: Fault) {
    let Some(request) = read(&stream) else { return };
    let before = {
        let mut seen = seen.lock().unwrap();
        let before = seen.iter().filter(|r| r.path == request.path).count();
        seen.push(request.clone());
        before
    };
    let answer = fault(&request, before).unwrap_or_else(|| match answer(&request, store) {
        Ok(body) => status("200 OK", "", &body),
        Err(reason) => status("400 Bad Request", "", &reason),
    });
    // Whoever has seen enough hangs up.
    let _ = stream.write_all(answer.as_bytes());
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    if lines.read_line(&mut first).unwrap_or(0) == 0 {
        return None;
    }
    let mut headers = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let line = line.trim().to_lowercase();
        if let Some(bytes) = line.strip_prefix("content-length:") {
            length = bytes.trim().parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
        headers.push_str(&line);
        headers.push('\n');
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body).unwrap();
    let target = first.split(' ').nth(1).unwrap().to_owned();
    let (path, search) = target.split_once('?').unwrap_or((&target, ""));
    let (path, search) = (path.to_owned(), search.to_owned());
    Some(Request {
        path,
        search,
        headers,
        at: Instant::now(),
        body: String::from_utf8(body).unwrap(),
    })
}

fn answer(request: &Request, store: &Store) -> Result<String, String> {
    match request.path.as_str() {
        "/query" => query(&decoded(request.body.strip_prefix("query=").ok_or("no query")?), store),
        "/update" => {
            store.update(&request.body).map_err(|error| error.to_string())?;
            Ok(String::new())
        }
        "/store" => {
            let graph = decoded(request.search.strip_prefix("graph=").ok_or("no graph")?);
            let graph = GraphName::from(NamedNode::new(graph).unwrap());
            store.clear_graph(&graph).unwrap();
            let parser = RdfParser::from_format(RdfFormat::NTriples).with_default_graph(graph);
            store.load_from_reader(parser, request.body.as_bytes()).map_err(|e| e.to_string())?;
            Ok(String::new())
        }
        other => Err(format!("nothing at {other}")),
    }
}

fn query(sparql: &str, store: &Store) -> Result<String, String> {
    let prepared = SparqlEvaluator::new().parse_query(sparql).map_err(|e| e.to_string())?;
    let answer = prepared.on_store(store).execute().map_err(|e| e.to_string())?;
    let json = QueryResultsSerializer::from_format(QueryResultsFormat::Json);
    let bytes = match answer {
        QueryResults::Boolean(value) => {
            json.serialize_boolean_to_writer(Vec::new(), value).unwrap()
        }
        QueryResults::Solutions(rows) => {
            let columns = rows.variables().to_vec();
            let mut writer = json.serialize_solutions_to_writer(Vec::new(), columns).unwrap();
            rows.for_each(|row| writer.serialize(&row.unwrap()).unwrap());
            writer.finish().unwrap()
        }
        QueryResults::Graph(triples) => {
            let mut writer = RdfSerializer::from_format(RdfFormat::NTriples).for_writer(Vec::new());
            triples.for_each(|triple| writer.serialize_triple(&triple.unwrap()).unwrap());
            writer.finish().unwrap()
        }
    };
    Ok(String::from_utf8(bytes).unwrap())
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || char::from(rest.next().unwrap()).to_digit(16).unwrap() as u8;
        bytes.push(match byte {
            b'%' => digit() * 16 + digit(),
            // So forms write spaces.
            b'+' => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}
