//! Takes requests, and has them answered by threads that may wait: no more at a time
//! than allowed, none for longer, and queries apart from pages, so that no query
//! keeps a page waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use oxigraph::sparql::CancellationToken;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::answer::over_time;
use super::crew::{Crew, START};
use super::http::{Problem, Reply, Request};
use super::kept::Found;
use super::limits::Limits;
use super::routes;
use super::scope::{Analyst, Scope};
use super::views::Views;
use super::writing::{self, Writer};

/// So many pages are made at a time, and so many requests wait for their turn.
const PAGES: usize = 16;
const WAITING: usize = 256;
/// A request waits so long for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// A change waits so long for those before it.
const QUEUE: Duration = Duration::from_mins(1);
/// A cancelled query has so long to notice before its asker is answered.
const GRACE: Duration = Duration::from_millis(250);

/// Takes requests.
pub(super) struct Desk {
    /// The states of the store.
    pub(super) views: Views,
    /// How much may be asked.
    pub(super) limits: Limits,
    analyst: Arc<Analyst>,
    crew: Option<Crew>,
    writer: Option<Writer>,
    /// How many changes were made.
    changes: AtomicU64,
    pages: Arc<Semaphore>,
    queries: Arc<Semaphore>,
    writes: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    renewals: Arc<Semaphore>,
}

/// Cancels a query when nobody waits for its answer any longer.
struct Waiting(CancellationToken);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl Desk {
    /// Answers from a store.
    pub(super) fn new(
        views: Views,
        limits: Limits,
        analyst: Arc<Analyst>,
        crew: Option<Crew>,
        writer: Option<Writer>,
    ) -> Self {
        Self {
            views,
            limits,
            analyst,
            crew,
            writer,
            changes: AtomicU64::new(0),
            pages: Arc::new(Semaphore::new(PAGES)),
            queries: Arc::new(Semaphore::new(limits.queries)),
            writes: Arc::new(Semaphore::new(1)),
            waiting: Arc::new(Semaphore::new(WAITING)),
            renewals: Arc::new(Semaphore::new(1)),
        }
    }

    /// Answers a request, in time.
    pub(super) async fn answer(self: Arc<Self>, request: Request) -> Reply {
        let asked = request.clone();
        let answered = self.try_answer(request).await;
        answered.unwrap_or_else(|problem| routes::refusal(&asked, &problem))
    }

    async fn try_answer(self: Arc<Self>, mut request: Request) -> Result<Reply, Problem> {
        if writing::is_write(&request) {
            return self.written(request).await;
        }
        // What is kept costs next to nothing, and waits for nobody.
        if let Some(reply) = self.kept(&request) {
            return Ok(reply);
        }
        request.changes = self.changes.load(Ordering::Acquire);
        let turn = self.turn(&request.path).await?;
        // Who works elsewhere keeps to the limit; in this process it is kept here.
        let patience = match &self.crew {
            Some(_) if routes::is_query(&request.path) => self.limits.timeout + START,
            _ => self.limits.timeout,
        };
        let cancellation = CancellationToken::new();
        let _waiting = Waiting(cancellation.clone());
        let (desk, token) = (Arc::clone(&self), cancellation.clone());
        let work = tokio::task::spawn_blocking(move || {
            // Kept until the work has really ended, even when nobody waits for it.
            let _turn = turn;
            desk.work(&request, &token)
        });
        tokio::pin!(work);
        if let Ok(done) = tokio::time::timeout(patience, &mut work).await {
            return finished(done);
        }
        cancellation.cancel();
        match tokio::time::timeout(GRACE, &mut work).await {
            Ok(done) => finished(done),
            Err(_) => Err(over_time(self.limits.timeout.as_secs_f32())),
        }
    }

    /// The reply that is kept for a request; one of a state before is then made anew.
    fn kept(self: &Arc<Self>, request: &Request) -> Option<Reply> {
        match self.views.current().kept.find(request)? {
            Found::Current(reply) => Some(reply),
            // Who asks a query asks the newest state.
            Found::Outdated { .. } if routes::is_query(&request.path) => None,
            Found::Outdated { reply, is_wanted } => {
                if is_wanted {
                    tokio::spawn(Arc::clone(self).renew(request.clone()));
                }
                Some(reply)
            }
        }
    }

