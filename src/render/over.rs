//! Values over other values, for templates. In: a map of a page's own values and one that many pages share. Out: one map that
//! looks into the first and then the second, without copying either. `context!{..}` with `..base` does the same, at four times the cost of a look.

use minijinja::Value;
use minijinja::value::{Enumerator, Object};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One map of two: `own` first, then `base`.
pub(super) fn over(own: Value, base: Value) -> Value {
    Value::from_object(Over { own, base })
}

#[derive(Debug)]
struct Over {
    own: Value,
    base: Value,
}

impl Object for Over {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let found = |map: &Value| map.get_attr(key).ok().filter(|value| !value.is_undefined());
        found(&self.own).or_else(|| found(&self.base))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let keys: BTreeSet<Value> = [&self.own, &self.base].into_iter().filter_map(|map| map.try_iter().ok()).flatten().collect();
        Enumerator::Values(keys.into_iter().collect())
    }
}
