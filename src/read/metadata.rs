//! What is known of an article besides its text, under the many names that
//! headers, front matter and JSON give it.

use compact_str::CompactString;
use sha2::{Digest, Sha256};

use super::date;
use super::explain::Noted;
use crate::text::{ArticleId, Published};

/// A field of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Url,
    Title,
    Publisher,
    Byline,
    Dateline,
    Credit,
    Rights,
    Published,
    Language,
    Text,
}

/// The names of each field, the most telling first; compared without case,
/// `_`, `-` and spaces.
const NAMES: [(Field, &[&str]); 11] = [
    (Field::Id, &["id", "articleid", "docid", "documentid", "uuid", "guid", "slug"]),
    (
        Field::Url,
        &["url", "canonicalurl", "articleurl", "sourceurl", "link", "permalink", "address"],
    ),
    (Field::Title, &["title", "headline", "name", "subject"]),
    (
        Field::Publisher,
        &[
            "publisher",
            "publication",
            "outlet",
            "newspaper",
            "sitename",
            "sourcename",
            "site",
            "website",
            "source",
            "agency",
            "domain",
        ],
    ),
    (
        Field::Byline,
        &["byline", "bylines", "author", "authors", "creator", "writer", "writtenby", "by"],
    ),
    (Field::Dateline, &["dateline"]),
    (Field::Credit, &["credit", "creditline", "credittext"]),
    (Field::Rights, &["rights", "copyright", "copyrightnotice", "usageterms"]),
    (
        Field::Published,
        &[
            "published",
            "datepublished",
            "publishedat",
            "publisheddate",
            "publishedon",
            "publishdate",
            "publicationdate",
            "pubdate",
            "date",
            "datetime",
            "created",
            "timestamp",
            "posted",
            "time",
        ],
    ),
    (Field::Language, &["language", "lang", "inlanguage", "locale"]),
    (
        Field::Text,
        &[
            "text",
            "body",
            "articlebody",
            "content",
            "maintext",
            "fulltext",
            "articletext",
            "article",
            "story",
            "paragraphs",
        ],
    ),
];

impl Field {
    /// What people call it.
    #[cfg(feature = "html")]
    pub(super) fn name(self) -> &'static str {
        let named = NAMES.iter().find(|(field, _)| *field == self);
        named.map(|(_, names)| names[0]).expect("each field has names")
    }

    /// The field of this name, and how telling the name is: 0 is the best.
    pub(crate) fn of(name: &str) -> Option<(Self, usize)> {
        let bare = |c: &char| !matches!(c, '_' | '-' | ' ');
        let name: String = name.chars().filter(bare).flat_map(char::to_lowercase).collect();
        NAMES.iter().find_map(|(field, names)| {
            names.iter().position(|n| *n == name).map(|rank| (*field, rank))
        })
    }
}

/// The fields of one article as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) id: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) dateline: Option<String>,
    pub(crate) credit: Option<String>,
    pub(crate) rights: Option<String>,
    pub(crate) published: Option<Published>,
    /// What was given as its day, and is not one certain day.
    pub(crate) doubtful: Option<String>,
    pub(crate) language: Option<CompactString>,
    /// The number of this version, where a provider counts those of one id: 0 is the first.
    pub(crate) version: Option<u64>,
    /// How that was found.
    pub(super) noted: Noted,
}

impl Metadata {
    /// Sets a field, where the value says something. The text is no part of it.
    pub(crate) fn set(&mut self, field: Field, value: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if value.is_empty() {
            return;
        }
        match field {
            Field::Id => self.id = Some(value),
            Field::Url => self.url = Some(value),
            Field::Title => self.title = Some(value),
            Field::Publisher => self.publisher = Some(value),
            Field::Byline => self.byline = Some(value),
            Field::Dateline => self.dateline = Some(value),
            Field::Credit => self.credit = Some(value),
            Field::Rights => self.rights = Some(value),
            Field::Published => {
                self.published = date::parse(&value);
                self.doubtful = Some(value).filter(|_| self.published.is_none());
            }
            Field::Language => self.language = language(&value),
            Field::Text => {}
        }
    }

    /// Sets a field that a place in the source told.
    #[cfg(feature = "html")]
    pub(crate) fn told(&mut self, field: Field, value: &str, place: &str) {
        self.set(field, value);
        self.tells(field, place);
    }

    /// Notes which place told a field.
    #[cfg(feature = "html")]
    pub(crate) fn tells(&mut self, field: Field, place: &str) {
        self.noted.tells(field.name(), place);
    }

