//! Servers, asked patiently: what those who send and ask over HTTP share.
//!
//! In: what asks a server once. Out: its answer, after as many tries as it takes; else why
//! it was no use.

use std::io::Read;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body};

use crate::text::one_line;

/// The longest pause before a server is asked again.
const LONGEST_WAIT: Duration = Duration::from_mins(2);
/// So many bytes of what a server says of an error are shown.
const LONGEST_REASON: u64 = 600;

/// Why asking was no use, however often it was done.
pub(crate) enum Failure {
    /// The server answers with an error, for the how-manieth time.
    Answer(Response<Body>, u32),
    /// It cannot be reached.
    Network(Box<ureq::Error>),
}

/// What asks a server, which may take so long for an answer.
pub(crate) fn agent(timeout: Duration) -> Agent {
    let config = Config::builder()
        .http_status_as_error(false)
        .timeout_global(Some(timeout))
        .user_agent(concat!("reportedly/", env!("CARGO_PKG_VERSION")));
    Agent::new_with_config(config.build())
}

/// Asks until there is an answer, or it is no use: so often again where the server is busy
/// or cannot be reached, ever later, or when it says.
pub(crate) fn patiently(
    retries: u32,
    ask: impl Fn() -> Result<Response<Body>, ureq::Error>,
) -> Result<Response<Body>, Failure> {
    let mut pause = Duration::from_secs(1);
    let mut tries = 1;
    loop {
        let wait = match ask() {
            Ok(response) if response.status().is_success() => return Ok(response),
            Ok(response) if tries <= retries && may_pass(&response) => {
                retry_after(response.headers()).unwrap_or(pause)
            }
            Ok(response) => return Err(Failure::Answer(response, tries)),
            Err(_) if tries <= retries => pause,
            Err(source) => return Err(Failure::Network(Box::new(source))),
        };
        tries += 1;
        tracing::debug!(tries, "asked again");
        std::thread::sleep(wait.min(LONGEST_WAIT));
        pause *= 2;
    }
}

/// Whether asking again may help.
fn may_pass(response: &Response<Body>) -> bool {
    matches!(response.status().as_u16(), 408 | 425 | 429 | 500 | 502..=504)
}

/// How long a server wants to be left alone: so many seconds, or until a moment, which is
/// counted from its own clock.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let wanted = text("retry-after")?;
    if let Ok(seconds) = wanted.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = |text| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
    let (until, now) = (moment(wanted)?, moment(text("date")?)?);
    Duration::try_from(until.duration_since(now)).ok()
}

/// The beginning of what a server says of an error, on one line.
pub(crate) fn reason(response: Response<Body>) -> String {
    let mut bytes = Vec::new();
    let read = response.into_body().into_reader().take(LONGEST_REASON).read_to_end(&mut bytes);
    if let Err(error) = read {
        tracing::debug!(%error, "an answer breaks off");
    }
    one_line(&String::from_utf8_lossy(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &[(&'static str, &str)], expected: Option<u64>) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        assert_eq!(retry_after(&map), expected.map(Duration::from_secs));
    }

    #[test]
    fn servers_say_when_to_come_again() {
        check(&[("retry-after", "7")], Some(7));
        let until = ("retry-after", "Fri, 31 May 2024 08:01:30 GMT");
        check(&[until, ("date", "Fri, 31 May 2024 08:00:00 GMT")], Some(90));
        check(&[until, ("date", "Fri, 31 May 2024 09:00:00 GMT")], None);
        check(&[until], None);
        check(&[], None);
    }
}
