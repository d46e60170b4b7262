//! `<errd>`: the monitored processes and services.

use std::collections::BTreeMap;
use std::time::Duration;

use super::reader::{Element, Place, Reader};
use super::time::{Unit, positive_time};
use super::{regex, values};
use crate::config::limits::{
    CHECKS_MAX, NAME_CHARS_MAX, PROC_NAME_BYTES_MAX, SERVICE_NAME_BYTES_MAX, START_AFTER_MAX,
};
use crate::config::model::{Proc, ProcAction, ProcClass};

const POLLTIMER: Duration = Duration::from_secs(30);
const ATLEAST: u32 = 1;

/// Reads the monitored processes of a service.
pub(super) fn read(reader: &mut Reader<'_>, service: &Element<'_>) -> Vec<Proc> {
    let mut seen = BTreeMap::new();
    let mut procs = Vec::new();
    for section in service.all("errd") {
        let polltimer = reader.value(&section, "polltimer", positive_time(Unit::Seconds));
        for element in section.all("proc") {
            let Some(read) = read_proc(reader, &element, polltimer.unwrap_or(POLLTIMER)) else {
                continue;
            };
            once(reader, &mut seen, &element, &read);
            procs.push(read);
        }
        if !service.children().any(|child| child.is("user")) && !section.all("proc").is_empty() {
            let message = "<errd> needs the scripts of the module; add <user/>";
            reader.error(reader.place(&section), message);
        }
    }
    if procs.len() > CHECKS_MAX {
        let message = format!("a module monitors {CHECKS_MAX} processes at most");
        reader.error(reader.place(service), message);
    }
    procs
}

/// Refuses a second resource of the same name, which neither class nor arguments are part of.
fn once(
    reader: &mut Reader<'_>,
    seen: &mut BTreeMap<String, Place>,
    element: &Element<'_>,
    proc: &Proc,
) {
    let place = reader.place_of(element, "name");
    let Some(first) = seen.get(&proc.name) else {
        seen.insert(proc.name.clone(), place);
        return;
    };
    let (resource, first) = (proc.resource(), reader.words(first));
    let way_out = match (proc.service, &proc.nameregex) {
        (true, _) => "a service is monitored once".to_owned(),
        (false, Some(_)) => "give this one a name of its own".to_owned(),
        (false, None) => {
            let name = &proc.name;
            format!("give this one a name of its own, and nameregex=\"^{name}$\"")
        }
    };
    let message = format!("{resource} stands in {first} already; {way_out}");
    reader.error(place, message);
}

/// A class as the file has it.
pub(in crate::config) fn class_word(class: &ProcClass) -> &str {
    match class {
        ProcClass::Both => "both",
        ProcClass::Pre => "pre",
        ProcClass::Named(name) => name,
    }
}

fn read_proc(reader: &mut Reader<'_>, element: &Element<'_>, polltimer: Duration) -> Option<Proc> {
    let service = reader
        .value(element, "service", values::yes_no)
        .unwrap_or(false);
    let name = reader.value(element, "name", name_of(service));
    let nameregex = reader.value(element, "nameregex", regex::extended);
    let argregex = reader.value(element, "argregex", regex::extended);
    let atleast = reader
        .value(element, "atleast", limit)
        .unwrap_or(Some(ATLEAST));
    let atmax = reader.value(element, "atmax", limit).unwrap_or(None);
    let action = reader.value(element, "action", action);
    let class = reader.value(element, "class", class);
    let start_after = reader.value(element, "start_after", values::integer(0..=START_AFTER_MAX));
    let proc = Proc {
        name: name?,
        polltimer,
        service,
        nameregex,
        argregex,
        atleast: atleast_beside(atmax, atleast, element),
        atmax,
        action: action.unwrap_or_default(),
        restart_services: read_restart_services(reader, element),
        class: class?,
        start_after: start_after.unwrap_or(0),
    };
    check_limits(reader, element, &proc);
    check_service(reader, element, &proc);
    Some(proc)
}

/// What must not run has no fewest number, unless the file names one.
fn atleast_beside(atmax: Option<u32>, atleast: Option<u32>, element: &Element<'_>) -> Option<u32> {
    match atmax {
        Some(0) if !element.has("atleast") => None,
        Some(_) | None => atleast,
    }
}

