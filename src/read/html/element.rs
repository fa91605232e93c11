//! What the elements of HTML are, as far as reading text needs it.

use crate::read::element::is_block;

/// Elements that have no content and no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose content is no text of the page.
pub(crate) fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "applet"
            | "audio"
            | "button"
            | "canvas"
            | "datalist"
            | "dialog"
            | "embed"
            | "head"
            | "iframe"
            | "input"
            | "map"
            | "math"
            | "noembed"
            | "noframes"
            | "noscript"
            | "object"
            | "option"
            | "script"
            | "select"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "title"
            | "video"
    )
}

/// The level of a heading, 1 to 6.
pub(crate) fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Around these a paragraph may go on.
const PARAGRAPH: &[&str] = &["table", "td", "th", "caption", "button", "object", "html"];
const LIST: &[&str] = &["ul", "ol", "menu", "dir", "table", "td", "th"];
const DEFINITIONS: &[&str] = &["dl", "table", "td", "th"];
const TABLE: &[&str] = &["table"];
const ROW: &[&str] = &["tr", "table"];

/// The elements that end where an element of this name starts, the innermost
/// first, each with those that keep it open.
pub(crate) fn ends_before(name: &str) -> &'static [(&'static str, &'static [&'static str])] {
    match name {
        "li" => &[("p", PARAGRAPH), ("li", LIST)],
        "dt" | "dd" => &[("p", PARAGRAPH), ("dt", DEFINITIONS), ("dd", DEFINITIONS)],
        "tr" => &[("td", ROW), ("th", ROW), ("tr", TABLE)],
        "td" | "th" => &[("td", ROW), ("th", ROW)],
        "tbody" | "tfoot" => {
            &[("td", ROW), ("th", ROW), ("tr", TABLE), ("thead", TABLE), ("tbody", TABLE)]
        }
        "option" => &[("option", &["select"])],
        "a" => &[("a", &["div", "p", "li", "td", "section", "article", "table", "object"])],
        "body" => &[("head", &[])],
        _ if is_block(name) && !name.contains('-') => &[("p", PARAGRAPH)],
        _ => &[],
    }
}

/// The elements that an end tag of this name does not reach through.
pub(crate) fn scope_of(name: &str) -> &'static [&'static str] {
    match name {
        "p" => PARAGRAPH,
        "li" => LIST,
        "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" => TABLE,
        "table" => &[],
        _ => &["td", "th"],
    }
}
