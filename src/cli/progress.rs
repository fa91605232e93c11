//! How far a command has come; silent where standard error is no terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::read::{self, Input};

/// A bar with articles a second and the time left.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Starts one. The articles are counted beside the work, where reading
    /// them twice does no harm; until then, the bar shows no end.
    pub(super) fn new(inputs: &[Input]) -> Self {
        let bar = spinner("{spinner} {pos} articles, {per_sec}, {elapsed}");
        if !bar.is_hidden() {
            count_in_background(bar.clone(), inputs.to_vec());
        }
        Self { bar }
    }

    /// One more article is done.
    pub(super) fn advance(&self) {
        self.bar.inc(1);
    }

    /// Tells why an article was skipped.
    pub(super) fn complain(&self, reason: &str) {
        self.bar.suspend(|| anstream::eprintln!("skipped: {reason}"));
    }

    /// Takes the bar away.
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

fn spinner(template: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.set_style(style(template));
    if !bar.is_hidden() {
        bar.enable_steady_tick(Duration::from_millis(200));
    }
    bar
}

fn count_in_background(bar: ProgressBar, inputs: Vec<Input>) {
    let is_file =
        |path: &std::path::Path| std::fs::metadata(path).is_ok_and(|m| m.is_file() || m.is_dir());
    if !inputs.iter().all(|input| matches!(input, Input::Path(path) if is_file(path))) {
        return;
    }
    std::thread::spawn(move || {
        let all = read::articles(&inputs, &read::Options::default()).count();
        bar.set_length(all as u64);
        bar.set_style(style("{bar:30} {pos}/{len} articles, {per_sec}, {eta} left"));
    });
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
