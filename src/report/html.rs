//! A report as one HTML file, without scripts and without anything fetched.
//!
//! In: a [`Report`]. Out: HTML. What comes of articles is escaped.

use std::fmt::Write as _;

use super::chain::chain;
use super::timeline::timeline;
use super::{Appearance, Article, Difference, Report, Shared, Story};
use crate::text::escaped;

/// How a page on stories looks as a whole.
const STYLE: &str = include_str!("report.css");
/// And what stands in its stories, there and on the pages of others.
pub const STORY_STYLE: &str = include_str!("story.css");

/// How the passages of articles are linked: by the characters of the article's IRI, or as
/// whoever serves them says.
pub type PassageLink<'a> = &'a dyn Fn(&Article, (usize, usize)) -> String;

fn by_iri(article: &Article, (start, end): (usize, usize)) -> String {
    format!("{}#char={start},{end}", article.iri)
}

/// The page.
pub fn to_html(report: &Report) -> String {
    let title = escaped(&report.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}{STORY_STYLE}</style>\n</head>\n<body>\n<main class=\"report\">\n\
         <h1>{title}</h1>\n<p class=\"soft\">What the articles say, whose word it is and where it \
         comes from. Nothing here says who is right.</p>\n"
    );
    if report.stories.len() > 1 {
        page.push_str("<nav aria-label=\"Stories\"><ol>\n");
        for (place, story) in report.stories.iter().enumerate() {
            let label = escaped(&story.label);
            let _ = writeln!(
                page,
                "<li><a href=\"#story-{place}\">{label}</a> <span class=\"soft\">{} articles, {} \
                 shared claims</span></li>",
                story.articles.len(),
                story.shared.len()
            );
        }
        page.push_str("</ol></nav>\n");
    }
    page.push_str(&to_sections(report, &by_iri));
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// The stories of a report, as a part of a page of somebody else.
pub fn to_sections(report: &Report, link: PassageLink<'_>) -> String {
    let mut sections = String::new();
    for (place, story) in report.stories.iter().enumerate() {
        let teller = Teller { place, story, link };
        teller.write(&mut sections, story.label == report.title);
    }
    sections
}

/// Writes a story.
struct Teller<'a> {
    /// Its place in the report.
    place: usize,
    story: &'a Story,
    link: PassageLink<'a>,
}

