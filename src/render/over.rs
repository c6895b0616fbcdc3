//! Maps for templates that are cheap to make and to look into. In: values by name. Out: a template value. `context!` gives the same at
//! several times the cost: it compares a name with every key, and copies what it lays over other values.

use minijinja::Value;
use minijinja::value::{Enumerator, Object};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A map with these values: `record! { title => …, href => … }`.
macro_rules! record {
    ($($key:ident => $value:expr),* $(,)?) => {{
        static KEYS: $crate::render::over::Keys = $crate::render::over::Keys::new(&[$(stringify!($key)),*]);
        $crate::render::over::from_fields(&KEYS, vec![$(minijinja::Value::from($value)),*])
    }};
}
pub(super) use record;

/// The names of a map, found without comparing them one by one. Made while compiling.
#[derive(Debug)]
pub(super) struct Keys {
    names: &'static [&'static str],
    /// Places in `names` from 1, each at the slot of its name or the next free one after it; 0 is free.
    slots: [u8; SLOTS],
}

/// More than twice the names of the largest map, so that a name that is not there meets a free slot at once.
const SLOTS: usize = 64;

/// Where a name is looked for first: its length and three of its letters tell nearly all names apart.
const fn slot(name: &[u8]) -> usize {
    match name {
        [] => 0,
        [first, .., last] => {
            let middle = name[name.len() / 2];
            (*first as usize * 5 + middle as usize * 11 + *last as usize + name.len() * 3) % SLOTS
        }
        [only] => *only as usize % SLOTS,
    }
}

impl Keys {
    /// At most 60 names.
    pub(super) const fn new(names: &'static [&'static str]) -> Self {
        assert!(names.len() < SLOTS - 3, "a map has fewer names than there are slots");
        let mut slots = [0; SLOTS];
        let mut place = 0;
        while place < names.len() {
            let mut at = slot(names[place].as_bytes());
            while slots[at] != 0 {
                at = (at + 1) % SLOTS;
            }
            slots[at] = place as u8 + 1;
            place += 1;
        }
        Self { names, slots }
    }

    /// The place of a name; `first` is its [`slot`].
    fn place(&self, name: &str, first: usize) -> Option<usize> {
        let mut at = first;
        loop {
            let place = usize::from(self.slots[at]).checked_sub(1)?;
            if self.names[place] == name {
                return Some(place);
            }
            at = (at + 1) % SLOTS;
        }
    }
}

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
pub(super) fn from_fields(keys: &'static Keys, values: Vec<Value>) -> Value {
    Value::from_object(Record { keys, values, base: None })
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
    keys: &'static Keys,
    /// In the order of `keys`.
    values: Vec<Value>,
    /// What it lies over.
    base: Option<Value>,
}

impl Object for Record {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let first = slot(key.as_bytes());
        let mut record: &Self = self;
        loop {
            if let Some(place) = record.keys.place(key, first) {
                return Some(record.values[place].clone());
            }
            let base = record.base.as_ref()?;
            match base.downcast_object_ref::<Self>() {
                Some(below) => record = below,
                None => return found(base, key),
            }
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let own = self.keys.names.iter().map(|key| Value::from(*key));
        match &self.base {
            Some(base) => all_keys(own, base),
            None => Enumerator::Values(own.collect()),
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        // A condition needs no list of the names.
        !self.values.is_empty() || self.base.as_ref().is_some_and(Value::is_true)
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
