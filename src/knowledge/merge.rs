//! What several lines or files say of one entity becomes one.

use compact_str::CompactString;

use crate::resolve::Entry;

/// The entity of which these are parts, sorted; none, where no part has a name. The
/// label is that of the best known part that has one, then the first in order; other
/// labels become names beside it.
pub(super) fn merge(parts: Vec<Entry>) -> Option<Entry> {
    let labelled = parts.iter().filter(|part| !part.label.is_empty());
    let best = labelled.max_by(|a, b| a.weight.cmp(&b.weight).then(b.label.cmp(&a.label)))?;
    let mut merged = Entry::new(&best.slug, &best.label, best.sort);
    merged.description.clone_from(&best.description);
    for part in parts {
        let label = Some(part.label).filter(|label| !label.is_empty());
        merged.aliases.extend(label.into_iter().chain(part.aliases));
        merged.local_names.extend(part.local_names);
        merged.demonyms.extend(part.demonyms);
        merged.ids.extend(part.ids);
        merged.sources.extend(part.sources);
        merged.sort = merged.sort.or(part.sort);
        merged.weight = merged.weight.max(part.weight);
        for (known, other) in [
            (&mut merged.country, part.country),
            (&mut merged.checked, part.checked),
            (&mut merged.description, part.description),
        ] {
            *known = known.take().or(other);
        }
    }
    tidy(&mut merged);
    Some(merged)
}

/// Sorts what has no order, each once; the entity's own id first.
fn tidy(entry: &mut Entry) {
    let lists =
        [&mut entry.aliases, &mut entry.local_names, &mut entry.demonyms, &mut entry.sources];
    for names in lists {
        names.sort();
        names.dedup();
    }
    let label: CompactString = entry.label.clone();
    entry.aliases.retain(|alias| *alias != label);
    let slug = entry.slug.clone();
    entry.ids.sort_by_key(|(authority, id)| {
        (authority.iri(id) != slug.as_str(), authority.clone(), id.clone())
    });
    entry.ids.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::Authority;
    use crate::text::Sort;

    fn part(label: &str, weight: u32) -> Entry {
        let mut entry = Entry::new("https://towns.example/7", label, None);
        entry.ids.extend(Authority::of_iri("https://towns.example/7"));
        entry.weight = weight;
        entry
    }

    #[test]
    fn parts_become_one_in_any_order() {
        let mut country = part("", 0);
        country.country = Some("Portugal".into());
        let mut kind = part("", 0);
        kind.sort = Some(Sort::City);
        let parts = [part("Orm", 3), part("Upper Orm", 5), country, kind];
        let merged = merge(parts.to_vec()).unwrap();
        assert_eq!((&*merged.label, &merged.aliases[..]), ("Upper Orm", &["Orm".into()][..]));
        assert_eq!((merged.sort, merged.country.as_deref()), (Some(Sort::City), Some("Portugal")));
        assert_eq!((merged.weight, merged.ids.len()), (5, 1));
        let mut other = parts.to_vec();
        other.reverse();
        assert_eq!(merge(other).unwrap(), merged);
        assert_eq!(merge(vec![part("", 9)]), None, "without a name");
    }
}
