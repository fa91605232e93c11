//! Pages of our own making, each with one habit of pages in it.

use super::*;
use crate::read::Lists;

fn read(html: &str) -> Page {
    let lists = Lists::default();
    lists.pages().read(html, lists.words())
}

/// The body of a page, a line for each unit, its shape first.
fn body_of(html: &str) -> String {
    let Page { body, .. } = read(html);
    let shown = body.units.iter().map(|unit| {
        let shape = match unit.shape {
            Shape::Plain => 'p',
            Shape::Heading => 'h',
            Shape::Item => 'i',
        };
        format!("{shape} {}", unit.span.slice(&body.text).replace('\n', "⏎"))
    });
    shown.collect::<Vec<_>>().join("\n")
}

fn check(html: &str, expected: &str) {
    assert_eq!(body_of(html), expected, "{html}");
}

const FIRST: &str =
    "The ferry that sank in the harbour on Friday had been inspected twice this year.";
const SECOND: &str =
    "Its owner, a company from the northern bank, said that no fault had been found.";
const THIRD: &str = "Divers will look at the hull on Monday, when the tide is low enough for them.";

#[test]
fn paragraphs_headings_lists_and_quotations_are_units() {
    check(
        &format!(
            "<html><body><nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>Ferry sinks</h1>\
             <p>{FIRST}<h2>The <em>owner</em></h2><p>{SECOND}<ul><li>two <b>inspections</b><li>one fault\
             </ul><blockquote><p>“We were told <i>nothing</i>.”</p></blockquote><p><i>{THIRD}</i></p>\
             </article><footer><p>© Bay Gazette</p></footer></body></html>"
        ),
        &format!(
            "h Ferry sinks\np {FIRST}\nh The owner\np {SECOND}\ni two inspections\ni one fault\n\
             p “We were told nothing.”\np {THIRD}"
        )
        .replacen("h Ferry sinks\n", "", 1),
    );
}

#[test]
fn words_are_neither_joined_nor_torn() {
    check(
        &format!(
            "<div><p>{FIRST}</p><p><span>T</span>he <a href=x>mayor</a>, who&nbsp;is<br>ill, stayed at \
             home&mdash;as <b>Mc</b>Bride had.</p><p>{SECOND}</p><p>It was over.<span>Nobody</span> \
             spoke of it again that week.</p></div>"
        ),
        &format!(
            "p {FIRST}\np The mayor, who is⏎ill, stayed at home—as McBride had.\np {SECOND}\n\
             p It was over. Nobody spoke of it again that week."
        ),
    );
}

#[test]
fn old_pages_break_paragraphs_with_line_breaks() {
    check(
        &format!(
            "<table><tr><td><font>{FIRST}<br><br>{SECOND}<BR>\n<br>{THIRD}</font></td></tr></table>"
        ),
        &format!("p {FIRST}\np {SECOND}\np {THIRD}").replace("p ", "i "),
    );
}

#[test]
fn what_stands_around_the_body_is_left_out() {
    check(
        &format!(
            "<body><div class='site-header'><ul class=main-menu><li><a href=/a>World</a></ul></div>\
             <div class=story-body><div class=byline>By Ann Lee</div><p>{FIRST}</p>\
             <figure><img src=a.png><figcaption>The ferry in March, seen from the pier.</figcaption></figure>\
             <div class='related-stories'><p>Another ferry sank a year ago in the same harbour, at night.</p></div>\
             <p>{SECOND}</p><div class=share-bar>Share this</div><p>{THIRD}</p></div>\
             <section id=comments><p>I was on that ferry and nobody told us anything about this at all.</p>\
             </section><aside><p>Most read: the ten best piers of the coast, as chosen by readers.</p></aside>"
        ),
        &format!("p {FIRST}\np {SECOND}\np {THIRD}"),
    );
}

#[test]
fn names_that_rule_out_everything_are_wrong() {
    check(
        &format!("<div class='page-with sidebar'><p>{FIRST}</p><p>{SECOND}</p></div>"),
        &format!("p {FIRST}\np {SECOND}"),
    );
}

#[test]
fn what_a_wall_hides_goes_on_with_what_it_shows() {
    check(
        &format!(
            "<div><div class=par><p>{FIRST}</p></div><div class=par style='display: none'><p>{SECOND}</p>\
             </div><div style='display:none'><p>Nobody sees this line of words on any screen.</p></div></div>"
        ),
        &format!("p {FIRST}\np {SECOND}"),
    );
}

