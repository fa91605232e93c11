//! The page of an article: its text with what is claimed and attributed marked in it.

use super::highlight::{AT, Mark, marked};
use super::html::Html;
use super::layout::page;
use super::parts::{self, PAGE_FORMATS};
use crate::serve::facts::{Article, Attribution, local_name};
use crate::serve::rights::Rights;
use crate::serve::site::Site;

/// The page of an article; one passage of it can be what the address leads to.
pub(in crate::serve) fn article(
    site: Site<'_>,
    article: &Article,
    at: Option<(usize, usize)>,
) -> String {
    page(site.rights, &article.head.headline, "", |html| {
        html.element("h1", &[], &article.head.headline);
        html.within("p", &[("class", "byline")], |html| byline(html, site, article));
        html.within("div", &[("class", "columns")], |html| {
            html.within("div", &[("class", "text")], |html| {
                legend(html);
                marked(html, &article.text, &marks(article, at));
            });
            html.within("aside", &[("aria-label", "What the article says")], |html| {
                panel(html, site, article);
            });
        });
        let path = site.path(&article.head.iri).unwrap_or_default();
        parts::downloads(html, &path, PAGE_FORMATS);
        if site.rights == Rights::Writer {
            withdrawal(html, path.trim_start_matches('/'));
        }
    })
}

/// The form that takes the article out of the store.
fn withdrawal(html: &mut Html, path: &str) {
    html.within("details", &[("class", "withdraw")], |html| {
        html.element("summary", &[], "Withdraw this article");
        let words =
            "It goes, with all that rests on it alone. What it was read from is not touched.";
        html.element("p", &[], words);
        html.within("form", &[("action", "/withdraw"), ("method", "post")], |html| {
            html.void("input", &[("type", "hidden"), ("name", "article"), ("value", path)]);
            html.element("button", &[], "Withdraw");
        });
    });
}

fn byline(html: &mut Html, site: Site<'_>, article: &Article) {
    let head = &article.head;
    if let Some(publisher) = &head.publisher {
        parts::thing(html, site, publisher);
    }
    if let Some(day) = head.day() {
        html.text(" · ").element("time", &[("datetime", day)], day);
    }
    if !article.authors.is_empty() {
        html.text(" · ").text(&article.authors.join(", "));
    }
    if let Some(url) = &head.url {
        html.text(" · ");
        parts::outside(html, url, "original");
    }
    html.text(&format!(
        " · {} claims, {} attributions",
        article.claims.len(),
        article.attributions.len()
    ));
}

fn legend(html: &mut Html) {
    html.within("p", &[("class", "legend")], |html| {
        let kinds = [
            ("claimed", "claimed"),
            ("negative claimed", "said not to be so"),
            ("said", "somebody’s word"),
            ("cue", "who says so"),
        ];
        for (class, words) in kinds {
            html.element("mark", &[("class", class)], words).text(" ");
        }
    });
}

/// The passages that are marked: claims, what is attributed, and the words that do.
fn marks(article: &Article, at: Option<(usize, usize)>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut mark = |start, end, class, of: String| marks.push(Mark { start, end, class, of });
    for claim in &article.claims {
        if let Some(words) = &claim.evidence {
            let of = format!("c{}", local_name(&claim.iri));
            let is_negative = claim.polarity == "negative";
            let class = if is_negative { "negative claimed" } else { "claimed" };
            mark(words.start, words.end, class, of);
        }
    }
    for attribution in &article.attributions {
        let of = format!("a{}", local_name(&attribution.voice.iri));
        for words in &attribution.content {
            mark(words.start, words.end, "said", of.clone());
        }
        if let Some(cue) = &attribution.voice.cue {
            mark(cue.start, cue.end, "cue", of);
        }
    }
    if let Some((start, end)) = at {
        mark(start, end, AT, String::new());
    }
    marks
}

fn panel(html: &mut Html, site: Site<'_>, article: &Article) {
    parts::section(html, "claims", "Claims", |html| {
        for claim in &article.claims {
            let id = format!("c{}", local_name(&claim.iri));
            html.within("div", &[("class", "item"), ("id", &id)], |html| {
                parts::claim(html, site, claim, false);
            });
        }
    });
    parts::section(html, "attributions", "Attributions", |html| {
        for attribution in &article.attributions {
            said(html, site, article, attribution);
        }
    });
    parts::section(html, "related", "Articles that say the same of something", |html| {
        for head in &article.related {
            html.within("p", &[], |html| parts::head(html, site, head));
        }
    });
}

fn said(html: &mut Html, site: Site<'_>, article: &Article, attribution: &Attribution) {
    let voice = &attribution.voice;
    let id = format!("a{}", local_name(&voice.iri));
    html.within("div", &[("class", "item"), ("id", &id)], |html| {
        html.within("p", &[], |html| {
            match &voice.source {
                Some(source) => parts::thing(html, site, source),
                None => {
                    html.text("somebody");
                }
            }
            html.text(" ").element("span", &[("class", "mark")], &voice.attitude);
            html.text(" ").element("span", &[("class", "faint")], &voice.kind);
        });
        for words in &attribution.content {
            html.within("blockquote", &[], |html| {
                let path = site.path(&article.head.iri).unwrap_or_default();
                let path = format!("{path}?at={},{}#at", words.start, words.end);
                html.element("a", &[("href", &path)], &words.text);
            });
        }
    });
}
