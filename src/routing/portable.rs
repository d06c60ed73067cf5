//! Forms and conditions as JSON, for engines in other languages, such as the script on the pages of a site.
//!
//! A form is a list of its fields, in order:
//!
//! ```json
//! [{ "name": "country", "type": "text" }, { "name": "employees", "type": "integer", "min": 0, "required": true }]
//! ```
//!
//! `type` is `text`, `integer`, `number` or `boolean`; `values` (a closed list, as it is written), `min`, `max` and
//! `required` are there where the field has them.
//!
//! Logic is a list of clauses, of which one must hold; a clause is a list of filters, which must all hold:
//!
//! ```json
//! [[{ "field": 0, "asks": { "one-of": ["us", "ca"] } }, { "field": 1, "asks": { "min": 100, "below": 1000 } }]]
//! ```
//!
//! `field` is the number of the field in the form. `asks` has the operators, which must all hold: `one-of` and `none-of`
//! (lists of texts, numbers and booleans), `min`, `max`, `above`, `below`, `starts-with`, `ends-with`, `contains` (lists
//! of texts), `present`. Texts are folded; numbers are 64-bit floats. On a missing value a filter holds only if it asks
//! that there is none and nothing else; without operators it asks that there is a value. A list without clauses never
//! holds, a clause without filters always.

use serde_json::{Map, Value as Json, json};

use super::{Filter, Form, Logic, Operation, Values};
use crate::model::Number;

/// Returns the fields of a form.
pub fn form(form: &Form<'_>) -> Json {
    let field = |(name, field): &(&str, &crate::model::Field)| {
        let mut out = Map::new();
        out.insert("name".to_owned(), (*name).into());
        out.insert("type".to_owned(), json!(field.r#type));
        let optional =
            [("values", field.values.as_ref().map(|values| json!(values))), ("min", field.min.map(number)), ("max", field.max.map(number))];
        out.extend(optional.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
        if field.required {
            out.insert("required".to_owned(), true.into());
        }
        Json::Object(out)
    };
    form.fields().iter().map(field).collect()
}

/// Returns what must hold, as clauses of filters.
pub fn logic(logic: &Logic<'_>) -> Json {
    logic_with(logic, |_| None)
}

/// Returns what must hold, each filter with words of its own under `words`.
pub fn logic_with(logic: &Logic<'_>, words: impl Fn(&Filter<'_>) -> Option<String>) -> Json {
    let filter = |filter: &Filter<'_>| {
        let mut out = Map::new();
        out.insert("field".to_owned(), filter.field.into());
        out.insert("asks".to_owned(), filter.operations.iter().map(operation).collect::<Map<_, _>>().into());
        out.extend(words(filter).map(|words| ("words".to_owned(), words.into())));
        Json::Object(out)
    };
    logic.clauses.iter().map(|clause| clause.iter().map(filter).collect::<Json>()).collect()
}

fn operation(operation: &Operation) -> (String, Json) {
    let (key, operand) = match operation {
        Operation::OneOf(of) => ("one-of", values(of)),
        Operation::NoneOf(of) => ("none-of", values(of)),
        Operation::Min(bound) => ("min", number(*bound)),
        Operation::Max(bound) => ("max", number(*bound)),
        Operation::Above(bound) => ("above", number(*bound)),
        Operation::Below(bound) => ("below", number(*bound)),
        Operation::StartsWith(parts) => ("starts-with", json!(parts)),
        Operation::EndsWith(parts) => ("ends-with", json!(parts)),
        Operation::Contains(parts) => ("contains", json!(parts)),
        Operation::Present(present) => ("present", json!(present)),
    };
    (key.to_owned(), operand)
}

/// The values of a set in a fixed order.
fn values(values: &Values) -> Json {
    let mut texts: Vec<&str> = values.texts().collect();
    texts.sort_unstable();
    let booleans = [false, true].into_iter().filter(|boolean| values.has_boolean(*boolean)).map(Json::from);
    texts.into_iter().map(Json::from).chain(values.numbers().iter().copied().map(number)).chain(booleans).collect()
}

fn number(number: f64) -> Json {
    json!(Number(number))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{form, logic};
    use crate::{
        model::{Fields, When},
        routing::{Form, Logic},
    };

    #[test]
    fn operands_are_folded_and_in_a_fixed_order() {
        let fields: Fields =
            toml::from_str("n = { type = 'number', min = 0.5, required = true }\nt = { type = 'text', values = ['B', 'a'] }").unwrap();
        let form_of = Form::new(&fields);
        assert_eq!(
            form(&form_of),
            json!([{ "name": "n", "type": "number", "min": 0.5, "required": true }, { "name": "t", "type": "text", "values": ["B", "a"] }])
        );
        let when: When = toml::from_str("t = [' B ', 'A', '', true, 3, 2.5]\nn = { not = 7, min = 1_000.0, present = true }").unwrap();
        let compiled = logic(&Logic::new(Some(&when), &form_of));
        assert_eq!(
            compiled,
            json!([[
                { "field": 0, "asks": { "none-of": [7], "min": 1000, "present": true } },
                { "field": 1, "asks": { "one-of": ["a", "b", 2.5, 3, true] } },
            ]])
        );
        assert_eq!(logic(&Logic::new(None, &form_of)), json!([[]]));
        assert_eq!(logic(&Logic::new(Some(&When::Any(vec![])), &form_of)), json!([]));
    }
}
