//! The page of a claim: who makes it, who makes it besides, and who says otherwise.

use super::layout::page;
use super::parts::{self, PAGE_FORMATS};
use crate::serve::facts::{Claim, ClaimPage, local_name};
use crate::serve::site::Site;

/// The page of a claim.
pub(in crate::serve) fn claim(site: Site<'_>, of: &ClaimPage) -> String {
    let claim = &of.claim;
    page(site.rights, &title(claim), "", |html| {
        html.element("p", &[("class", "kicker")], &format!("Claim {}", local_name(&claim.iri)));
        html.within("h1", &[("class", "claim-title")], |html| {
            html.text(&title(claim));
        });
        parts::claim(html, site, claim, true);
        let many = of.appearances.len() + 1;
        let same = format!("Said {many} times in all");
        parts::section(html, "appearances", &same, |html| {
            for other in &of.appearances {
                parts::claim(html, site, other, true);
            }
        });
        parts::section(html, "contradictions", "Contradicted by", |html| {
            for other in &of.contradictions {
                parts::claim(html, site, other, true);
            }
        });
        if of.contradictions.is_empty() && of.appearances.is_empty() {
            html.element(
                "p",
                &[("class", "faint")],
                "No other article says the same or the contrary.",
            );
        }
        parts::downloads(html, &site.path(&claim.iri).unwrap_or_default(), PAGE_FORMATS);
    })
}

/// A claim in words.
fn title(claim: &Claim) -> String {
    let object = claim.object.as_ref().map_or(String::new(), |object| format!(" {}", object.label));
    format!("{} {}{object}", claim.subject.label, claim.relation.label)
}
