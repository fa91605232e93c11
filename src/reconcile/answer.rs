//! What a service answers, and what is made of it.

use serde::Deserialize;
use serde_json::Value;

use super::manifest::Version;
use super::question::name;

/// An entity of the service that may be the one that was asked for.
#[derive(Clone, Debug, PartialEq, Deserialize, serde::Serialize)]
pub struct Candidate {
    /// Its id there.
    pub id: String,
    /// What it is called there.
    pub name: String,
    /// How well it fits, on a scale of the service's own.
    #[serde(default)]
    pub score: f64,
    /// Whether the service is sure.
    #[serde(default, rename = "match")]
    pub is_match: bool,
    /// What it is, in a few words.
    #[serde(default)]
    pub description: Option<String>,
}

/// Which candidate is taken for the entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Accept {
    /// The one that the service is sure of, if there is just one.
    Match,
    /// Also the best, where it has this score and is so much better than the next.
    Score {
        /// The least score.
        least: f64,
        /// How much more than the next.
        lead: f64,
    },
}

impl Accept {
    /// The one that is taken, if any.
    pub fn choose<'a>(&self, candidates: &'a [Candidate]) -> Option<&'a Candidate> {
        let sure: Vec<&Candidate> = candidates.iter().filter(|c| c.is_match).collect();
        if let [one] = sure[..] {
            return Some(one);
        }
        let Self::Score { least, lead } = *self else { return None };
        let mut by_score: Vec<&Candidate> = candidates.iter().collect();
        by_score.sort_by(|a, b| b.score.total_cmp(&a.score));
        let best = *by_score.first()?;
        let next = by_score.get(1).map_or(f64::NEG_INFINITY, |next| next.score);
        (best.score >= least && best.score - next >= lead && sure.is_empty()).then_some(best)
    }
}

/// The candidates for each question of a batch; else what is wrong with the answer.
pub(super) fn read(
    json: &[u8],
    questions: usize,
    version: Version,
) -> Result<Vec<Vec<Candidate>>, String> {
    let mut answer: Value = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    let mut one = |number: usize| match version {
        Version::Form => answer.get_mut(name(number))?.get_mut("result").map(Value::take),
        Version::Json => {
            answer.get_mut("results")?.get_mut(number)?.get_mut("candidates").map(Value::take)
        }
    };
    let all = (0..questions).map(|number| {
        let candidates = one(number).ok_or_else(|| format!("no answer to question {number}"))?;
        serde_json::from_value(candidates).map_err(|error| error.to_string())
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(id: &str, score: f64, is_match: bool) -> Candidate {
        Candidate { id: id.into(), name: id.into(), score, is_match, description: None }
    }

    #[test]
    fn only_what_is_certain_is_taken() {
        let two = [candidate("a", 90.0, false), candidate("b", 80.0, false)];
        assert_eq!(Accept::Match.choose(&two), None);
        let by_score = |least, lead| Accept::Score { least, lead };
        assert_eq!(by_score(85.0, 5.0).choose(&two).map(|c| &*c.id), Some("a"));
        assert_eq!(by_score(95.0, 5.0).choose(&two), None);
        assert_eq!(by_score(85.0, 20.0).choose(&two), None);
        let sure = [candidate("a", 90.0, false), candidate("b", 80.0, true)];
        assert_eq!(Accept::Match.choose(&sure).map(|c| &*c.id), Some("b"));
        let both = [candidate("a", 90.0, true), candidate("b", 80.0, true)];
        assert_eq!(by_score(85.0, 5.0).choose(&both), None);
        assert_eq!(Accept::Match.choose(&[]), None);
    }

    #[test]
    fn both_forms_of_answers_are_read() {
        let old = br#"{"q0": {"result": [{"id": "1", "name": "A", "score": 9, "match": true}]},
            "q1": {"result": []}}"#;
        let read_old = read(old, 2, Version::Form).unwrap();
        assert_eq!((read_old[0].len(), read_old[1].len()), (1, 0));
        assert!(read_old[0][0].is_match);
        assert!(read(old, 3, Version::Form).unwrap_err().contains("question 2"));
        let new = br#"{"results": [{"candidates": [{"id": "1", "name": "A"}]}]}"#;
        assert_eq!(read(new, 1, Version::Json).unwrap()[0][0].id, "1");
        assert!(read(b"[]", 1, Version::Json).is_err());
        assert!(read(br#"{"q0": {"result": [{"name": "A"}]}}"#, 1, Version::Form).is_err());
    }
}
