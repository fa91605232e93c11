//! The values of Parquet as those of JSON, which is what records of every kind are made
//! of. In: a value. Out: the same, or null where it can say nothing of an article.

use jiff::Timestamp;
use jiff::civil::date;
use parquet::record::Field;
use serde_json::{Map, Value};

pub(super) fn value(field: Field) -> Value {
    match field {
        Field::Str(text) => Value::String(text),
        // Text, where a program did not say so.
        Field::Bytes(bytes) => text(bytes.data().to_vec()),
        Field::Byte(number) => number.into(),
        Field::Short(number) => number.into(),
        Field::Int(number) => number.into(),
        Field::Long(number) => number.into(),
        Field::UByte(number) => number.into(),
        Field::UShort(number) => number.into(),
        Field::UInt(number) => number.into(),
        Field::ULong(number) => number.into(),
        Field::Float(number) => number.into(),
        Field::Double(number) => number.into(),
        Field::Date(days) => day(days),
        Field::TimestampMillis(time) => moment(Timestamp::from_millisecond(time)),
        Field::TimestampMicros(time) => moment(Timestamp::from_microsecond(time)),
        Field::Group(row) => {
            let columns = row.into_columns().into_iter();
            Value::Object(columns.map(|(name, field)| (name, value(field))).collect())
        }
        Field::ListInternal(list) => list.elements().iter().cloned().map(value).collect(),
        Field::MapInternal(map) => {
            let entries = map.entries().iter().cloned();
            let entries = entries.filter_map(|(key, field)| match key {
                Field::Str(key) => Some((key, value(field))),
                _ => None,
            });
            Value::Object(entries.collect::<Map<_, _>>())
        }
        _ => Value::Null,
    }
}

fn text(bytes: Vec<u8>) -> Value {
    String::from_utf8(bytes).map_or(Value::Null, Value::String)
}

/// A day, counted from 1970.
fn day(days: i32) -> Value {
    let day = date(1970, 1, 1).checked_add(jiff::Span::new().days(days.clamp(-700_000, 2_900_000)));
    day.map_or(Value::Null, |day| Value::String(day.to_string()))
}

fn moment(time: Result<Timestamp, jiff::Error>) -> Value {
    time.map_or(Value::Null, |time| Value::String(time.to_string()))
}
