//! The templates of modules that are part of the program: the folders of `packaging/modules`, each as it
//! stands in a package.

use std::collections::BTreeMap;

use evenkeel_core::config::{Kind, is_placeholder, xml_to_json};
use evenkeel_package::{BIN, USERCONFIG};

use crate::views::module::ModuleSettings;
use crate::views::template::{Template, TemplateMacro};

/// What a template says of itself.
const README: &str = "README.md";

/// A file's place in the template's folder, and its text.
type File = (&'static str, &'static str);

macro_rules! files {
    ($template:literal: $($path:literal)*) => {
        ($template, &[$((
            $path,
            include_str!(concat!("../../packaging/modules/", $template, "/", $path)),
        )),*])
    };
}

/// Name and files of each template.
const TEMPLATES: [(&str, &[File]); 4] = [
    files!("apache_farm": "README.md" "conf/userconfig.xml" "bin/functions.sh" "bin/start_both" "bin/stop_both"),
    files!("farm": "README.md" "conf/userconfig.xml" "bin/start_both" "bin/stop_both"),
    files!("nginx_farm": "README.md" "conf/userconfig.xml" "bin/functions.sh" "bin/start_both" "bin/stop_both"),
    files!("systemd_farm": "README.md" "conf/userconfig.xml" "bin/prestart" "bin/start_both" "bin/stop_both"),
];

/// What there is to choose from, by name.
pub fn all() -> Vec<Template> {
    let all = TEMPLATES.iter().map(|(name, files)| described(name, files));
    all.collect()
}

/// The configuration and scripts of a template; `None` where there is none of this name.
pub fn settings(name: &str) -> Option<ModuleSettings> {
    let (_, files) = TEMPLATES.iter().find(|(known, _)| *known == name)?;
    let scripts = files.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix(BIN)?;
        Some((name.to_owned(), (*text).to_owned()))
    });
    Some(ModuleSettings {
        userconfig: text(files, USERCONFIG).to_owned(),
        macros: BTreeMap::new(),
        scripts: scripts.collect(),
    })
}

fn text(files: &'static [File], path: &str) -> &'static str {
    let file = files.iter().find(|(place, _)| *place == path);
    file.map_or("", |(_, text)| text)
}

fn described(name: &str, files: &'static [File]) -> Template {
    let mut paragraphs = text(files, README).split("\n\n").skip(1);
    let description = paragraphs.next().unwrap_or_default();
    let explained: BTreeMap<String, String> = paragraphs.flat_map(items).collect();
    let macros = macros(text(files, USERCONFIG));
    let described = |(name, value): (String, String)| TemplateMacro {
        description: explained.get(&name).cloned().unwrap_or_default(),
        value: (!is_placeholder(&value)).then_some(value),
        name,
    };
    Template {
        name: name.to_owned(),
        description: one_line(description),
        macros: macros.into_iter().map(described).collect(),
    }
}

/// The items of a list that begin with a name in code, each with what is said of it.
fn items(paragraph: &str) -> impl Iterator<Item = (String, String)> {
    let items = format!("\n{paragraph}");
    let items: Vec<String> = items.split("\n* `").skip(1).map(one_line).collect();
    items.into_iter().filter_map(|item| {
        let (name, words) = item.split_once("`: ")?;
        Some((name.to_owned(), words.to_owned()))
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Name and value of each macro of a configuration file, in its order.
fn macros(userconfig: &str) -> Vec<(String, String)> {
    let twin = xml_to_json(userconfig, Kind::Module).ok();
    let twin = twin.and_then(|twin| serde_json::to_value(twin).ok());
    let twin = twin.unwrap_or_default();
    let field = |of: &serde_json::Value, name: &str| of[name].as_str().map(str::to_owned);
    let macros = twin["macro"].as_array().into_iter().flatten();
    macros
        .filter_map(|one| Some((field(one, "name")?, field(one, "value")?)))
        .collect()
}

#[cfg(test)]
mod tests;
