//! Lists of the examples that fail today: `tests/failing/NAME.txt`, one a line.
//! What stands there must fail and all else must pass, so that nothing gets
//! worse unseen and what is mended is taken off.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Compares what fails, with the reason of each, with the list of that name.
/// Where `REPORTEDLY_BLESS` is set, writes the list instead.
pub(crate) fn check(name: &str, failing: &BTreeMap<String, String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/failing/{name}.txt"));
    let text = std::fs::read_to_string(&path).expect("the list is there");
    let (head, list): (Vec<&str>, Vec<&str>) = text.lines().partition(|l| l.starts_with('#'));
    if std::env::var_os("REPORTEDLY_BLESS").is_some() {
        let lines: Vec<&str> = head.into_iter().chain(failing.keys().map(String::as_str)).collect();
        std::fs::write(&path, lines.join("\n") + "\n").expect("the list can be written");
        return;
    }
    let mut report = String::new();
    for (example, reason) in failing.iter().filter(|(e, _)| !list.contains(&e.as_str())) {
        writeln!(report, "fails, and is not listed: {example}\n{reason}")
            .expect("no end of memory");
    }
    for example in list.iter().filter(|&&e| !failing.contains_key(e)) {
        writeln!(report, "listed, and does not fail (any more): {example}")
            .expect("no end of memory");
    }
    assert!(report.is_empty(), "{}:\n{report}", path.display());
}
