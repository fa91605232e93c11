//! robots.txt: what a site lets programs fetch, as RFC 9309 has it.

use std::time::Duration;

/// What our program is called in such files.
pub(super) const NAME: &str = "reportedly";
/// Nobody waits longer between two pages.
const LONGEST_DELAY: f64 = 60.0;

/// The rules of a site that are meant for this program.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    /// How long to wait between two pages.
    pub(super) delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allows: bool,
    /// A path with `*` for any characters, and `$` for the end.
    pattern: String,
}

impl Robots {
    /// Nothing may be fetched: what holds while a site does not answer.
    pub(super) fn nothing() -> Self {
        Self { rules: vec![Rule { allows: false, pattern: "/".into() }], delay: None }
    }

    /// The rules of the groups that name this program, or else of those for all.
    pub(super) fn parse(text: &str) -> Self {
        let (mut own, mut all) = (None, Self::default());
        let mut agents: Vec<String> = Vec::new();
        let mut in_rules = false;
        for line in text.lines() {
            let line = line.split('#').next().expect("splitting gives one piece at least");
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if in_rules {
                    agents.clear();
                }
                in_rules = false;
                agents.push(value.to_ascii_lowercase());
                continue;
            }
            in_rules = true;
            for agent in &agents {
                match agent.as_str() {
                    NAME => own.get_or_insert_with(Self::default).add(&key, value),
                    "*" => all.add(&key, value),
                    _ => {}
                }
            }
        }
        own.unwrap_or(all)
    }

    fn add(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" if !value.is_empty() => {
                self.rules.push(Rule { allows: key == "allow", pattern: value.to_owned() });
            }
            "crawl-delay" => {
                let seconds = value.parse().ok().filter(|s: &f64| s.is_finite() && *s >= 0.0);
                self.delay = seconds.map(|s| Duration::from_secs_f64(s.min(LONGEST_DELAY)));
            }
            _ => {}
        }
    }

    /// Whether a path, with its query, may be fetched: the longest pattern that
    /// fits decides, of two equally long ones the one that allows.
    pub(super) fn allows(&self, path: &str) -> bool {
        let mut decided = (0, true);
        for rule in &self.rules {
            let length = rule.pattern.len();
            let longer = length > decided.0 || length == decided.0 && rule.allows;
            if longer && fits(&rule.pattern, path) {
                decided = (length, rule.allows);
            }
        }
        decided.1
    }
}

/// Whether a path begins as a pattern says; in time proportional to their
/// lengths' product, whatever the pattern.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let first = parts.next().expect("splitting gives one piece at least");
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut last = None;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        let (_, after) = rest.split_at(at + part.len());
        (rest, last) = (after, Some(part));
    }
    match last {
        _ if !to_end || rest.is_empty() => true,
        // The last part may stand at the end as well as where it was found.
        Some(part) => part.is_empty() || rest.ends_with(part),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(robots: &str, path: &str, expected: bool) {
        assert_eq!(Robots::parse(robots).allows(path), expected, "{path} by {robots}");
    }

    #[test]
    fn the_longest_rule_of_the_right_group_decides() {
        let robots = "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /private/ # no\n\
                      Allow: /private/open\nCrawl-delay: 2\n";
        check(robots, "/news", true);
        check(robots, "/private/a", false);
        check(robots, "/private/open/a", true);
        assert_eq!(Robots::parse(robots).delay, Some(Duration::from_secs(2)));
        let own = format!("{robots}\nUser-agent: Reportedly\nUser-agent: third\nDisallow: /news");
        check(&own, "/news", false);
        check(&own, "/private/a", true);
        check("User-agent: *\nDisallow:\n", "/a", true);
        check("<html>not found</html>", "/a", true);
        assert!(!Robots::nothing().allows("/a"));
    }

    #[test]
    fn patterns_have_stars_and_ends() {
        let robots = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /a*b\nDisallow: /x$\n";
        check(robots, "/n/file.pdf", false);
        check(robots, "/n/file.pdf?page=1", true);
        check(robots, "/n.pdf/file.pdf", false);
        check(robots, "/a/long/b/way", false);
        check(robots, "/x", false);
        check(robots, "/xy", true);
    }
}
