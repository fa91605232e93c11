//! Replies that are kept for whoever asks the same again, as long as the state of the
//! store is the same: what everybody looks at is made once.
//!
//! They are kept compressed, as pages become a tenth of their size so, in two halves: what
//! was asked for lately, and what was before that. When the first is full it becomes the
//! second, and what nobody has asked for since is let go.
//!
//! When something is published, most replies are made anew at once. Those that took long
//! are outdated instead: for a moment they are still told (with their `age`, as HTTP calls
//! it), while one that is up to date is being made.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::fields::encoded;
use super::http::{Reply, Request};

/// No more bytes are kept in either half.
const MOST: usize = 48 << 20;
/// Shorter bodies are kept as they are.
const SHORT: usize = 2_048;
/// A reply that took longer to make is told for a while after it is outdated.
const COSTLY: Duration = Duration::from_millis(30);
/// An outdated reply is told no longer.
const OUTDATED: Duration = Duration::from_mins(2);

/// The replies that one state of the store gave, and those of states before it that are
/// still told.
#[derive(Default)]
pub(super) struct Kept(Mutex<Replies>);

#[derive(Default)]
struct Replies {
    current: Halves,
    outdated: HashMap<String, Outdated>,
}

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
    /// How long it took to make.
    cost: Duration,
}

/// A reply of a state before.
#[derive(Clone)]
struct Outdated {
    packed: Arc<Packed>,
    /// When there was a newer state.
    since: Instant,
    /// Whether somebody was told to make it anew.
    is_renewed: bool,
}

/// A reply that is kept.
#[derive(Debug)]
pub(super) enum Found {
    /// It is of the newest state.
    Current(Reply),
    /// It is of a state before. Who is told so first is to have it made anew.
    Outdated {
        /// The reply, with its age.
        reply: Reply,
        /// Whether it is to be made anew.
        is_wanted: bool,
    },
}

impl Kept {
    /// The reply to a request: the one that is kept and up to date, or else the one that
    /// is made.
    pub(super) fn reply(&self, request: &Request, make: impl FnOnce() -> Reply) -> Reply {
        let Some(key) = key(request) else {
            return make();
        };
        let kept = self.lock().current.find(&key);
        if let Some(reply) = kept.and_then(|packed| packed.unpacked()) {
            return reply;
        }
        let since = Instant::now();
        let reply = make();
        let packed = match reply.status {
            200 => Packed::of(&reply, since.elapsed()),
            _ => None,
        };
        let mut replies = self.lock();
        replies.outdated.remove(&key);
        if let Some(packed) = packed {
            replies.current.keep(key, Arc::new(packed));
        }
        reply
    }

    /// The reply to a request that is kept.
    pub(super) fn find(&self, request: &Request) -> Option<Found> {
        let key = key(request)?;
        let mut replies = self.lock();
        if let Some(packed) = replies.current.find(&key) {
            drop(replies);
            return packed.unpacked().map(Found::Current);
        }
        let outdated = replies.outdated.get_mut(&key)?;
        let age = outdated.since.elapsed();
        if age > OUTDATED {
            return None;
        }
        let is_wanted = !std::mem::replace(&mut outdated.is_renewed, true);
        let packed = Arc::clone(&outdated.packed);
        drop(replies);
        let reply = packed.unpacked()?.with("age", age.as_secs().to_string());
        Some(Found::Outdated { reply, is_wanted })
    }

    /// Those that a newer state begins with: all are outdated.
    pub(super) fn newer(&self) -> Self {
        let outdated = self.lock().outdated_by(Instant::now());
        Self(Mutex::new(Replies { current: Halves::default(), outdated }))
    }

    /// Takes all for outdated.
    pub(super) fn outdate(&self) {
        let mut replies = self.lock();
        let outdated = replies.outdated_by(Instant::now());
        *replies = Replies { current: Halves::default(), outdated };
    }