#[test]
fn a_standfirst_is_found_by_its_name_or_its_description() {
    let page = |head: &str, class: &str| {
        format!(
            "<head>{head}</head><body><header><h1>Ferry sinks</h1><p class='{class}'>The owner says that no \
             fault was found.</p></header><div class=article-body><p>{FIRST}</p><p>{SECOND}</p></div>"
        )
    };
    let expected = format!("h The owner says that no fault was found.\np {FIRST}\np {SECOND}");
    check(&page("", "standfirst"), &expected);
    let told = "<meta property=og:description content='The owner says that no fault was found.'>";
    check(&page(told, "x1"), &expected);
    check(&page("", "x1"), &format!("p {FIRST}\np {SECOND}"));
}

#[test]
fn a_page_without_a_body_is_read_from_its_description() {
    let words = format!("{FIRST} {SECOND} {THIRD}");
    let page = format!(
        "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"headline\": \"Ferry sinks\", \
         \"articleBody\": \"{words}\\n{words}\"}}</script><div id=app>Loading…</div>"
    );
    check(&page, &format!("p {words}\np {words}"));
}

fn check_facts(html: &str, expected: &str) {
    let Page { metadata: m, .. } = read(html);
    let day = m.published.map(|p| p.day().to_string());
    let known = [m.title, m.byline, day, m.publisher, m.url, m.language.map(Into::into)];
    let known = known.map(|fact: Option<String>| fact.unwrap_or("-".into()));
    assert_eq!(known.join(" | "), expected, "{html}");
}

#[test]
fn facts_are_told_in_many_places() {
    check_facts(
        "<html lang=en-GB><title>Ferry sinks in harbour | Bay Gazette</title>\
         <meta property=og:site_name content='Bay Gazette'><link rel=canonical href=https://bay.example/f>\
         <meta name=author content='By Ann Lee and Bo Day'><time datetime=2022-05-22T14:30:00Z>",
        "Ferry sinks in harbour | Ann Lee, Bo Day | 2022-05-22 | Bay Gazette | https://bay.example/f | en-GB",
    );
    check_facts(
        "<script type=application/ld+json>{\"@graph\": [{\"@type\": \"NewsArticle\", \"headline\": \
         \"Ferry sinks &amp; rises\", \"author\": {\"@id\": \"#ann\"}, \"datePublished\": \
         \"2022-05-22T00:00:00+08:00\", \"publisher\": {\"name\": \"Bay Gazette\"}}, \
         {\"@type\": \"Person\", \"@id\": \"#ann\", \"name\": \"Ann Lee\"}]}</script>",
        "Ferry sinks & rises | Ann Lee | 2022-05-22 | Bay Gazette | - | -",
    );
    check_facts(
        "<div itemscope itemtype=http://schema.org/NewsArticle><h1 itemprop=headline>Ferry sinks</h1>\
         <span itemprop=author><b itemprop=name>Ann Lee</b></span>\
         <meta itemprop=datePublished content=2022-05-22></div>",
        "Ferry sinks | Ann Lee | 2022-05-22 | - | - | -",
    );
    check_facts(
        "<!-- saved from url=(0023)https://bay.example/f1 -->\n<meta name=dc.title content='Ferry sinks'>\
         <meta name=dc.creator content='Ann Lee'><meta name=dc.date.issued content='22 May 2022'>",
        "Ferry sinks | Ann Lee | 2022-05-22 | - | https://bay.example/f1 | -",
    );
}

/// The title of a page with titles in several places.
fn check_title(og: &str, twitter: &str, h1: &str, described: &str, title: &str, expected: &str) {
    let html = format!(
        "<head><meta property=og:title content='{og}'><meta name=twitter:title content='{twitter}'>\
         <title>{title}</title><script type=application/ld+json>{{\"@type\": \"NewsArticle\", \
         \"headline\": \"{described}\"}}</script></head><h1>{h1}</h1><p>{FIRST}</p><p>{SECOND}</p>"
    );
    assert_eq!(read(&html).metadata.title.as_deref(), Some(expected), "{html}");
}

#[test]
fn a_title_for_search_engines_is_no_headline() {
    let (printed, sought) = ("The night the ferry went down off Orm", "Ferry sinks near Orm");
    check_title(sought, sought, printed, printed, "Ferry sinks near Orm | Bay Gazette", printed);
    // Nothing else has it, so it may be a heading like another.
    check_title(sought, sought, printed, sought, sought, sought);
    // The title for other sites is the newspaper's own choice, too.
    check_title(sought, sought, printed, printed, printed, sought);
}

