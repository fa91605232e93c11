//! Tables of GeoNames: `allCountries.txt`, `cities15000.txt`, those of one country.

use super::super::format::GEONAMES_COLUMNS;
use super::{KnowledgeError, Place, Sink, Stream, each_line, of_iri, weight_of_population};
use crate::resolve::Authority;
use crate::text::Sort;

/// An abbreviation among the other names is the code of an airport, a railway station.
const LONGEST_CODE: usize = 4;

pub(super) fn read(stream: Stream, sink: &mut Sink<'_>) -> Result<(), KnowledgeError> {
    each_line(stream, sink, line)
}

fn line(text: &str, place: Place<'_>, sink: &mut Sink<'_>) -> Result<(), KnowledgeError> {
    let cells: Vec<&str> = text.split('\t').collect();
    let Ok(cells) = <[&str; GEONAMES_COLUMNS]>::try_from(cells.as_slice()) else {
        let found = cells.len();
        return Err(place.error(format!("{found} columns where GeoNames has {GEONAMES_COLUMNS}")));
    };
    let [id, name, ascii, others, _, _, class, code, country, ..] = cells;
    let population = match cells[14] {
        "" => 0,
        cell => cell.parse().map_err(|_| place.error(format!("{cell:?} is no population")))?,
    };
    let iri = Authority::GeoNames.iri(id);
    let known = of_iri(&iri, name, Some(sort(class, code)));
    let mut entry = known.ok_or_else(|| place.error("no id"))?;
    let others = others.split(',').filter(|other| is_name(other));
    entry.aliases = std::iter::once(ascii).chain(others).map(Into::into).collect();
    entry.country = Some(country.into());
    entry.weight = weight_of_population(population);
    sink.take(entry)
}

/// Whether another name may stand in an English text: in Latin letters, and no code.
fn is_name(name: &str) -> bool {
    let is_latin =
        |c: char| !c.is_alphabetic() || c < '\u{250}' || ('\u{1E00}'..'\u{1F00}').contains(&c);
    let is_code = name.len() <= LONGEST_CODE && name.chars().all(char::is_uppercase);
    name.chars().all(is_latin) && !is_code
}

/// What a feature is, by its class and code.
fn sort(class: &str, code: &str) -> Sort {
    match class {
        "A" if code.starts_with("PCL") => Sort::Country,
        "P" => Sort::City,
        "S" => Sort::Facility,
        _ => Sort::Place,
    }
}
