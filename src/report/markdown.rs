//! A report as Markdown.
//!
//! In: a [`Report`]. Out: Markdown. What comes of articles has its marks escaped.

use std::fmt::Write as _;

use super::{Appearance, Report, Shared, Story};

/// The page.
pub fn to_markdown(report: &Report) -> String {
    let mut page = format!(
        "# {}\n\nWhat the articles say, whose word it is and where it comes from. Nothing here says \
         who is right.\n",
        plain(&report.title)
    );
    for story in &report.stories {
        write_story(&mut page, story);
    }
    page
}

fn write_story(page: &mut String, story: &Story) {
    let _ = write!(page, "\n## {}\n\n", plain(&story.label));
    let about = plain(&story.about.join(", "));
    let _ = write!(page, "{} · {about}\n\n", story.days.replace('/', " to "));
    for (number, article) in story.articles.iter().enumerate() {
        let day = article.day.as_deref().and_then(|day| day.get(..10)).unwrap_or("no day");
        let outlet = plain(article.outlet.as_deref().unwrap_or("unknown outlet"));
        let _ = write!(page, "{}. {day}, {outlet}: {}", number + 1, plain(&article.headline));
        if let Some(other) = article.copy_of {
            let _ = write!(page, " (near copy of {})", other + 1);
        }
        page.push('\n');
    }
    if !story.shared.is_empty() {
        page.push_str("\n### What several articles say\n");
        for shared in &story.shared {
            write_shared(page, story, shared);
        }
    }
    if !story.differences.is_empty() {
        page.push_str("\n### Where they differ\n\n");
        for difference in &story.differences {
            let _ = writeln!(page, "- {}\n  **{}**", said(story, &difference.one), difference.kind);
            let _ = writeln!(page, "  {}", said(story, &difference.other));
        }
    }
    for article in story.articles.iter().filter(|article| !article.alone.is_empty()) {
        let outlet = plain(article.outlet.as_deref().unwrap_or(&article.headline));
        let _ = write!(page, "\n### Only in {outlet}\n\n");
        for appearance in &article.alone {
            let _ = writeln!(page, "- {}", said(story, appearance));
        }
    }
}

fn write_shared(page: &mut String, story: &Story, shared: &Shared) {
    let origins = match &shared.origins[..] {
        [] => "origin unknown".to_owned(),
        [one] => format!("one origin: {}", plain(one)),
        all => format!("{} origins: {}", all.len(), plain(&all.join(", "))),
    };
    let unnamed = if shared.is_unnamed() { "; unnamed sources only" } else { "" };
    let _ = write!(
        page,
        "\n**{}** ({} articles; {origins}{unnamed})\n\n",
        plain(&shared.text),
        shared.articles
    );
    for appearance in &shared.appearances {
        let _ = writeln!(page, "- {}", said(story, appearance));
    }
}

/// Who says it, how, and in which words.
fn said(story: &Story, appearance: &Appearance) -> String {
    let article = &story.articles[appearance.article];
    let mut line = plain(article.outlet.as_deref().unwrap_or(&article.headline));
    for speaker in appearance.speakers.iter().rev() {
        let unnamed = if speaker.is_unnamed { " (unnamed)" } else { "" };
        let _ = write!(line, " ← {}{unnamed}", plain(&speaker.name));
    }
    let _ = write!(line, ", {}: “{}”", appearance.way(), plain(&appearance.words));
    if let Some((start, end)) = appearance.characters {
        let _ = write!(line, " ({start}–{end})");
    }
    line
}

/// A text in which no character is a mark of Markdown.
fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            safe.push('\\');
        }
        safe.push(if c.is_control() { ' ' } else { c });
    }
    safe
}