#[test]
fn a_shortened_title_counts_where_two_places_have_it() {
    let (printed, short) = ("Who owned the ferry that sank off Orm?", "Who owned the ferry?");
    check_title(short, "", printed, &format!("{printed}..."), printed, printed);
    check_title(short, short, printed, printed, printed, short);
    check_title("Ferry of Orm: updates", "", printed, printed, printed, "Ferry of Orm: updates");
}

#[test]
fn hostile_pages_take_time_in_proportion() {
    const MANY: usize = 1_000_000;
    let deep = "<div>".repeat(MANY) + FIRST;
    check(&deep, &format!("p {FIRST}"));
    for part in [
        "<p><a href=x>",
        "<table><tr><td>",
        "<b><p></b>",
        "<li>",
        "</p>",
        "<x-y ",
        "<!--",
        "<svg><",
    ] {
        let page = part.repeat(MANY / 10);
        let _ = read(&page);
    }
}

#[test]
fn hostile_pages_take_memory_in_proportion() {
    const MANY: usize = 100_000;
    // Each attribute was once a call within the one before.
    let attributes = "class=\"a\" ".repeat(MANY);
    check(&format!("<div {attributes}><p>{FIRST}</p>"), &format!("p {FIRST}"));
    // The words of a page, in each of 400 headings in each other.
    let nested = "<h1>".repeat(MANY) + &"word ".repeat(MANY * 10);
    let _ = read(&nested);
    // One long name, in each of many articles.
    let (name, article) = ("N".repeat(MANY * 10), r#"{"@type":"Article","author":{"@id":"x"}},"#);
    let articles = article.repeat(MANY / 5);
    let page = format!(
        "<script type=application/ld+json>[{articles}{{\"@id\":\"x\",\"name\":\"{name}\"}}]</script>\
         <p>{FIRST}</p>"
    );
    check(&page, &format!("p {FIRST}"));
}

#[test]
fn what_stands_often_in_a_page_takes_time_in_proportion() {
    const MANY: usize = 30_000;
    let all = |part: &dyn Fn(usize) -> String| (0..MANY).map(part).collect::<String>();
    let update = |i| format!("{{\"headline\":\"Update {i}\",\"articleBody\":\"{FIRST} {i}\"}},");
    let live = format!(
        "<script type=application/ld+json>{{\"@type\":\"LiveBlogPosting\",\"liveBlogUpdate\":[{}0]}}</script>",
        all(&update)
    );
    for page in [
        all(&|i| format!("<h1>Heading {i} of many</h1>")),
        all(&|i| format!("<span class=byline>By Ann{i} Lee</span>")),
        all(&|i| format!("<meta name=description content='words {i}'><p>Some words {i} of no one")),
        all(&|i| format!("<time datetime=2024-05-03T10:{:02}:00Z>x</time><p>{SECOND} {i}", i % 60)),
        live + &all(&|i| format!("<p>{SECOND} {i}</p>")),
    ] {
        let Page { metadata, body, updates } = read(&page);
        let _ = live::parts(&updates, &metadata, &body);
    }
}

#[test]
fn what_is_left_out_has_a_reason() {
    let body =
        "<p>The ferry that sank in the harbour on Friday had been inspected twice this year.</p>";
    let html = format!(
        "<html><head><meta property=\"og:title\" content=\"Ferry inspected\"></head><body>\
         <nav><a href=/>Home</a></nav><div class=\"story\">{}\
         <aside class=\"newsletter-box\"><p>Get our letter.</p><p>Every day.</p></aside></div>\
         <p><a href=/x>A pointer to another page</a></p></body></html>",
        body.repeat(4)
    );
    let lists = crate::read::Lists::default();
    let left_out = lists.pages().left_out(&html);
    let out: Vec<_> = left_out.iter().map(|o| (&*o.words, o.more, &*o.reason)).collect();
    assert_eq!(
        out,
        [
            ("Home", 0, "in <nav>"),
            ("Get our letter.", 1, "in <aside class=\"newsletter-box\">"),
            ("A pointer to another page", 0, "nothing but links"),
        ]
    );
    let told = lists.pages().read(&html, lists.words()).metadata.noted.told;
    let told: Vec<_> = told.iter().map(|t| (t.field, &*t.place)).collect();
    assert_eq!(told, [("title", "<meta og:title>")]);
}
