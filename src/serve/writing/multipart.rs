//! Forms with files in them: `multipart/form-data`, RFC 7578.

use memchr::memmem;

/// A field of a form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Field<'b> {
    /// Its name.
    pub(super) name: String,
    /// The name of the file that it is, if it is one.
    pub(super) file: Option<String>,
    /// What it holds.
    pub(super) bytes: &'b [u8],
}

/// The boundary that a content type names.
pub(in crate::serve) fn boundary(content_type: &str) -> Option<&str> {
    let mut parts = content_type.split(';').map(str::trim);
    if !parts.next()?.eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parts.find_map(|part| part.strip_prefix("boundary="))?.trim_matches('"');
    (!boundary.is_empty()).then_some(boundary)
}

/// The fields of a body; none where it is broken off or no such form.
pub(super) fn fields<'b>(body: &'b [u8], boundary: &str) -> Option<Vec<Field<'b>>> {
    let delimiter = format!("--{boundary}");
    let mut rest = body.strip_prefix(delimiter.as_bytes())?;
    let end = format!("\r\n{delimiter}");
    let mut fields = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let length = memmem::find(part, end.as_bytes())?;
        let (part, after) = part.split_at_checked(length)?;
        fields.push(field(part)?);
        rest = after.get(end.len()..)?;
    }
    rest.starts_with(b"--").then_some(fields)
}

fn field(part: &[u8]) -> Option<Field<'_>> {
    let head_length = memmem::find(part, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(part.get(..head_length)?).into_owned();
    let bytes = part.get(head_length + 4..)?;
    let disposition = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    let name = parameter(disposition, "name")?;
    Some(Field { name, file: parameter(disposition, "filename"), bytes })
}

/// A parameter of a header, in quotation marks. Browsers write those in it as `%22`.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut parts = header.split(';').map(str::trim);
    let quoted = parts.find_map(|part| part.strip_prefix(name)?.strip_prefix("=\""))?;
    Some(quoted.strip_suffix('"')?.replace("%22", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "--xyz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA ferry\r\n\
        --xyz\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a%22b.txt\"\r\n\
        Content-Type: text/plain\r\n\r\none\r\n--xy\r\n\r\n--xyz--\r\n";

    #[test]
    fn fields_and_files_are_found() {
        let boundary = boundary("multipart/form-data; boundary=\"xyz\"").unwrap();
        let fields = fields(BODY.as_bytes(), boundary).unwrap();
        let title = Field { name: "title".into(), file: None, bytes: b"A ferry" };
        let file =
            Field { name: "file".into(), file: Some("a\"b.txt".into()), bytes: b"one\r\n--xy\r\n" };
        assert_eq!(fields, [title, file]);
    }

    #[test]
    fn what_is_broken_off_is_no_form() {
        for end in [10, 60, BODY.len() - 4] {
            assert_eq!(fields(&BODY.as_bytes()[..end], "xyz"), None, "{end}");
        }
        assert_eq!(boundary("multipart/form-data"), None);
        assert_eq!(boundary("text/plain; boundary=xyz"), None);
        assert_eq!(fields(b"--xyz--", "xyz"), Some(vec![]));
    }
}
