//! Tables with a header: columns for id, name, other names, kind, country.

use super::{KnowledgeError, Meaning, Place, Sink, Stream, weight_of_population};

/// What a column is called, the likeliest first.
const ID: &[&str] = &["qid", "wikidata_id", "wikidata", "iri", "uri", "id"];
const NAME: &[&str] = &["name", "label", "caption", "title"];
const ALIASES: &[&str] = &["aliases", "alias", "names", "namealt", "weak_aliases"];
const KIND: &[&str] = &["kind", "type", "class", "schema", "featurecla"];
const COUNTRY: &[&str] = &["country", "countries", "iso2", "country_code"];
const DESCRIPTION: &[&str] = &["description", "desc"];
const WEIGHT: &[&str] = &["sitelinks", "weight"];
const POPULATION: &[&str] = &["population", "pop_max", "pop"];
/// What stands between several values of a cell.
const BETWEEN: [char; 2] = ['|', ';'];

/// Which column holds what.
struct Columns {
    id: usize,
    name: usize,
    aliases: Option<usize>,
    kind: Option<usize>,
    country: Option<usize>,
    description: Option<usize>,
    weight: Option<usize>,
    population: Option<usize>,
}

impl Columns {
    fn of(header: &csv::StringRecord, place: Place<'_>) -> Result<Self, KnowledgeError> {
        Ok(Self {
            id: required(header, ID, "ids", place)?,
            name: required(header, NAME, "names", place)?,
            aliases: position(header, ALIASES),
            kind: position(header, KIND),
            country: position(header, COUNTRY),
            description: position(header, DESCRIPTION),
            weight: position(header, WEIGHT),
            population: position(header, POPULATION),
        })
    }
}

/// Where the column is that is called by the likeliest of some names.
fn position(header: &csv::StringRecord, names: &[&str]) -> Option<usize> {
    for name in names {
        for (at, column) in header.iter().enumerate() {
            if column.trim().eq_ignore_ascii_case(name) {
                return Some(at);
            }
        }
    }
    None
}

/// Where a column is that each table must have.
fn required(
    header: &csv::StringRecord,
    names: &[&str],
    what: &str,
    place: Place<'_>,
) -> Result<usize, KnowledgeError> {
    if let Some(at) = position(header, names) {
        return Ok(at);
    }
    let found: Vec<&str> = header.iter().collect();
    let (found, names) = (found.join(", "), names.join(", "));
    Err(place.error(format!("no column of {what}: none of {found} is called {names}")))
}

pub(super) fn read(
    stream: Stream,
    delimiter: u8,
    sink: &mut Sink<'_>,
) -> Result<(), KnowledgeError> {
    let file = stream.name.clone();
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(delimiter).flexible(true).from_reader(stream.into_bytes());
    let header = reader.headers().map_err(|e| Place { file: &file, line: 1 }.error(e))?.clone();
    let columns = Columns::of(&header, Place { file: &file, line: 1 })?;
    let mut row = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        let place = Place { file: &file, line };
        if !reader.read_record(&mut row).map_err(|error| place.error(error))? {
            return Ok(());
        }
        sink.counts.read += 1;
        take(&row, &columns, place, sink)?;
    }
}

fn take(
    row: &csv::StringRecord,
    columns: &Columns,
    place: Place<'_>,
    sink: &mut Sink<'_>,
) -> Result<(), KnowledgeError> {
    let meaning = cell(row, columns.kind).and_then(|kind| sink.kind(kind));
    let Some(id) = cell(row, Some(columns.id)) else { return Ok(()) };
    if meaning == Some(Meaning::LeftOut) {
        return Ok(());
    }
    let label = cell(row, Some(columns.name)).unwrap_or_default();
    let mut entry = sink.entry(id, label, meaning.and_then(Meaning::sort), place)?;
    let aliases = cell(row, columns.aliases).unwrap_or_default().split(BETWEEN);
    entry.aliases = aliases.map(|alias| alias.trim().into()).collect();
    let countries = cell(row, columns.country).unwrap_or_default();
    entry.country = countries.split(BETWEEN).next().map(Into::into);
    entry.description = cell(row, columns.description).map(Into::into);
    entry.weight = match (cell(row, columns.weight), cell(row, columns.population)) {
        (Some(weight), _) => number(weight, place)?.min(u32::MAX.into()) as u32,
        (None, Some(population)) => weight_of_population(number(population, place)?),
        (None, None) => 0,
    };
    sink.take(entry)
}

/// What stands in a column, where it is there and not blank.
fn cell(row: &csv::StringRecord, column: Option<usize>) -> Option<&str> {
    let text = row.get(column?)?.trim();
    (!text.is_empty()).then_some(text)
}

/// A number of a cell; some tables mark what is not known as less than nothing.
fn number(cell: &str, place: Place<'_>) -> Result<u64, KnowledgeError> {
    let number: f64 = cell.parse().map_err(|_| place.error(format!("{cell:?} is no number")))?;
    Ok(number.max(0.0) as u64)
}
