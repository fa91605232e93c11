//! What else is known of entities that were reconciled: data extension.

use serde::Deserialize;
use serde_json::{Value, json};

use super::by_id;
use crate::serve::facts::{Companion, Entity};
use crate::serve::http::{Problem, Reply};
use crate::serve::scope::Scope;

/// The properties of entities, and what they are called.
pub(super) const PROPERTIES: [(&str, &str); 8] = [
    ("label", "Name"),
    ("names", "Other names"),
    ("type", "Type"),
    ("sameAs", "Is elsewhere"),
    ("claims", "Number of claims"),
    ("statements", "Number of statements"),
    ("spokenOf", "Spoken of in"),
    ("namedWith", "Named together with"),
];

/// Of so many entities properties are told at a time.
const MOST: usize = 200;

/// What is asked of which entities.
#[derive(Deserialize)]
pub(super) struct Extension {
    ids: Vec<String>,
    properties: Vec<Property>,
}

#[derive(Deserialize)]
struct Property {
    id: String,
}

/// Tells the properties of entities.
pub(super) fn extend(scope: &Scope<'_>, asked: Extension) -> Result<Reply, Problem> {
    if asked.ids.len() > MOST {
        let detail = format!("{} entities at a time; no more than {MOST}", asked.ids.len());
        return Err(Problem::new(413, detail));
    }
    let name = |id: &str| PROPERTIES.iter().find(|(known, _)| *known == id).map(|(_, name)| *name);
    let meta: Vec<Value> = asked
        .properties
        .iter()
        .map(|property| json!({ "id": property.id, "name": name(&property.id).unwrap_or(&property.id) }))
        .collect();
    let mut rows = Vec::new();
    for id in &asked.ids {
        let entity = by_id(scope, id)?;
        let value = |property: &Property| {
            let values = entity.as_ref().and_then(|entity| values(entity, &property.id));
            json!({ "id": property.id, "values": values.unwrap_or_default() })
        };
        let properties: Vec<Value> = asked.properties.iter().map(value).collect();
        rows.push(json!({ "id": id, "properties": properties }));
    }
    Ok(Reply::json(&json!({ "meta": meta, "rows": rows })))
}

/// The values that an entity has of a property; none where there is no such property.
pub(super) fn values(entity: &Entity, property: &str) -> Option<Vec<Value>> {
    let texts = |all: &[String]| all.iter().map(|text| json!({ "str": text })).collect();
    let companion = |companion: &Companion| json!({ "str": companion.thing.label });
    Some(match property {
        "label" => texts(std::slice::from_ref(&entity.label)),
        "names" => texts(&entity.names),
        "type" => texts(&entity.types),
        "sameAs" => texts(&entity.links),
        "claims" => vec![json!({ "int": entity.does.total + entity.about.total })],
        "statements" => vec![json!({ "int": entity.said.total })],
        "spokenOf" => entity.timeline.iter().map(|(day, _)| json!({ "str": day })).collect(),
        "namedWith" => entity.companions.iter().map(companion).collect(),
        _ => return None,
    })
}
