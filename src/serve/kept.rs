//! Replies that are kept for whoever asks the same again, as long as the state of the
//! store is the same: what everybody looks at is made once.
//!
//! They are kept compressed, as pages become a tenth of their size so, in two halves: what
//! was asked for lately, and what was before that. When the first is full it becomes the
//! second, and what nobody has asked for since is let go.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::fields::encoded;
use super::http::{Reply, Request};

/// No more bytes are kept in either half.
const MOST: usize = 48 << 20;
/// Shorter bodies are kept as they are.
const SHORT: usize = 2_048;

/// The replies that one state of the store gave.
#[derive(Default)]
pub(super) struct Kept(Mutex<Halves>);

#[derive(Default)]
struct Halves {
    late: HashMap<String, Arc<Packed>>,
    bytes: usize,
    before: HashMap<String, Arc<Packed>>,
}

/// A reply, and its body.
struct Packed {
    head: Reply,
    body: Vec<u8>,
    is_compressed: bool,
}

impl Kept {
    /// The reply to a request: the one that is kept, or else the one that is made.
    pub(super) fn reply(&self, request: &Request, make: impl FnOnce() -> Reply) -> Reply {
        if let Some(reply) = self.find(request) {
            return reply;
        }
        let reply = make();
        if reply.status == 200
            && let Some(key) = key(request)
            && let Some(packed) = Packed::of(&reply)
        {
            self.lock().keep(key, Arc::new(packed));
        }
        reply
    }

    /// The reply to a request that is kept.
    pub(super) fn find(&self, request: &Request) -> Option<Reply> {
        let kept = self.lock().find(&key(request)?)?;
        kept.unpacked()
    }

    /// Lets all of them go.
    pub(super) fn clear(&self) {
        *self.lock() = Halves::default();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Halves> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Halves {
    fn find(&mut self, key: &str) -> Option<Arc<Packed>> {
        if let Some(kept) = self.late.get(key) {
            return Some(Arc::clone(kept));
        }
        let (key, kept) = self.before.remove_entry(key)?;
        self.keep(key, Arc::clone(&kept));
        Some(kept)
    }

    fn keep(&mut self, key: String, packed: Arc<Packed>) {
        let size = key.len() + packed.body.len();
        if size > MOST {
            return;
        }
        if self.bytes + size > MOST {
            self.before = std::mem::take(&mut self.late);
            self.bytes = 0;
        }
        if self.late.insert(key, packed).is_none() {
            self.bytes += size;
        }
    }
}

impl Packed {
    /// A reply; none where it cannot be compressed.
    fn of(reply: &Reply) -> Option<Self> {
        let head = Reply { body: Vec::new(), ..reply.clone() };
        if reply.body.len() < SHORT {
            return Some(Self { head, body: reply.body.clone(), is_compressed: false });
        }
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&reply.body).ok()?;
        Some(Self { head, body: encoder.finish().ok()?, is_compressed: true })
    }

    fn unpacked(&self) -> Option<Reply> {
        let mut body = Vec::new();
        if self.is_compressed {
            DeflateDecoder::new(self.body.as_slice()).read_to_end(&mut body).ok()?;
        } else {
            body.clone_from(&self.body);
        }
        Some(Reply { body, ..self.head.clone() })
    }
}

/// All that a reply depends on, of a request that only reads.
fn key(request: &Request) -> Option<String> {
    let Request { path, query, accept, address, rights, .. } = request;
    let query = encoded(query.iter());
    request.is_get().then(|| format!("{address}{path}?{query} {accept:?} {rights:?}"))
}

#[cfg(test)]
mod tests {
    use super::super::fields::Fields;
    use super::*;

    fn request(query: &str) -> Request {
        let query = Fields::parse(query.as_bytes());
        Request { method: "GET".into(), path: "/search".into(), query, ..Request::default() }
    }

    fn asked(kept: &Kept, request: &Request, body: &str) -> String {
        let reply = kept.reply(request, || Reply::new("text/plain", body));
        String::from_utf8(reply.body).unwrap()
    }

    #[test]
    fn the_same_is_made_once() {
        let kept = Kept::default();
        assert_eq!(asked(&kept, &request("q=a"), "one"), "one");
        assert_eq!(asked(&kept, &request("q=a"), "two"), "one");
        assert_eq!(asked(&kept, &request("q=b"), "three"), "three");
        let sent = Request { method: "POST".into(), ..request("q=a") };
        assert_eq!(asked(&kept, &sent, "four"), "four");
    }

    #[test]
    fn long_replies_come_back_whole() {
        let (kept, long) = (Kept::default(), "a page ".repeat(SHORT));
        assert_eq!(asked(&kept, &request("q=a"), &long), long);
        assert_eq!(asked(&kept, &request("q=a"), "another"), long);
        assert!(kept.lock().bytes < long.len() / 10);
    }

    #[test]
    fn what_is_kept_has_a_bound() {
        let mut halves = Halves::default();
        let half = || {
            let head = Reply::new("text/plain", "");
            Arc::new(Packed { head, body: vec![0; MOST / 2], is_compressed: false })
        };
        for key in ["a", "b", "c", "d", "e"] {
            halves.keep(key.to_owned(), half());
            assert!(halves.find("a").is_some(), "what is asked for stays");
            assert!(halves.bytes <= MOST);
            assert!(halves.late.len() + halves.before.len() <= 3);
        }
        assert!(halves.find("b").is_none());
    }
}
