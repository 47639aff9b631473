//! What names persons, and so is not kept: who recruits, who hires, whom to write to.

use serde_json::{Map, Value};

/// How words begin that say who a person is; compared in lower case.
const PERSONS: [&str; 7] = ["recruiter", "sourcer", "coordinator", "interviewer", "contact", "email", "hiringmanager"];
/// The same in two words.
const PERSONS_IN_TWO: [(&str, &str); 2] = [("hiring", "manager"), ("e", "mail")];
/// Types of values that name nobody, whatever they are called, such as a number of recruiters.
const IMPERSONAL: [&str; 5] = ["number", "currency", "date", "date_time", "yes_no"];

/// Whether an entry of `metadata` names a person.
pub(super) fn is_entry(entry: &Value) -> bool {
    let value = entry.get("value").unwrap_or(&Value::Null);
    let value_type = entry.get("value_type").and_then(Value::as_str).unwrap_or_default();
    let is_impersonal = IMPERSONAL.contains(&value_type) && !has_letters(value);
    let is_named = entry.get("name").and_then(Value::as_str).is_some_and(names_person);
    value_type == "user" || has_email(value) || (is_named && !is_impersonal)
}

/// A posting's members without those that name persons.
pub(super) fn without_persons(members: Map<String, Value>) -> Map<String, Value> {
    let mut kept = Map::new();
    for (name, value) in members {
        match value {
            // What is no list of entries cannot be looked through.
            Value::Array(entries) if name == "metadata" => {
                kept.insert(name, entries.into_iter().filter(|it| it.is_object() && !is_entry(it)).collect());
            }
            Value::Null => {
                kept.insert(name, Value::Null);
            }
            value if name != "metadata" && !names_person(&name) && !has_email(&value) => {
                kept.insert(name, value);
            }
            _ => {}
        }
    }
    kept
}

fn names_person(name: &str) -> bool {
    let spelled = spelled(name);
    let is_person = |word: &str| PERSONS.iter().any(|it| word.starts_with(it));
    let are_person =
        |(first, second): (&str, &str)| PERSONS_IN_TWO.iter().any(|it| first == it.0 && second.starts_with(it.1));
    let words = || spelled.split_ascii_whitespace();
    words().any(is_person) || words().zip(words().skip(1)).any(are_person)
}

/// The words of a name, as in `Hiring Manager`, `hiring_manager` and `hiringManager`, in lower case and with spaces between
/// them.
fn spelled(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len());
    let mut was_lower = false;
    for character in name.chars() {
        if !character.is_alphanumeric() || (was_lower && character.is_uppercase()) {
            spelled.push(' ');
        }
        if character.is_alphanumeric() {
            spelled.extend(character.to_lowercase());
        }
        was_lower = character.is_lowercase();
    }
    spelled
}

/// Whether an e-mail address stands in a value, at any depth, or under a name that says so.
fn has_email(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('@') && text.split(is_bound).any(is_email),
        Value::Array(elements) => elements.iter().any(has_email),
        Value::Object(members) => members.iter().any(|(name, value)| {
            let is_named = spelled(name).replace(' ', "").contains("email");
            (is_named && !value.is_null()) || has_email(value)
        }),
        _ => false,
    }
}

fn is_bound(character: char) -> bool {
    character.is_whitespace() || "<>()[]\"',;:".contains(character)
}

fn is_email(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !host.contains('@')
            && host.split('.').count() > 1
            && host.split('.').all(|it| !it.is_empty())
    })
}

fn has_letters(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(char::is_alphabetic),
        Value::Array(elements) => elements.iter().any(has_letters),
        Value::Object(_) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_that_say_a_person_are_known_in_any_spelling() {
        for name in [
            "Recruiter",
            "Recruiters",
            "hiring_manager",
            "Hiring Manager(s)",
            "hiringManager",
            "HIRING MANAGER",
            "Sourcer",
            "Recruiting Coordinator",
            "Interviewers",
            "Contact person",
            "E-Mail",
            "email",
            "Recruiter Email",
        ] {
            assert!(is_entry(&json!({ "id": 1, "name": name, "value": "Jane Doe" })), "{name}");
        }
        for name in ["Contract Type", "Remote mail room", "Hiring", "Manager of", "Resources", "Recruiting Stage"] {
            assert!(!is_entry(&json!({ "id": 1, "name": name, "value": "x" })), "{name}");
        }
    }

    #[test]
    fn values_that_name_a_person_are_known_whatever_they_are_called() {
        for value in [
            json!("jane@acme.example"),
            json!("Jane <jane@acme.example>"),
            json!("mailto:jane@acme.example"),
            json!(["x", "jane@acme.example"]),
            json!({ "name": "Jane", "email": "hidden" }),
            json!({ "who": { "mail": "jane@acme.example" } }),
        ] {
            assert!(is_entry(&json!({ "id": 1, "name": "Owner", "value": value })), "{value}");
        }
        assert!(is_entry(&json!({ "id": 1, "name": "Owner", "value": 7, "value_type": "user" })));
        for value in [json!("@acme"), json!("a @ b"), json!("5 @ 10.50"), json!(null), json!({ "email": null })] {
            assert!(!is_entry(&json!({ "id": 1, "name": "Owner", "value": value })), "{value}");
        }
    }

    #[test]
    fn a_number_of_persons_is_no_person() {
        let entry = |value: Value| json!({ "name": "recruiters_counter", "value": value, "value_type": "number" });
        assert!(!is_entry(&entry(json!("3"))));
        assert!(!is_entry(&entry(json!(null))));
        assert!(is_entry(&entry(json!("Jane"))));
    }
}
