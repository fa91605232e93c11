//! Replies that are kept for whoever asks the same again, as long as the state of the
//! store is the same: what everybody looks at is made once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::fields::encoded;
use super::http::{Reply, Request};

/// No more bytes are kept; when there would be more, all are let go.
const MOST: usize = 32 << 20;

/// The replies that one state of the store gave.
#[derive(Default)]
pub(super) struct Kept(Mutex<Replies>);

#[derive(Default)]
struct Replies {
    by_request: HashMap<String, Reply>,
    bytes: usize,
}

impl Kept {
    /// The reply to a request: the one that is kept, or else the one that is made.
    pub(super) fn reply(&self, request: &Request, make: impl FnOnce() -> Reply) -> Reply {
        let Some(key) = key(request) else { return make() };
        if let Some(reply) = self.lock().by_request.get(&key) {
            return reply.clone();
        }
        let reply = make();
        if reply.status == 200 {
            self.keep(key, &reply);
        }
        reply
    }

    /// Lets all of them go.
    pub(super) fn clear(&self) {
        *self.lock() = Replies::default();
    }

    fn keep(&self, key: String, reply: &Reply) {
        let mut kept = self.lock();
        let size = key.len() + reply.body.len();
        if kept.bytes + size > MOST {
            *kept = Replies::default();
        }
        if size <= MOST && kept.by_request.insert(key, reply.clone()).is_none() {
            kept.bytes += size;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Replies> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
    fn what_is_kept_has_a_bound() {
        let kept = Kept::default();
        let long = "x".repeat(MOST / 2);
        for query in ["q=a", "q=b", "q=c"] {
            asked(&kept, &request(query), &long);
            assert!(kept.lock().bytes <= MOST);
        }
    }
}
