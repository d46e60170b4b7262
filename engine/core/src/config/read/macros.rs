//! `%NAME%` in attributes: given macros, `<macro>` elements, environment.

use std::collections::BTreeMap;

use super::reader::{Element, Placed, Reader};
use crate::config::limits::VALUE_BYTES_MAX;

/// How the value of a macro ends that a template leaves to its user.
const PLACEHOLDER_END: &str = "_TO_BE_DEFINED";

/// Everything `%NAME%` can stand for.
#[derive(Debug)]
pub(in crate::config) struct Macros<'t> {
    given: &'t BTreeMap<String, String>,
    file: BTreeMap<String, String>,
    environment: &'t BTreeMap<String, String>,
}

impl<'t> Macros<'t> {
    pub(super) const fn new(
        given: &'t BTreeMap<String, String>,
        environment: &'t BTreeMap<String, String>,
    ) -> Self {
        Self {
            given,
            file: BTreeMap::new(),
            environment,
        }
    }

    /// The text with every `%NAME%` replaced, or a sentence for each that cannot be. A `%` that
    /// belongs to no `%NAME%` stands for itself.
    pub(super) fn expand(&self, text: &str) -> Result<String, Vec<String>> {
        let (mut expanded, mut messages) = (String::new(), Vec::new());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('%') {
            expanded.push_str(before);
            match after.split_once('%') {
                Some((name, behind)) if is_name(name) => {
                    match self.lookup(name) {
                        Ok(value) if expanded.len() + value.len() > VALUE_BYTES_MAX => {
                            let message = format!(
                                "with its macros this is longer than {VALUE_BYTES_MAX} bytes"
                            );
                            return Err(vec![message]);
                        }
                        Ok(value) => expanded.push_str(value),
                        Err(message) => messages.push(message),
                    }
                    rest = behind;
                }
                _ => {
                    expanded.push('%');
                    rest = after;
                }
            }
        }
        expanded.push_str(rest);
        if messages.is_empty() {
            Ok(expanded)
        } else {
            Err(messages)
        }
    }

    fn lookup(&self, name: &str) -> Result<&str, String> {
        let places = [self.given, &self.file, self.environment];
        let Some(value) = places.iter().find_map(|place| place.get(name)) else {
            return Err(format!(
                "macro {name} is not defined; give it a value with the configuration, by a \
                 <macro> element or in the environment"
            ));
        };
        if is_placeholder(value) {
            return Err(format!(
                "macro {name} still has its placeholder {value}; give it a value with the \
                 configuration or in its <macro> element"
            ));
        }
        Ok(value)
    }
}

/// Whether a macro's value stands for one that a template leaves to its user.
pub fn is_placeholder(value: &str) -> bool {
    value.ends_with(PLACEHOLDER_END)
}

/// Takes the `<macro>` elements of the file up among the macros.
pub(super) fn collect(reader: &mut Reader<'_>, root: &Element<'_>) {
    let mut seen = BTreeMap::new();
    let mut file = BTreeMap::new();
    for element in root.all("macro") {
        let place = reader.place_of(&element, "name");
        // Taken as they stand: a macro is not made of macros.
        let raw = |name| {
            element
                .node
                .attribute(name)
                .map(|found| found.value.as_str())
        };
        let (Some(name), Some(value)) = (raw("name"), raw("value")) else {
            continue;
        };
        if !is_name(name) {
            let message = format!("{name:?} is not a macro's name: letters, digits and '_'");
            reader.error(place, message);
            continue;
        }
        reader.once(
            &mut seen,
            &Placed {
                value: format!("macro {name}"),
                place,
            },
        );
        file.entry(name.to_owned())
            .or_insert_with(|| value.to_owned());
    }
    if let Some(macros) = &mut reader.macros {
        macros.file = file;
    }
}

/// Whether the text has a part that would be taken for a macro.
pub(in crate::config) fn has_reference(text: &str) -> bool {
    let parts: Vec<&str> = text.split('%').collect();
    // Each `%NAME%` takes two of the signs, so that looking at all neighbours finds too many at worst.
    parts.len() > 2 && parts[1..parts.len() - 1].iter().any(|part| is_name(part))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
