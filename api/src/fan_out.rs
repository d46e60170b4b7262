//! One request to several nodes at once, an answer or a problem per node.
//!
//! Every node is asked through the same path, `/v1/nodes/{node}/…`: this one inside the process,
//! the others over HTTPS.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower::ServiceExt;

use crate::app::App;
use crate::auth::Caller;
use crate::limits;
use crate::peers::{PeerAnswer, PeerRequest};
use crate::problem::{NodeCause, Problem, ProblemType};
use crate::tls::PeerNode;
use crate::views::result::{Accepted, NodeResult, NodeResults};

/// What each node is asked.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    rest: String,
    body: Bytes,
    time: Duration,
}

impl Call {
    /// A request to `/v1/nodes/{node}{rest}`, without a body.
    pub fn new(method: Method, rest: impl Into<String>) -> Self {
        Self {
            method,
            rest: rest.into(),
            body: Bytes::new(),
            time: limits::PEER_TIME_MAX,
        }
    }

    /// The same with so much time for the answer.
    pub fn within(self, time: Duration) -> Self {
        Self { time, ..self }
    }

    /// The same with a JSON body.
    ///
    /// # Errors
    ///
    /// When the value makes no JSON.
    pub fn body(self, value: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(value).map_err(|e| Problem::internal("a request", &e))?;
        Ok(Self {
            body: body.into(),
            ..self
        })
    }
}

/// A node's name and what it answered.
pub type Answers<T> = Vec<(String, Result<T, Problem>)>;

/// Asks each of `nodes`, all at once; the answers are in their order.
pub async fn fan_out<T: DeserializeOwned>(
    app: &App,
    caller: &Caller,
    nodes: Vec<String>,
    call: &Call,
) -> Answers<T> {
    let asked = nodes.into_iter().map(|node| async move {
        let answer = ask_one(app, caller, &node, call).await;
        (node, answer)
    });
    futures::future::join_all(asked).await
}

/// Asks one node, by its name or as `self`.
///
/// # Errors
///
/// What it refuses, and when it does not answer.
pub async fn ask_one<T: DeserializeOwned>(
    app: &App,
    caller: &Caller,
    node: &str,
    call: &Call,
) -> Result<T, Problem> {
    let answer = ask(app, caller, node, call).await?;
    parse(node, &answer)
}

async fn ask(app: &App, caller: &Caller, node: &str, call: &Call) -> Result<PeerAnswer, Problem> {
    let path = format!("/v1/nodes/{node}{}", call.rest);
    if app.is_me(node) {
        return ask_here(app, caller, &path, call).await;
    }
    let (method, body) = (call.method.clone(), call.body.clone());
    let request = PeerRequest {
        method,
        path,
        body,
        time: call.time,
    };
    app.peers.send(node, &caller.bearer, request).await
}

async fn ask_here(
    app: &App,
    caller: &Caller,
    path: &str,
    call: &Call,
) -> Result<PeerAnswer, Problem> {
    let request = Request::builder()
        .method(call.method.clone())
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {}", caller.bearer))
        .extension(PeerNode(Some(app.name.clone())))
        .body(Body::from(call.body.clone()))
        .map_err(|e| Problem::internal("a request to this node", &e))?;
    let service = app.service.get().cloned().unwrap_or_default();
    let Ok(response) = service.oneshot(request).await;
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), limits::PEER_ANSWER_BYTES_MAX).await;
    let body = body.map_err(|e| Problem::internal("an answer of this node", &e))?;
    Ok(PeerAnswer {
        status,
        content_type: None,
        body,
    })
}

fn parse<T: DeserializeOwned>(node: &str, answer: &PeerAnswer) -> Result<T, Problem> {
    let unreadable = |status: StatusCode| {
        let detail = format!("{node}: an answer with status {status} that cannot be read");
        Problem::new(ProblemType::NodeUnreachable, detail)
    };
    if answer.status.is_success() {
        return serde_json::from_slice(&answer.body).map_err(|_other| unreadable(answer.status));
    }
    let problem = serde_json::from_slice::<Problem>(&answer.body);
    Err(problem.unwrap_or_else(|_other| unreadable(answer.status)))
}

/// The results of a request that each node takes or refuses.
///
/// # Errors
///
/// When no node took it: the problem of the first, with what each said.
pub fn results(answers: Answers<Accepted>) -> Result<NodeResults, Problem> {
    let nodes: Vec<NodeResult> = answers
        .into_iter()
        .map(|(n, answer)| result(n, answer))
        .collect();
    if nodes.iter().any(|node| node.ok) {
        let complete = nodes.iter().all(|node| node.ok);
        return Ok(NodeResults { complete, nodes });
    }
    Err(refused(&nodes))
}

/// A node's answer as a row of the results.
pub fn result(node: String, answer: Result<Accepted, Problem>) -> NodeResult {
    match answer {
        Ok(Accepted { generation }) => NodeResult {
            node,
            ok: true,
            generation: Some(generation),
            problem: None,
        },
        Err(problem) => NodeResult {
            node,
            ok: false,
            generation: None,
            problem: Some(problem),
        },
    }
}

/// The problem that stands for several: the first that is not about an unreachable node, with
/// what each node said.
pub fn refused(nodes: &[NodeResult]) -> Problem {
    let problems: BTreeMap<&str, &Problem> = nodes
        .iter()
        .filter_map(|node| Some((node.node.as_str(), node.problem.as_ref()?)))
        .collect();
    let first = problems
        .values()
        .find(|p| p.kind != ProblemType::NodeUnreachable);
    let Some(main) = first.or(problems.values().next()) else {
        return Problem::new(ProblemType::Internal, "no node was asked");
    };
    let cause = |(node, problem): (&&str, &&Problem)| NodeCause {
        node: (*node).to_owned(),
        kind: problem.kind,
        detail: problem.detail.clone(),
    };
    Problem {
        nodes: problems.iter().map(cause).collect(),
        ..(**main).clone()
    }
}

/// The problem of something that takes every node, from that of the nodes which cannot; `rest` says how it is
/// left.
pub fn without_all(problem: Problem, rest: &str) -> Problem {
    let names = problem.nodes.iter().map(|cause| cause.node.as_str());
    let detail = format!(
        "every node has to take part, and {} cannot ({}); {rest}",
        names.collect::<Vec<_>>().join(", "),
        problem.detail
    );
    Problem { detail, ..problem }
}
