//! Maps for templates that are cheap to make and to look into. In: values by name. Out: a template value. `context!` gives the same at
//! several times the cost: it compares a name with every key, and copies what it lays over other values.

use minijinja::Value;
use minijinja::value::{Enumerator, Object};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A map with these values: `record! { title => …, href => … }`.
macro_rules! record {
    ($($key:ident => $value:expr),* $(,)?) => {
        $crate::render::over::from_fields(vec![$((stringify!($key), minijinja::Value::from($value))),*])
    };
}
pub(super) use record;

/// One map of two: `own` first, then `base`, neither copied.
pub(super) fn over(own: Value, base: Value) -> Value {
    // A map that nobody else holds takes the other in, which spares a step at every look.
    match own.downcast_object::<Record>() {
        Some(record) => {
            drop(own);
            match Arc::try_unwrap(record) {
                Ok(record) if record.base.is_none() => Value::from_object(Record { base: Some(base), ..record }),
                Ok(record) => Value::from_object(Over { own: Value::from_object(record), base }),
                Err(shared) => Value::from_object(Over { own: Value::from_dyn_object(shared), base }),
            }
        }
        None => Value::from_object(Over { own, base }),
    }
}

/// What [`record!`] makes.
pub(super) fn from_fields(fields: Vec<(&'static str, Value)>) -> Value {
    let marks = fields.iter().map(|(key, _)| mark(key)).collect();
    Value::from_object(Record { marks, fields, base: None })
}

#[derive(Debug)]
struct Over {
    own: Value,
    base: Value,
}

/// A value of a map that has it.
fn found(map: &Value, key: &str) -> Option<Value> {
    map.get_attr(key).ok().filter(|value| !value.is_undefined())
}

/// The keys of maps that lie over each other.
fn all_keys(own: impl Iterator<Item = Value>, base: &Value) -> Enumerator {
    let keys: BTreeSet<Value> = own.chain(base.try_iter().into_iter().flatten()).collect();
    Enumerator::Values(keys.into_iter().collect())
}

impl Object for Over {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        found(&self.own, key).or_else(|| found(&self.base, key))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        all_keys(self.own.try_iter().into_iter().flatten(), &self.base)
    }
}

#[derive(Debug)]
struct Record {
    /// [`mark`] of each key: one wide comparison instead of forty texts.
    marks: Vec<u16>,
    fields: Vec<(&'static str, Value)>,
    /// What it lies over.
    base: Option<Value>,
}

/// Length and last letter, which tell nearly all names of a map apart.
fn mark(key: &str) -> u16 {
    (key.len() as u16) << 8 | key.as_bytes().last().map_or(0, |b| u16::from(*b))
}

impl Object for Record {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let wanted = mark(key);
        let places = self.marks.iter().enumerate().filter(|(_, mark)| **mark == wanted).map(|(place, _)| &self.fields[place]);
        let own = places.filter(|(name, _)| *name == key).map(|(_, value)| value.clone()).next();
        own.or_else(|| found(self.base.as_ref()?, key))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let own = self.fields.iter().map(|(key, _)| Value::from(*key));
        match &self.base {
            Some(base) => all_keys(own, base),
            None => Enumerator::Values(own.collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_and_the_upper_map_wins() {
        let value = over(record! { title => 1, table => 2, tatle => 3 }, record! { title => 4, other => 5 });
        let get = |key: &str| value.get_attr(key).ok().and_then(|v| i64::try_from(v).ok());
        assert_eq!(["title", "table", "tatle", "other", "none"].map(get), [Some(1), Some(2), Some(3), Some(5), None]);
        let keys: Vec<String> = value.try_iter().expect("a map").map(|k| k.to_string()).collect();
        assert_eq!(keys, ["other", "table", "tatle", "title"]);
    }
}
