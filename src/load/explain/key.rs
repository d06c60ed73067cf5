//! Keys that a table does not have, and ids that are none.

use jsonschema::ValidationError;
use serde_json::Value;

use super::{Explainer, words};
use crate::{
    diagnostic::Rule,
    load::{
        schema::resolve,
        suggest::Near,
        validity::{INVALID_VALUE, UNKNOWN_FIELD, UNKNOWN_KIND},
    },
    model::DATE_KEY,
    source::push_token,
};

impl Explainer<'_> {
    /// The keys of the table that an error is about.
    pub(super) fn known_keys(&self, error: &ValidationError<'_>) -> Vec<String> {
        let path = error.schema_path().as_str();
        let path = path.strip_suffix("/additionalProperties").unwrap_or(path);
        let properties = resolve(self.schema, path).and_then(|schema| schema.get("properties")).and_then(Value::as_object);
        properties.into_iter().flatten().map(|(key, _)| key.clone()).collect()
    }

    pub(super) fn unknown_keys(&mut self, error: &ValidationError<'_>, unexpected: &[String]) {
        let pointer = error.instance_path().as_str().to_owned();
        if unexpected.iter().any(|key| key == DATE_KEY) {
            return self.wrong_type(&pointer, "a table");
        }
        let known = self.known_keys(error);
        let path = error.schema_path().as_str();
        let is_patterned = resolve(self.schema, path.strip_suffix("/additionalProperties").unwrap_or(path))
            .is_some_and(|schema| schema.get("patternProperties").is_some());
        for key in unexpected {
            let mut place = pointer.clone();
            push_token(&mut place, key);
            let span = self.key_span(&place);
            let shown = words::cut(key);
            if is_patterned {
                let help = "write a currency by its code, such as `EUR`".to_owned();
                self.push(&INVALID_VALUE, &place, span, format!("`{shown}` cannot be a key here"), help);
                continue;
            }
            let (rule, what, introduction): (&'static Rule, _, _) =
                if pointer.is_empty() { (&UNKNOWN_KIND, "table", "tables are") } else { (&UNKNOWN_FIELD, "key", "keys are") };
            let known = || known.iter().map(String::as_str);
            let near = self.suggest.near(path, key, known());
            let advice = near.map_or_else(|| words::listed(introduction, known()).into(), Near::for_key);
            self.push(rule, &place, span, format!("unknown {what} `{shown}`"), advice);
        }
    }

    /// The last word of a header that cannot be one.
    pub(super) fn bad_id(&mut self, pointer: &str, id: &str) {
        let mut place = pointer.to_owned();
        push_token(&mut place, id);
        let span = self.key_span(&place);
        let help = format!("use lower-case letters, digits and `-`, at most 63 of them, such as `{}`", words::example_id(id));
        self.push(&INVALID_VALUE, &place, span, format!("`{}` cannot be an id", words::cut(id)), help);
    }
}
