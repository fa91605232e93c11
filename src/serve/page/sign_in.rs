//! The form for who has the token.

use super::layout::page;
use crate::serve::rights::Rights;

/// The form; who has signed in is led on.
pub(in crate::serve) fn sign_in(rights: Rights, to: &str) -> String {
    page(rights, "Sign in", "", |html| {
        html.element("h1", &[], "Sign in");
        let form = [("action", "/sign-in"), ("method", "post"), ("class", "question")];
        html.within("form", &form, |html| {
            let label = "The token that was printed when the server was started";
            html.element("label", &[("for", "token")], label);
            let field = [
                ("type", "password"),
                ("id", "token"),
                ("name", "token"),
                ("autocomplete", "current-password"),
                ("required", ""),
            ];
            html.void("input", &field);
            html.void("input", &[("type", "hidden"), ("name", "to"), ("value", to)]);
            html.element("button", &[], "Sign in");
        });
    })
}