    /// Lets those go that are outdated.
    pub(super) fn forget_outdated(&self) {
        self.lock().outdated.clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Replies> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Replies {
    /// What is outdated when there is a newer state from a moment on.
    fn outdated_by(&self, now: Instant) -> HashMap<String, Outdated> {
        let lasting = self.outdated.iter().filter(|(_, kept)| now - kept.since < OUTDATED);
        let mut outdated: HashMap<_, _> = lasting
            .map(|(key, kept)| (key.clone(), Outdated { is_renewed: false, ..kept.clone() }))
            .collect();
        for (key, packed) in self.current.costly() {
            let kept = Outdated { packed: Arc::clone(packed), since: now, is_renewed: false };
            outdated.insert(key.clone(), kept);
        }
        if outdated.values().map(|kept| kept.packed.body.len()).sum::<usize>() > 2 * MOST {
            outdated.retain(|_, kept| kept.since == now);
        }
        outdated
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

    /// Those that took long to make.
    fn costly(&self) -> impl Iterator<Item = (&String, &Arc<Packed>)> {
        let all = self.before.iter().chain(&self.late);
        all.filter(|(_, packed)| packed.cost >= COSTLY)
    }
}

impl Packed {
    /// A reply; none where it cannot be compressed.
    fn of(reply: &Reply, cost: Duration) -> Option<Self> {
        let head = Reply { body: Vec::new(), ..reply.clone() };
        if reply.body.len() < SHORT {
            return Some(Self { head, body: reply.body.clone(), is_compressed: false, cost });
        }
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&reply.body).ok()?;
        Some(Self { head, body: encoder.finish().ok()?, is_compressed: true, cost })
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
        assert!(kept.lock().current.bytes < long.len() / 10);
    }

    /// What a reply is that takes so long to make.
    fn made(kept: &Kept, query: &str, cost: Duration) {
        kept.reply(&request(query), || {
            std::thread::sleep(cost);
            Reply::new("text/plain", query)
        });
    }

    #[test]
    fn what_took_long_is_told_until_it_is_made_anew() {
        let kept = Kept::default();
        made(&kept, "q=slow", COSTLY);
        made(&kept, "q=quick", Duration::ZERO);
        let newer = kept.newer();
        assert!(newer.find(&request("q=quick")).is_none());
        let Some(Found::Outdated { reply, is_wanted: true }) = newer.find(&request("q=slow"))
        else {
            panic!("the first who asks has it made anew");
        };
        assert!(reply.headers.contains(&("age".into(), "0".to_owned())));
        let again = newer.find(&request("q=slow"));
        assert!(matches!(again, Some(Found::Outdated { is_wanted: false, .. })));
        assert_eq!(asked(&newer, &request("q=slow"), "anew"), "anew");
        assert!(matches!(newer.find(&request("q=slow")), Some(Found::Current(_))));
    }

    #[test]
    fn what_there_is_no_more_is_not_told_again() {
        let kept = Kept::default();
        made(&kept, "q=slow", COSTLY);
        let gone = Reply { status: 404, ..Reply::new("text/plain", "") };
        kept.outdate();
        kept.reply(&request("q=slow"), || gone);
        assert!(kept.find(&request("q=slow")).is_none());

        made(&kept, "q=slow", COSTLY);
        let newer = kept.newer();
        newer.forget_outdated();
        assert!(newer.find(&request("q=slow")).is_none());
    }

    #[test]
    fn nothing_is_told_for_long_after_it_is_outdated() {
        let kept = Kept::default();
        made(&kept, "q=slow", COSTLY);
        let newer = kept.newer();
        let now = Instant::now();
        assert_eq!(newer.lock().outdated_by(now).len(), 1);
        assert!(newer.lock().outdated_by(now + OUTDATED).is_empty());
    }

    #[test]
    fn what_is_kept_has_a_bound() {
        let mut halves = Halves::default();
        let half = || {
            let head = Reply::new("text/plain", "");
            let (body, cost) = (vec![0; MOST / 2], Duration::ZERO);
            Arc::new(Packed { head, body, is_compressed: false, cost })
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
