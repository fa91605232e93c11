//! What goes through a pipe between processes of this program: a line of JSON that
//! tells how many bytes follow, and the bytes.

use std::io::{self, BufRead, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Sends a head and a body.
pub(super) fn send(output: &mut impl Write, head: &impl Serialize, body: &[u8]) -> io::Result<()> {
    let mut line = serde_json::to_vec(&(body.len(), head))?;
    line.push(b'\n');
    output.write_all(&line)?;
    output.write_all(body)?;
    output.flush()
}

/// The next head and body; none where the pipe has ended.
pub(super) fn receive<T: DeserializeOwned>(
    input: &mut impl BufRead,
) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut line = String::new();
    if input.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let (length, head): (u64, T) = serde_json::from_str(&line)?;
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    Ok(Some((head, body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_received() {
        let mut pipe = Vec::new();
        send(&mut pipe, &"one", b"a\nb").unwrap();
        send(&mut pipe, &"two", b"").unwrap();
        let mut input = pipe.as_slice();
        let one: (String, _) = receive(&mut input).unwrap().unwrap();
        assert_eq!(one, ("one".into(), b"a\nb".to_vec()));
        let two: (String, _) = receive(&mut input).unwrap().unwrap();
        assert_eq!(two, ("two".into(), vec![]));
        assert!(receive::<String>(&mut input).unwrap().is_none());
    }
}