    /// Sets a field to the first of some values that says something.
    #[cfg(feature = "feeds")]
    pub(crate) fn set_first<const N: usize>(&mut self, field: Field, values: [Option<String>; N]) {
        let said = values.into_iter().flatten().find(|value| !value.trim().is_empty());
        if let Some(value) = said {
            self.set(field, &value);
        }
    }

    /// The id as given, or of the address, or of publisher, day and title.
    pub(crate) fn given_id(&self) -> Option<ArticleId> {
        let of_url = || self.url.as_deref().map(id_of_url);
        self.id.as_deref().map(id_of).or_else(of_url).or_else(|| self.id_of_headline())
    }

    fn id_of_headline(&self) -> Option<ArticleId> {
        let (publisher, title) = (self.publisher.as_deref()?, self.title.as_deref()?);
        let day = self.day()?.day();
        let id = ArticleId::new(&format!("{publisher}-{day}-{title}").to_lowercase());
        let hash = short_hash(format!("{publisher}\n{day}\n{title}").as_bytes(), 8);
        Some(ArticleId::new(&format!("{}-{hash}", tidy(id.as_str()))))
    }

    /// When the article appeared: as given, or as its address tells.
    pub(crate) fn day(&self) -> Option<Published> {
        self.published.or_else(|| date::in_url(self.url.as_deref()?))
    }
}

/// A BCP 47 tag for what is one, or for the English name of English.
pub(crate) fn language(value: &str) -> Option<CompactString> {
    if value.eq_ignore_ascii_case("english") {
        return Some("en".into());
    }
    let value = value.replace('_', "-");
    let mut parts = value.split('-');
    let first = parts
        .next()
        .is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest =
        parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    (first && rest).then(|| value.into())
}

/// The most characters of an id.
const LONGEST_ID: usize = 80;

/// An id of words: themselves where they can stand in an id as they are, else
/// what is left of them and a short hash, so that different words stay different.
pub(crate) fn id_of(words: &str) -> ArticleId {
    let id = ArticleId::new(words);
    if id.as_str() == words && words.len() <= LONGEST_ID {
        return id;
    }
    ArticleId::new(&format!("{}-{}", tidy(id.as_str()), short_hash(words.as_bytes(), 8)))
}

/// An id with a short hash of some bytes behind it, for one that shares its id
/// with another.
pub(crate) fn with_hash(id: &ArticleId, bytes: &[u8]) -> ArticleId {
    id_of(&format!("{id}-{}", short_hash(bytes, 8)))
}

/// Host and path without `www.` and ending, and a short hash of the whole address.
fn id_of_url(url: &str) -> ArticleId {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let path = path.strip_prefix("www.").unwrap_or(path);
    let id = ArticleId::new(path);
    ArticleId::new(&format!("{}-{}", tidy(id.as_str()), short_hash(url.as_bytes(), 8)))
}

/// At most [`LONGEST_ID`] characters, and no runs of `-`. Ids are ASCII.
fn tidy(id: &str) -> String {
    let parts: Vec<_> = id.split('-').filter(|part| !part.is_empty()).collect();
    let mut id = parts.join("-");
    id.truncate(LONGEST_ID);
    id
}

/// The first `digits` hexadecimal digits of the SHA-256 of some bytes.
pub(crate) fn short_hash(bytes: &[u8], digits: usize) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16);
    let hash = Sha256::digest(bytes);
    hash.iter().flat_map(|b| [b >> 4, b & 15]).filter_map(digit).take(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        assert_eq!(id_of(words).as_str(), expected);
    }

    #[test]
    fn ids_keep_what_they_can_and_never_collide() {
        check("quake-2022.v2", "quake-2022.v2");
        check("a/b", "a-b-c14cddc0");
        check("Новости дня", "article-4ef1cb5e");
        assert_ne!(id_of("Львів"), id_of("Київ"));
        assert_ne!(id_of("a b"), id_of("a/b"));
        assert!(id_of(&"long ".repeat(99)).as_str().len() <= LONGEST_ID + 9);
    }

    #[test]
    fn fields_have_many_names() {
        for name in ["published_at", "publishedAt", "Publish-Date", "date"] {
            assert_eq!(Field::of(name).map(|f| f.0), Some(Field::Published), "{name}");
        }
        assert_eq!(Field::of("report"), None);
        assert!(Field::of("url").map(|f| f.1) < Field::of("link").map(|f| f.1));
    }

    #[test]
    fn languages_are_tags() {
        assert_eq!(language("en_GB"), Some("en-GB".into()));
        assert_eq!(language("English"), Some("en".into()));
        assert_eq!(language("plain words"), None);
    }
}