fn check_limits(reader: &mut Reader<'_>, element: &Element<'_>, proc: &Proc) {
    match (proc.atleast, proc.atmax) {
        (Some(least), Some(most)) if least > most => {
            let message = format!("atleast is {least}, more than {most}; make atmax {least} or -1");
            reader.error(reader.place_of(element, "atmax"), message);
        }
        (None, None) if element.has("atleast") => {
            let message = "with neither atleast nor atmax nothing is monitored; set one of them";
            reader.error(reader.place_of(element, "atleast"), message);
        }
        _ => {}
    }
}

/// Services have no command line, and only they can be restarted alone.
fn check_service(reader: &mut Reader<'_>, element: &Element<'_>, proc: &Proc) {
    if proc.service {
        for regex in ["nameregex", "argregex"]
            .iter()
            .filter(|name| element.has(name))
        {
            let message = format!("{regex} is for processes; a service is found by its name");
            reader.error(reader.place_of(element, regex), message);
        }
    }
    let is_possible = proc.service && proc.action == ProcAction::Restart;
    if element.has("restart_services") && !is_possible {
        let message = "restart_services needs service=\"yes\" and action=\"restart\"";
        reader.error(reader.place_of(element, "restart_services"), message);
    }
}

/// Services with commas between them.
fn read_restart_services(reader: &mut Reader<'_>, element: &Element<'_>) -> Vec<String> {
    let parse = |text: &str| {
        let names = text.split(',').map(|part| name_of(true)(part.trim()));
        let names: Vec<String> = names.collect::<Result<_, _>>()?;
        match names.len() {
            0..=CHECKS_MAX => Ok(names),
            _ => Err(format!("there can be {CHECKS_MAX} services at most")),
        }
    };
    reader
        .value(element, "restart_services", parse)
        .unwrap_or_default()
}

/// A parser for the name of a service, or of a command.
fn name_of(service: bool) -> impl Fn(&str) -> Result<String, String> {
    let (what, most) = if service {
        ("a service", SERVICE_NAME_BYTES_MAX)
    } else {
        ("a command", PROC_NAME_BYTES_MAX)
    };
    move |text| {
        let legal = |c: char| !c.is_control() && c != '/' && c != ',';
        if (1..=most).contains(&text.len()) && text.chars().all(legal) {
            return Ok(text.to_owned());
        }
        let hint = if service {
            ""
        } else {
            "; of a longer one give the first 15, and the whole in argregex"
        };
        Err(format!(
            "{text:?} is not the name of {what}, which has 1 to {most} bytes and no '/' or ','{hint}"
        ))
    }
}

/// A number of processes, or -1 for no limit.
fn limit(text: &str) -> Result<Option<u32>, String> {
    if text == "-1" {
        return Ok(None);
    }
    let number = values::integer(0..=u32::MAX)(text);
    number
        .map(Some)
        .map_err(|message| format!("{message}, nor -1 for no limit"))
}

fn action(text: &str) -> Result<ProcAction, String> {
    match text {
        "restart" => Ok(ProcAction::Restart),
        "stopstart" => Ok(ProcAction::Stopstart),
        "stop" => Ok(ProcAction::Stop),
        "noaction" => Ok(ProcAction::Noaction),
        "wait" => Err(
            "a process cannot make the module wait; write restart, stopstart, stop, noaction or \
             the path of a program"
                .to_owned(),
        ),
        "swap" => Err("swap is for mirror modules, which are not supported".to_owned()),
        program => values::program(program).map(ProcAction::Handler),
    }
}

fn class(text: &str) -> Result<ProcClass, String> {
    match text {
        "both" => Ok(ProcClass::Both),
        "pre" => Ok(ProcClass::Pre),
        "prim" | "second" | "sec" => Err(format!(
            "{text} is for mirror modules, which are not supported; write both or pre"
        )),
        name => {
            let legal = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
            let length = 1..=NAME_CHARS_MAX;
            if length.contains(&name.chars().count()) && name.chars().all(legal) {
                return Ok(ProcClass::Named(name.to_owned()));
            }
            Err(format!(
                "{name:?} is not a class; write both, pre or a name of letters, digits, '_' and '-'"
            ))
        }
    }
}
