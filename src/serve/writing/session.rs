//! Signing in and out, for those who write with a browser.

use crate::serve::http::{Problem, Reply, Request};
use crate::serve::rights::{Gate, signed_out};

/// Answers `POST /sign-in` and `/sign-out`; none for other requests. A page of another site
/// signs nobody in.
pub(in crate::serve) fn sign(
    gate: &Gate,
    request: &Request,
    is_ours: bool,
) -> Option<Result<Reply, Problem>> {
    if request.method != "POST" {
        return None;
    }
    match request.path.as_str() {
        "/sign-in" if is_ours => Some(sign_in(gate, request)),
        "/sign-in" => Some(Err(Problem::new(403, "the form was sent by a page of another site"))),
        "/sign-out" => Some(Ok(Reply::see("/").with("set-cookie", signed_out()))),
        _ => None,
    }
}

fn sign_in(gate: &Gate, request: &Request) -> Result<Reply, Problem> {
    let fields = request.fields();
    let token = fields.words("token").unwrap_or("");
    if !gate.knows(token) {
        let detail = "that is not the token; it was printed when the server was started, or \
                      stands in the file of --token-file. Try again at /sign-in";
        return Err(Problem::new(403, detail));
    }
    let to = fields.words("to").filter(|to| is_here(to)).unwrap_or("/");
    Ok(Reply::see(to).with("set-cookie", gate.signed_in()))
}

/// Whether an address is one of this server, without its name.
fn is_here(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::is_here;

    #[test]
    fn nobody_is_led_elsewhere() {
        assert!(is_here("/article/a?at=1,2"));
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", ""] {
            assert!(!is_here(elsewhere), "{elsewhere}");
        }
    }
}
