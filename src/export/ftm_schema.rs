//! What a thing is to FollowTheMoney.

use oxrdf::Term;

use super::claims::named_term;
use crate::graph::vocabulary::schema;

/// A schema of FollowTheMoney that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FtmSchema {
    Article,
    Documentation,
    Mention,
    Person,
    Organization,
    Company,
    PublicBody,
    Address,
}

impl FtmSchema {
    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Article => "Article",
            Self::Documentation => "Documentation",
            Self::Mention => "Mention",
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Company => "Company",
            Self::PublicBody => "PublicBody",
            Self::Address => "Address",
        }
    }
}

/// The schema of a thing with these classes and names; none where there is none.
pub(super) fn schema_of(classes: &[Term], labels: &[String], is_linked: bool) -> Option<FtmSchema> {
    let class = classes.iter().find_map(named_term)?;
    if labels.is_empty() {
        None
    } else if *class == schema::PERSON {
        Some(FtmSchema::Person)
    } else if *class == schema::ORGANIZATION {
        Some(labels.iter().find_map(|label| body(label)).unwrap_or(FtmSchema::Organization))
    } else if *class == schema::PLACE && is_linked {
        Some(FtmSchema::Address)
    } else {
        None
    }
}

/// What kind of body a name tells by one of its words.
fn body(name: &str) -> Option<FtmSchema> {
    let words: Vec<&str> = name.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let (first, last) = (*words.first()?, *words.last()?);
    for line in include_str!("ftm-bodies.tsv").lines().skip(1) {
        let mut cells = line.split('\t');
        let (Some(word), Some(place), Some(kind)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let stands = match place {
            "first" => first == word && words.len() > 1,
            _ => last.trim_end_matches('.') == word && words.len() > 1,
        };
        if stands {
            let is_company = kind == FtmSchema::Company.name();
            return Some(if is_company { FtmSchema::Company } else { FtmSchema::PublicBody });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<FtmSchema>) {
        assert_eq!(body(name), expected, "{name}");
    }

    #[test]
    fn names_tell_what_they_name() {
        check("Orm Ferries Inc.", Some(FtmSchema::Company));
        check("Orm Ferries, Ltd", Some(FtmSchema::Company));
        check("Ministry of Fish", Some(FtmSchema::PublicBody));
        check("Norland Senate", Some(FtmSchema::PublicBody));
        check("Ministry", None);
        check("Friends of the Quay", None);
    }

    #[test]
    fn a_place_is_an_address_where_it_is_known() {
        let place = [Term::from(schema::PLACE.into_owned())];
        let name = ["Lisbon".to_owned()];
        assert_eq!(schema_of(&place, &name, true), Some(FtmSchema::Address));
        assert_eq!(schema_of(&place, &name, false), None);
        assert_eq!(schema_of(&[], &name, true), None);
        let person = [Term::from(schema::PERSON.into_owned())];
        assert_eq!(schema_of(&person, &[], true), None);
    }
}