    /// Makes a reply anew, one at a time, so that whoever asks next gets it.
    async fn renew(self: Arc<Self>, request: Request) {
        let Ok(turn) = Arc::clone(&self.renewals).acquire_owned().await else {
            return;
        };
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            self.work(&request, &CancellationToken::new())
        });
        if let Err(problem) = finished(work.await) {
            tracing::warn!("a page cannot be made anew: {}", problem.detail);
        }
    }

    /// Makes a change, one at a time, and lets those who ask next see it. It is made as a whole
    /// even when nobody waits any longer.
    async fn written(self: Arc<Self>, request: Request) -> Result<Reply, Problem> {
        writing::permitted(&request)?;
        let _waiting = self.waiting.try_acquire().map_err(|_| busy("requests", WAITING))?;
        let turn = Arc::clone(&self.writes).acquire_owned();
        let Ok(Ok(turn)) = tokio::time::timeout(QUEUE, turn).await else {
            return Err(Problem::new(423, "others are writing; try again soon"));
        };
        let desk = Arc::clone(&self);
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let writer = desk.writer.as_ref().ok_or_else(super::answer::read_only)?;
            let reply = writing::write(writer, &request);
            desk.changes.fetch_add(1, Ordering::AcqRel);
            desk.views.follow()?;
            // Who has changed something sees it at once.
            desk.views.current().kept.forget_outdated();
            reply
        });
        finished(work.await)
    }

    /// Waits until there is room for a request of its kind.
    async fn turn(&self, path: &str) -> Result<OwnedSemaphorePermit, Problem> {
        let _waiting = self.waiting.try_acquire().map_err(|_| busy("requests", WAITING))?;
        let (semaphore, what, many) = if routes::is_query(path) {
            (&self.queries, "queries", self.limits.queries)
        } else {
            (&self.pages, "pages", PAGES)
        };
        let turn = Arc::clone(semaphore).acquire_owned();
        match tokio::time::timeout(PATIENCE, turn).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(busy(what, many)),
        }
    }

    /// Answers a request on this thread: queries by another process, which can be ended,
    /// if there are any.
    pub(super) fn work(
        &self,
        request: &Request,
        cancellation: &CancellationToken,
    ) -> Result<Reply, Problem> {
        match &self.crew {
            Some(crew) if routes::is_query(&request.path) => {
                crew.ask(request, self.limits, cancellation)
            }
            _ => {
                let cancellation = cancellation.clone();
                Ok(self.with_scope(cancellation, |scope| {
                    scope.snapshot.kept.reply(request, || routes::answer(scope, request))
                }))
            }
        }
    }

    /// Gets ready for the first query and the first article.
    pub(super) fn prepare(&self) {
        if self.writer.is_some()
            && let Err(problem) = self.analyst.pipeline()
        {
            tracing::warn!("articles cannot be read: {}", problem.detail);
        }
        if let Some(crew) = &self.crew {
            crew.prepare();
        }
    }

    /// Stops changes that take long, and lets those go who work elsewhere.
    pub(super) fn dismiss(&self) {
        if let Some(writer) = &self.writer {
            writer.stopping.cancel();
        }
        if let Some(crew) = &self.crew {
            crew.dismiss();
        }
    }

    /// Does something with the newest state of the store.
    pub(super) fn with_scope<T>(
        &self,
        cancellation: CancellationToken,
        work: impl FnOnce(&Scope<'_>) -> T,
    ) -> T {
        let snapshot = self.views.current();
        let (limits, analyst) = (self.limits, &self.analyst);
        work(&Scope { snapshot: &snapshot, limits, cancellation, analyst })
    }
}

fn finished(
    done: Result<Result<Reply, Problem>, tokio::task::JoinError>,
) -> Result<Reply, Problem> {
    done.unwrap_or_else(|error| {
        tracing::error!("a request ended in an error of this program: {error}");
        Err(Problem::new(500, "an error of this program; please report it"))
    })
}

fn busy(what: &str, many: usize) -> Problem {
    Problem::new(503, format!("{many} {what} are being answered or wait already; try again soon"))
}
