//! What several pages show.

use super::html::Html;
use crate::serve::facts::{Claim, Head, Listed, Thing, Voice};
use crate::serve::fields::encoded;
use crate::serve::site::Site;

/// Something that claims are about, with a link to its page.
pub(super) fn thing(html: &mut Html, site: Site<'_>, thing: &Thing) {
    match thing.iri.as_deref().and_then(|iri| site.path(iri)) {
        Some(path) => html.element("a", &[("href", &path)], &thing.label),
        None => html.element("span", &[], &thing.label),
    };
}

/// An address of the web, as a link where it is one.
pub(super) fn outside(html: &mut Html, address: &str, text: &str) {
    if address.starts_with("https://") || address.starts_with("http://") {
        html.element("a", &[("href", address), ("rel", "noreferrer external")], text);
    } else {
        html.text(text);
    }
}

/// An article: headline, publisher, day.
pub(super) fn head(html: &mut Html, site: Site<'_>, head: &Head) {
    let path = site.path(&head.iri);
    html.element("a", &[("href", path.as_deref().unwrap_or(""))], &head.headline);
    html.within("span", &[("class", "faint")], |html| {
        if let Some(publisher) = &head.publisher {
            html.text(" · ").text(&publisher.label);
        }
        if let Some(day) = head.day() {
            html.text(" · ").element("time", &[("datetime", day)], day);
        }
    });
}

/// A claim in a list.
pub(super) fn claim(html: &mut Html, site: Site<'_>, claim: &Claim, with_article: bool) {
    let class = if claim.polarity == "negative" { "claim is-negative" } else { "claim" };
    html.within("div", &[("class", class)], |html| {
        triple(html, site, claim);
        how(html, site, claim);
        chain(html, site, claim);
        if let (true, Some(evidence)) = (with_article, &claim.evidence) {
            html.element("blockquote", &[], &evidence.text);
        }
        html.within("p", &[("class", "where")], |html| {
            if let (true, Some(article)) = (with_article, &claim.article) {
                head(html, site, article);
                html.text(" · ");
            }
            place(html, site, claim);
        });
    });
}

/// Who does what to whom.
pub(super) fn triple(html: &mut Html, site: Site<'_>, claim: &Claim) {
    html.within("p", &[("class", "triple")], |html| {
        thing(html, site, &claim.subject);
        html.text(" ").element("span", &[("class", "relation")], &claim.relation.label).text(" ");
        if let Some(object) = &claim.object {
            thing(html, site, object);
        }
        for circumstance in &claim.circumstances {
            html.within("span", &[("class", "circumstance")], |html| {
                html.text(" ").text(&circumstance.role).text(" ");
                thing(html, site, &circumstance.value);
            });
        }
    });
}

/// How a claim is put: what is not as usual has a mark.
pub(super) fn how(html: &mut Html, _site: Site<'_>, claim: &Claim) {
    let mut marks = vec![];
    if claim.polarity == "negative" {
        marks.push(("mark negative", "not so"));
    }
    if claim.modality != "actual" && !claim.modality.is_empty() {
        marks.push(("mark modality", claim.modality.as_str()));
    }
    if claim.asserted {
        marks.push(("mark asserted", "stated as fact"));
    }
    if let Some(when) = &claim.when {
        marks.push(("mark when", when));
    }
    if marks.is_empty() {
        return;
    }
    html.within("p", &[("class", "how")], |html| {
        for (class, words) in marks {
            html.element("span", &[("class", class)], words).text(" ");
        }
    });
}

/// Whose word a claim is, from the inside out, down to the publisher.
pub(super) fn chain(html: &mut Html, site: Site<'_>, claim: &Claim) {
    html.within("ol", &[("class", "chain"), ("aria-label", "Whose word it is")], |html| {
        for voice in &claim.voices {
            html.within("li", &[], |html| voice_of(html, site, voice));
        }
        let publisher = claim.article.as_ref().and_then(|article| article.publisher.as_ref());
        if let Some(publisher) = publisher {
            html.within("li", &[], |html| {
                thing(html, site, publisher);
                let own = if claim.voices.is_empty() { " in its own voice" } else { " reports" };
                html.element("span", &[("class", "faint")], own);
            });
        }
    });
}

fn voice_of(html: &mut Html, site: Site<'_>, voice: &Voice) {
    match &voice.source {
        Some(source) => thing(html, site, source),
        None => {
            html.element("span", &[], "somebody");
        }
    }
    let mut more = format!(" {}", voice.attitude);
    if let Some(cue) = &voice.cue {
        more = format!(" “{}”", cue.text);
    }
    if voice.unnamed {
        more.push_str(", unnamed");
    }
    if voice.kind == "direct" {
        more.push_str(", quoted");
    }
    html.element("span", &[("class", "faint")], &more);
}

/// Links to the claim's page and to its words in the article.
pub(super) fn place(html: &mut Html, site: Site<'_>, claim: &Claim) {
    if let Some(path) = site.path(&claim.iri) {
        html.element("a", &[("href", &path)], "claim");
    }
    if let (Some(article), Some(evidence)) = (&claim.article, &claim.evidence)
        && let Some(path) = site.path(&article.iri)
    {
        let path = format!("{path}?at={},{}#at", evidence.start, evidence.end);
        html.text(" · ").element("a", &[("href", &path)], "in the text");
    }
}

/// A part of a page with a heading; nothing where there is nothing in it.
pub(super) fn section(html: &mut Html, id: &str, title: &str, fill: impl FnOnce(&mut Html)) {
    let mut inside = Html::default();
    fill(&mut inside);
    if inside.is_empty() {
        return;
    }
    html.within("section", &[("aria-labelledby", id)], |html| {
        html.element("h2", &[("id", id)], title);
        html.add(&inside);
    });
}

/// Some claims of many, with a link to the next.
pub(super) fn listed(html: &mut Html, site: Site<'_>, list: &Listed, path: &str) {
    for some in &list.claims {
        claim(html, site, some, true);
    }
    let shown = list.start + list.claims.len();
    if shown < list.total && !list.claims.is_empty() {
        let next = format!("{path}?start={shown}");
        html.within("p", &[], |html| {
            html.element("a", &[("href", &next)], &format!("more, from {}", shown + 1));
        });
    }
}

/// How many there are, in words.
pub(super) fn count(list: &Listed) -> String {
    let more = if list.more { "+" } else { "" };
    format!("{}{more}", list.total)
}

/// Links to the same as data.
pub(super) fn downloads(html: &mut Html, path: &str, formats: &[(&str, &str)]) {
    html.within("p", &[("class", "downloads")], |html| {
        html.text("As data: ");
        for (index, (format, name)) in formats.iter().enumerate() {
            let joint = if path.contains('?') { "&" } else { "?" };
            let address = format!("{path}{joint}{}", encoded([("format", *format)]));
            html.text(if index == 0 { "" } else { ", " });
            html.element("a", &[("href", &address)], name);
        }
    });
}

/// The formats that a node's data comes in.
pub(super) const NODE_FORMATS: &[(&str, &str)] = &[
    ("turtle", "Turtle"),
    ("jsonld", "JSON-LD"),
    ("ntriples", "N-Triples"),
    ("rdfxml", "RDF/XML"),
];

/// The formats that the data of a page comes in.
pub(super) const PAGE_FORMATS: &[(&str, &str)] = &[
    ("csv", "CSV"),
    ("turtle", "Turtle"),
    ("jsonld", "JSON-LD"),
    ("ntriples", "N-Triples"),
    ("rdfxml", "RDF/XML"),
];
