//! How far a command has come; silent where standard error is no terminal.

use std::fmt;
use std::time::Duration;

use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::build::Watch;
use crate::read::{self, Articles};

/// What a bar looks like as long as nobody can tell the end, and where it is known.
const ENDLESS: &str = "{spinner} {msg} articles, {bytes}, {elapsed}";
const BAR: &str = "{bar:30} {msg} articles, {bytes}/{total_bytes}, {eta} left";

/// A bar with the articles that are done, the bytes that are read, and the time left.
pub(super) struct Progress {
    bar: ProgressBar,
    read: read::Progress,
    articles: u64,
}

impl Progress {
    /// Starts one for articles that are going to be read.
    pub(super) fn new(articles: &Articles) -> Self {
        let bar = spinner(ENDLESS);
        if !bar.is_hidden()
            && let Some(bytes) = articles.bytes_to_come()
        {
            bar.set_length(bytes);
            bar.set_style(style(BAR));
        }
        Self { bar, read: articles.progress(), articles: 0 }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Progress {
    fn advance(&mut self) {
        self.articles += 1;
        if !self.bar.is_hidden() {
            self.bar.set_message(self.articles.to_string());
            self.bar.set_position(self.read.bytes());
        }
    }

    fn note(&mut self, what: &str) {
        self.bar.suspend(|| anstream::eprintln!("note: {what}"));
    }

    fn complain(&mut self, reason: &str) {
        self.bar.suspend(|| anstream::eprintln!("skipped: {reason}"));
    }
}

/// A bar for work of which it is known how much there is.
#[cfg(feature = "endpoint")]
pub(super) struct Counter {
    bar: ProgressBar,
}

#[cfg(feature = "endpoint")]
impl Counter {
    pub(super) fn new(what: &'static str) -> Self {
        let bar = spinner("{spinner} {msg}, {elapsed}").with_message(what);
        Self { bar }
    }

    pub(super) fn show(&self, done: u64, all: u64) {
        if self.bar.length() != Some(all) {
            self.bar.set_length(all);
            self.bar.set_style(style("{bar:30} {pos}/{len} {msg}, {eta} left"));
        }
        self.bar.set_position(done);
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Runs work whose end nobody can tell, and shows that it goes on.
pub(super) fn while_waiting<T>(what: &'static str, work: impl FnOnce() -> T) -> T {
    let bar = spinner("{spinner} {msg}, {elapsed}").with_message(what);
    let result = work();
    bar.finish_and_clear();
    result
}

/// The same for work that reads, and tells by the handle how many bytes it has read.
pub(super) fn while_reading<T>(what: &'static str, work: impl FnOnce(&read::Progress) -> T) -> T {
    let progress = read::Progress::default();
    let read = progress.clone();
    let bytes = move |_: &ProgressState, out: &mut dyn fmt::Write| {
        // A bar that cannot be drawn is no reason to stop.
        let _ = write!(out, "{}", HumanBytes(read.bytes()));
    };
    let bar = spinner("{spinner} {msg}, {elapsed}").with_message(what);
    bar.set_style(style("{spinner} {msg}, {read} read, {elapsed}").with_key("read", bytes));
    let result = work(&progress);
    bar.finish_and_clear();
    result
}

fn spinner(template: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.set_style(style(template));
    if !bar.is_hidden() {
        bar.enable_steady_tick(Duration::from_millis(200));
    }
    bar
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates here are whole")
}
