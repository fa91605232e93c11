//! Who may write: whoever has the token, in a header or by a cookie that was given for it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::ServeError;
use crate::text::hex;

/// The cookie of who has signed in.
const COOKIE: &str = "reportedly";
/// A token has so many bytes of chance.
const CHANCE: usize = 32;
/// One that was made by somebody else has so many characters at least.
const SHORTEST: usize = 16;

/// What is sent along to be let write. It never reaches a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one, of the system's chance.
    pub fn generate() -> Result<Self, ServeError> {
        Ok(Self(chance()?))
    }

    /// One that somebody made: the words of a file, without spaces around them.
    pub fn parse(text: &str) -> Result<Self, ServeError> {
        let token = text.trim();
        let is_sound = token.len() >= SHORTEST && token.bytes().all(|b| b.is_ascii_graphic());
        if is_sound {
            Ok(Self(token.to_owned()))
        } else {
            Err(ServeError::Token { shortest: SHORTEST })
        }
    }

    /// The token as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

/// Hexadecimal digits of the system's chance.
fn chance() -> Result<String, ServeError> {
    let mut bytes = [0; CHANCE];
    getrandom::fill(&mut bytes).map_err(|error| ServeError::Chance(error.to_string()))?;
    Ok(hex(&bytes))
}

/// What an asker may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Rights {
    /// Read; nobody may write here.
    #[default]
    ReadOnly,
    /// Read, and write after signing in.
    Reader,
    /// Write.
    Writer,
}

/// What comes with a request that tells who sends it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Credentials<'r> {
    /// `Authorization`.
    pub(super) authorization: Option<&'r str>,
    /// `Cookie`.
    pub(super) cookie: Option<&'r str>,
    /// Whether it is sent by a page of our own, or only reads.
    pub(super) is_ours: bool,
}

/// Lets those write who have the token.
pub(super) struct Gate {
    token: [u8; CHANCE],
    /// What the cookie of who has signed in has: nothing that the token could be made of,
    /// and nothing that an earlier server gave.
    session: String,
}

impl Gate {
    /// For a token.
    pub(super) fn new(token: &Token) -> Result<Self, ServeError> {
        let session = hex(&digest(&format!("{} {}", chance()?, token.0)));
        Ok(Self { token: digest(&token.0), session })
    }

    /// What whoever sends these may do. A cookie counts only where no page of another site
    /// can have sent it along.
    pub(super) fn rights(&self, given: Credentials<'_>) -> Rights {
        let bearer = given.authorization.and_then(bearer);
        let session = given.cookie.and_then(session).filter(|_| given.is_ours);
        let has_token = bearer.is_some_and(|token| self.knows(token));
        let has_signed_in = session.is_some_and(|given| is_same(given, &self.session));
        if has_token || has_signed_in { Rights::Writer } else { Rights::Reader }
    }

    /// Whether it is the token.
    pub(super) fn knows(&self, token: &str) -> bool {
        is_equal(&digest(token.trim()), &self.token)
    }

    /// The cookie for who has the token: no script may read it, and no other site's page
    /// sends it along.
    pub(super) fn signed_in(&self) -> String {
        format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", self.session)
    }
}

/// The cookie that ends a session.
pub(super) fn signed_out() -> String {
    format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
}

/// The token of an `Authorization` header.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Our cookie of a `Cookie` header.
fn session(header: &str) -> Option<&str> {
    let ours = header.split(';').find_map(|one| one.trim().strip_prefix(COOKIE));
    ours.and_then(|rest| rest.strip_prefix('='))
}

fn digest(text: &str) -> [u8; CHANCE] {
    Sha256::digest(text.as_bytes()).into()
}

fn is_same(one: &str, other: &str) -> bool {
    is_equal(&digest(one), &digest(other))
}

/// Compares all bytes, whichever differ, so that the time taken tells nothing.
fn is_equal(one: &[u8; CHANCE], other: &[u8; CHANCE]) -> bool {
    let differing = one.iter().zip(other).fold(0, |differing, (a, b)| differing | (a ^ b));
    std::hint::black_box(differing) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate() -> (Token, Gate) {
        let token = Token::parse(" correct-horse-battery \n").unwrap();
        let gate = Gate::new(&token).unwrap();
        (token, gate)
    }

    #[test]
    fn the_token_lets_write() {
        let (token, gate) = gate();
        let rights = |header: &str| {
            gate.rights(Credentials { authorization: Some(header), ..Credentials::default() })
        };
        assert_eq!(rights(&format!("Bearer {}", token.as_str())), Rights::Writer);
        assert_eq!(rights(&format!("bearer  {}", token.as_str())), Rights::Writer);
        for wrong in ["Bearer wrong", "Basic correct-horse-battery", "correct-horse-battery", ""] {
            assert_eq!(rights(wrong), Rights::Reader, "{wrong}");
        }
    }

    #[test]
    fn a_cookie_counts_from_our_own_pages_only() {
        let (_, gate) = gate();
        let set = gate.signed_in();
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"));
        let cookie = format!("a=b; {}", set.split(';').next().unwrap());
        let rights = |is_ours| {
            let cookie = Some(cookie.as_str());
            gate.rights(Credentials { cookie, is_ours, ..Credentials::default() })
        };
        assert_eq!((rights(true), rights(false)), (Rights::Writer, Rights::Reader));
        let other = Gate::new(&Token::parse("correct-horse-battery").unwrap()).unwrap();
        assert_ne!(other.signed_in(), set, "each server has sessions of its own");
    }

    #[test]
    fn weak_tokens_are_refused() {
        for weak in ["", "short", "has a space in it, though long"] {
            assert!(Token::parse(weak).is_err(), "{weak}");
        }
        assert_eq!(Token::generate().unwrap().as_str().len(), 2 * CHANCE);
        assert_ne!(Token::generate().unwrap(), Token::generate().unwrap());
        assert_eq!(format!("{:?}", Token::generate().unwrap()), "Token");
    }
}