impl Teller<'_> {
    fn write(&self, page: &mut String, is_title: bool) {
        let (place, story) = (self.place, self.story);
        let days = story.days.replace('/', " to ");
        let _ = writeln!(page, "<section id=\"story-{place}\">");
        if !is_title {
            let _ = writeln!(page, "<h2>{}</h2>", escaped(&story.label));
        }
        let about = if story.about.is_empty() { String::new() } else { story.about.join(", ") };
        let _ = writeln!(page, "<p class=\"soft\">{days}{}</p>", escaped(&prefixed(" · ", &about)));
        write_articles(page, place, &story.articles);
        if let Some(drawing) = timeline(story) {
            let _ = writeln!(
                page,
                "<figure>{drawing}<figcaption>When the articles appeared</figcaption></figure>"
            );
        }
        if let Some(drawing) = chain(story) {
            let _ = writeln!(
                page,
                "<figure>{drawing}<figcaption>From whom the articles have what they share</figcaption></figure>"
            );
        }
        if !story.shared.is_empty() {
            let _ = writeln!(page, "<h3>What several articles say ({})</h3>", story.shared.len());
            for shared in &story.shared {
                self.write_shared(page, shared);
            }
        }
        if !story.differences.is_empty() {
            let _ = writeln!(page, "<h3>Where they differ ({})</h3>", story.differences.len());
            for difference in &story.differences {
                self.write_difference(page, difference);
            }
        }
        self.write_alone(page);
        page.push_str("</section>\n");
    }

    fn write_shared(&self, page: &mut String, shared: &Shared) {
        let _ = writeln!(page, "<article class=\"claim\">\n<p>{}</p>\n<p>", escaped(&shared.text));
        let _ = write!(page, "<span class=\"badge\">{} articles</span>", shared.articles);
        match &shared.origins[..] {
            [] => page.push_str("<span class=\"badge warn\">origin unknown</span>"),
            [origin] => {
                let _ = write!(
                    page,
                    "<span class=\"badge warn\">one origin: {}</span>",
                    escaped(origin)
                );
            }
            origins => {
                let names = escaped(&origins.join(", "));
                let _ =
                    write!(page, "<span class=\"badge\">{} origins: {names}</span>", origins.len());
            }
        }
        if shared.is_unnamed() {
            page.push_str("<span class=\"badge warn\">unnamed sources only</span>");
        }
        page.push_str("</p>\n<ul class=\"appearances\">\n");
        for appearance in &shared.appearances {
            self.write_appearance(page, appearance);
        }
        page.push_str("</ul>\n</article>\n");
    }

    fn write_appearance(&self, page: &mut String, appearance: &Appearance) {
        let _ = writeln!(page, "<li>{}</li>", self.said(appearance));
    }

    /// Who says it, how, and in which words.
    fn said(&self, appearance: &Appearance) -> String {
        let (place, article) = (self.place, &self.story.articles[appearance.article]);
        let outlet = escaped(article.outlet.as_deref().unwrap_or(&article.headline));
        let class = if appearance.holds { "soft" } else { "deny" };
        let mut html = format!(
            "<span class=\"who\"><a href=\"#article-{place}-{}\">{outlet}</a></span>",
            appearance.article
        );
        for speaker in appearance.speakers.iter().rev() {
            let unnamed =
                if speaker.is_unnamed { " <span class=\"badge warn\">unnamed</span>" } else { "" };
            let _ = write!(html, " ← {}{unnamed}", escaped(&speaker.name));
        }
        let _ = write!(html, " <span class=\"{class}\">{}</span>", escaped(&appearance.way()));
        let _ = write!(html, "<br><q>{}</q>", escaped(&appearance.words));
        if let Some((start, end)) = appearance.characters {
            let passage = escaped(&(self.link)(article, (start, end)));
            let _ = write!(
                html,
                " <a class=\"soft\" href=\"{passage}\" title=\"characters {start} to {end} of the \
             stored text\">{start}–{end}</a>"
            );
        }
        html
    }

    fn write_difference(&self, page: &mut String, difference: &Difference) {
        let _ = writeln!(
            page,
            "<article class=\"claim\">\n<ul class=\"appearances\"><li>{}</li>\n\
         <li><span class=\"badge warn\">{}</span><br>{}</li></ul>\n</article>",
            self.said(&difference.one),
            difference.kind,
            self.said(&difference.other)
        );
    }

    fn write_alone(&self, page: &mut String) {
        let story = self.story;
        if story.articles.iter().all(|article| article.alone.is_empty()) {
            return;
        }
        page.push_str("<h3>What one article alone says</h3>\n");
        for article in story.articles.iter().filter(|article| !article.alone.is_empty()) {
            let outlet = escaped(article.outlet.as_deref().unwrap_or(&article.headline));
            let _ = writeln!(
                page,
                "<details><summary>{outlet} ({})</summary>\n<ul class=\"appearances\">",
                article.alone.len()
            );
            for appearance in &article.alone {
                self.write_appearance(page, appearance);
            }
            page.push_str("</ul></details>\n");
        }
    }
}

fn write_articles(page: &mut String, place: usize, articles: &[Article]) {
    page.push_str("<div class=\"table\"><table><thead><tr><th>Day</th><th>Outlet</th><th>Article</th></tr></thead><tbody>\n");
    for (number, article) in articles.iter().enumerate() {
        let headline = escaped(&article.headline);
        let headline = match &article.url {
            Some(url) if url.starts_with("http") => {
                format!("<a href=\"{}\" rel=\"noreferrer\">{headline}</a>", escaped(url))
            }
            _ => headline,
        };
        let copy = article.copy_of.map_or(String::new(), |other| {
            format!(" <span class=\"badge warn\">near copy of {}</span>", other + 1)
        });
        let _ = writeln!(
            page,
            "<tr id=\"article-{place}-{number}\"><td>{}</td><td>{}</td><td>{headline}{copy} \
             <span class=\"soft\">{} claims</span></td></tr>",
            escaped(article.day.as_deref().and_then(|day| day.get(..10)).unwrap_or("–")),
            escaped(article.outlet.as_deref().unwrap_or("–")),
            article.claims
        );
    }
    page.push_str("</tbody></table></div>\n");
}

/// A text with something before it; nothing where it is empty.
fn prefixed(prefix: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{prefix}{text}") }
}
