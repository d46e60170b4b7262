//! `--keep`: the commands to play with a farm that stays, from another shell.

use serde::Serialize;

use crate::farm::{Farm, MODULE, plan};
use crate::isolate::World;

/// Something to try.
#[derive(Clone, Debug, Serialize)]
pub struct Command {
    /// What it does.
    pub what: String,
    /// A shell line.
    pub line: String,
}

/// Shell lines that work when pasted into another root shell of the host, in this order.
pub fn commands(world: &World, farm: &Farm) -> Vec<Command> {
    let pid = world.host_pid;
    let inside = |fd| format!("nsenter --net=/proc/{pid}/fd/{fd}");
    let console = inside(farm.console().namespace.raw_fd());
    let client = inside(farm.client().namespace.raw_fd());
    let ca = format!("/proc/{pid}/root{}", farm.credentials().ca.display());
    let api = format!("https://{}:{}/v1", plan::node_addr(1), plan::API_PORT);
    let (user, password) = (&farm.credentials().user, &farm.credentials().password);
    let json = "-H 'content-type: application/json'";
    let bearer = "-H \"authorization: Bearer $TOKEN\"";
    let curl = format!("{console} curl -s --cacert {ca}");
    let last = plan::node_name(farm.options().nodes);
    let mut commands = Vec::new();
    let mut add = |what: &str, line: String| {
        commands.push(Command {
            what: what.to_owned(),
            line,
        })
    };
    add(
        "log in",
        format!(
            "TOKEN=$({curl} {json} -d '{{\"user\":\"{user}\",\"password\":\"{password}\"}}' \
             {api}/login | sed 's/.*\"token\":\"\\([^\"]*\\)\".*/\\1/')"
        ),
    );
    add(
        "the module on every node",
        format!("{curl} {bearer} {api}/modules/{MODULE}"),
    );
    add(
        &format!("stop it on {last}"),
        format!(
            "{curl} {bearer} {json} -X POST -d '{{\"nodes\":[\"{last}\"]}}' \
             {api}/modules/{MODULE}/stop"
        ),
    );
    add(
        "start it there",
        format!(
            "{curl} {bearer} {json} -X POST -d '{{\"nodes\":[\"{last}\"]}}' \
             {api}/modules/{MODULE}/start"
        ),
    );
    add(
        "who answers, from 20 different addresses",
        format!(
            "for i in $(seq 20); do {client} curl -s --interface 10.77.1.$i http://{}/; done \
             | sort | uniq -c",
            plan::SERVICE
        ),
    );
    for number in farm.numbers() {
        if let Ok(node) = farm.node(number) {
            let shell = inside(node.station().namespace.raw_fd());
            add(
                &format!("a shell on {}", node.name()),
                format!("{shell} sh"),
            );
        }
    }
    commands
}
