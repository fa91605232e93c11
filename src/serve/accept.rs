//! Content negotiation, as RFC 9110 has it.

use serde::{Deserialize, Serialize};

/// What an asker reads, by how much it is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Accept(Vec<Range>);

/// A range of media types: `text/*;q=0.5`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Range {
    kind: String,
    subtype: String,
    /// Thousandths.
    quality: u16,
}

impl Accept {
    /// Those of an `Accept` header. What is no range is passed over.
    pub(super) fn parse(header: &str) -> Self {
        Self(header.split(',').filter_map(Range::parse).collect())
    }

    /// The offer that is wanted most; of equals the first. None where none will do.
    /// Whoever says nothing gets the first.
    pub(super) fn choose<'o, T>(&self, offers: &'o [(&str, T)]) -> Option<&'o T> {
        let mut best: Option<(u16, &T)> = None;
        for (name, offer) in offers {
            let quality = self.quality(name);
            if quality > 0 && best.is_none_or(|(most, _)| quality > most) {
                best = Some((quality, offer));
            }
        }
        best.map(|(_, offer)| offer)
    }

    /// Whether pages are wanted more than data: `text/html` is named, and nothing
    /// more.
    pub(super) fn wants_page(&self) -> bool {
        let pages = self.0.iter().filter(|r| r.kind == "text" && r.subtype == "html");
        pages.map(|r| r.quality).max().is_some_and(|page| {
            self.0.iter().all(|r| r.quality <= page || r.subtype == "xhtml+xml")
        })
    }

    /// How much a type is wanted, by the most exact range that it is in.
    fn quality(&self, name: &str) -> u16 {
        if self.0.is_empty() {
            return 1000;
        }
        let name = name.split(';').next().map_or(name, str::trim);
        let Some((kind, subtype)) = name.split_once('/') else { return 0 };
        let exactness = |range: &&Range| (range.kind == kind, range.subtype == subtype);
        let fitting = self.0.iter().filter(|range| range.has(kind, subtype));
        fitting.max_by_key(exactness).map_or(0, |range| range.quality)
    }
}

impl Range {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let quality = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
        let quality = match quality {
            Some(text) => (text.trim().parse::<f32>().ok()?.clamp(0.0, 1.0) * 1000.0) as u16,
            None => 1000,
        };
        let (kind, subtype) = (kind.trim().to_lowercase(), subtype.trim().to_lowercase());
        Some(Self { kind, subtype, quality })
    }

    fn has(&self, kind: &str, subtype: &str) -> bool {
        let is = |range: &str, name: &str| range == "*" || range == name;
        is(&self.kind, kind) && is(&self.subtype, subtype)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: &[(&str, u8)] = &[("text/turtle", 1), ("application/ld+json", 2), ("a/b", 3)];

    fn choose(header: &str) -> Option<u8> {
        Accept::parse(header).choose(OFFERS).copied()
    }

    #[test]
    fn the_most_wanted_offer_is_chosen() {
        assert_eq!(choose(""), Some(1));
        assert_eq!(choose("*/*"), Some(1));
        assert_eq!(choose("application/ld+json"), Some(2));
        assert_eq!(choose("text/turtle;q=0.4, application/*;q=0.5"), Some(2));
        assert_eq!(choose("*/*, text/turtle;q=0"), Some(2));
        assert_eq!(choose("image/png"), None);
        assert_eq!(choose("A/B; q=1"), Some(3));
        assert_eq!(choose("text/turtle;q=0.0, a/b;q=0"), None);
    }

    #[test]
    fn browsers_want_pages() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        assert!(Accept::parse(browser).wants_page());
        assert!(!Accept::parse("*/*").wants_page());
        assert!(!Accept::parse("text/turtle, text/html;q=0.3").wants_page());
    }
}
