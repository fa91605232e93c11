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
        let at = |names: &[&str]| {
            let is = |name: &&str| header.iter().position(|h| h.trim().eq_ignore_ascii_case(name));
            names.iter().find_map(is)
        };
        let wanted = |names: &[&str], what: &str| {
            let found: Vec<&str> = header.iter().collect();
            let problem = format!(
                "no column of {what}: none of {} is called {}",
                found.join(", "),
                names.join(", ")
            );
            at(names).ok_or_else(|| place.error(problem))
        };
        Ok(Self {
            id: wanted(ID, "ids")?,
            name: wanted(NAME, "names")?,
            aliases: at(ALIASES),
            kind: at(KIND),
            country: at(COUNTRY),
            description: at(DESCRIPTION),
            weight: at(WEIGHT),
            population: at(POPULATION),
        })
    }
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
    let cell = |at: Option<usize>| {
        at.and_then(|at| row.get(at)).map(str::trim).filter(|cell| !cell.is_empty())
    };
    let meaning = cell(columns.kind).and_then(|kind| sink.kind(kind));
    let Some(id) = cell(Some(columns.id)) else { return Ok(()) };
    if meaning == Some(Meaning::LeftOut) {
        return Ok(());
    }
    let label = cell(Some(columns.name)).unwrap_or_default();
    let mut entry = sink.entry(id, label, meaning.and_then(Meaning::sort), place)?;
    let aliases = cell(columns.aliases).unwrap_or_default().split(BETWEEN);
    entry.aliases = aliases.map(|alias| alias.trim().into()).collect();
    let countries = cell(columns.country).unwrap_or_default();
    entry.country = countries.split(BETWEEN).next().map(Into::into);
    entry.description = cell(columns.description).map(Into::into);
    entry.weight = match (cell(columns.weight), cell(columns.population)) {
        (Some(weight), _) => number(weight, place)? as u32,
        (None, Some(population)) => weight_of_population(number(population, place)?),
        (None, None) => 0,
    };
    sink.take(entry)
}

/// A number of a cell; some tables mark what is not known as less than nothing.
fn number(cell: &str, place: Place<'_>) -> Result<u64, KnowledgeError> {
    let number: f64 = cell.parse().map_err(|_| place.error(format!("{cell:?} is no number")))?;
    Ok(number.max(0.0) as u64)
}
