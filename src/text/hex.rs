use std::fmt::Write;

/// Bytes as two small hexadecimal digits each, as digests are written.
///
/// ```
/// assert_eq!(reportedly::text::hex(&[0, 171]), "00ab");
/// ```
pub fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        write!(digits, "{byte:02x}").expect("text takes whatever is written to it");
    }
    digits
}
