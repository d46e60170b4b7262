//! Webhooks: the same on all nodes, each of which brings its own events.

use axum::extract::State;
use axum::http::Method;
use rusqlite::Connection;
use utoipa::openapi::path::Operation;

use crate::app::{App, Shared};
use crate::auth::{Admin, Caller, Monitor};
use crate::extract::{Body, Json, NodeWebhookPath, Path, WebhookPath};
use crate::fan_out::{Answers, Call, fan_out, refused, result, results};
use crate::handlers::users::{accepted, check_name};
use crate::handlers::within;
use crate::limits;
use crate::openapi::Problems;
use crate::problem::{Problem, ProblemType};
use crate::store::{records, webhooks};
use crate::timestamp;
use crate::views::record::{RecordKind, WebhookRecord};
use crate::views::result::{Accepted, NodeResult, NodeResults};
use crate::views::webhook::{
    FormerWebhookSecret, MadeWebhook, NodeWebhook, NodeWebhookTrial, Webhook, WebhookAnswer,
    WebhookAtNode, WebhookEvent, WebhookList, WebhookOnNode, WebhookRotation, WebhookSettings,
    WebhookStatus, WebhookTrial,
};
use crate::webhooks::message::SigningSecret;
use crate::webhooks::target::Target;

/// The webhooks
///
/// As the answering node has them; the secrets nobody can show.
#[utoipa::path(
    get, path = "/v1/webhooks", operation_id = "list_webhooks", tag = "events",
    security(("token" = ["monitor"])),
    responses((status = 200, description = "The webhooks.", body = WebhookList), Problems)
)]
pub async fn list(State(app): State<Shared>, _: Monitor) -> Result<Json<WebhookList>, Problem> {
    let stored = app.store.run(|db| webhooks::list(db)).await?;
    let shown = |(name, webhook)| shown(name, webhook);
    let webhooks = stored.into_iter().map(shown).collect();
    Ok(Json(WebhookList { webhooks }))
}

/// A webhook
///
/// With what became of each node's events since its daemon was started.
#[utoipa::path(
    get, path = "/v1/webhooks/{webhook}", operation_id = "get_webhook", tag = "events",
    params(WebhookPath), security(("token" = ["monitor"])),
    responses((status = 200, description = "At least one node has the webhook.", body = WebhookStatus), Problems)
)]
pub async fn get(
    State(app): State<Shared>,
    Monitor(caller): Monitor,
    Path(path): Path<WebhookPath>,
) -> Result<Json<WebhookStatus>, Problem> {
    check_name(&path.webhook)?;
    let call = Call::new(Method::GET, format!("/webhooks/{}", path.webhook));
    let answers = fan_out::<NodeWebhook>(&app, &caller, app.node_names(), &call).await;
    status(answers).map(Json)
}

/// Make or change a webhook
///
/// From here on each node sends its events there with POST, as they happen: what a receiver gets is described under
/// `webhooks` in this document. Any answer from 200 to 299 means that it has the event. Until then the node tries
/// again, with longer and longer pauses of up to 5 minutes, for 6 hours; later events wait, 1000 at the most, of
/// which the oldest go. Redirections are not followed. A receiver that answers 410 gets no more until the webhook is
/// changed. An event can come twice, with the same `webhook-id`. What waits when a daemon ends is lost: the next
/// start is told by an `events_lost`, which comes whatever the webhook is for.
///
/// On all nodes, with a result per node; a node that missed it takes it by itself, once it hears from another. What
/// waits goes to where the webhook leads from then on.
#[utoipa::path(
    put, path = "/v1/webhooks/{webhook}", operation_id = "put_webhook", tag = "events",
    params(WebhookPath), security(("token" = ["admin"])), request_body = WebhookSettings,
    responses((status = 200, description = "At least one node has the webhook.", body = MadeWebhook), Problems)
)]
pub async fn put(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(path): Path<WebhookPath>,
    Body(mut settings): Body<WebhookSettings>,
) -> Result<Json<MadeWebhook>, Problem> {
    check_name(&path.webhook)?;
    let mut made = None;
    let mut former = None;
    if settings.secret.is_none() {
        if let Some(current) = opened(&app, &path.webhook).await? {
            (settings.secret, former) = (current.settings.secret, current.former);
        } else {
            made = Some(SigningSecret::generate().reveal());
            settings.secret.clone_from(&made);
        }
    }
    let webhook = changed(&caller, settings, former);
    give_out(&app, &caller, path.webhook, webhook, made)
        .await
        .map(Json)
}

/// Replace a webhook's secret
///
/// By one that is made up and shown this once. The former one signs, too, for the time of the overlap, so that the
/// receiver can be given the new one without a gap; with an overlap of 0 it ends at once.
#[utoipa::path(
    post, path = "/v1/webhooks/{webhook}/rotate", operation_id = "rotate_webhook", tag = "events",
    params(WebhookPath), security(("token" = ["admin"])), request_body = WebhookRotation,
    responses((status = 200, description = "At least one node has the new secret.", body = MadeWebhook), Problems)
)]
pub async fn rotate(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(path): Path<WebhookPath>,
    Body(rotation): Body<WebhookRotation>,
) -> Result<Json<MadeWebhook>, Problem> {
    let overlap_s = overlap(rotation.overlap_s)?;
    let current = opened(&app, &path.webhook).await?;
    let current = current.ok_or_else(|| unknown(&app, &path.webhook))?;
    let made = SigningSecret::generate().reveal();
    let settings = WebhookSettings {
        secret: Some(made.clone()),
        ..current.settings
    };
    let former = current.settings.secret.filter(|_| overlap_s > 0);
    let former = former.map(|secret| FormerWebhookSecret {
        secret,
        until_s: timestamp::now_seconds() + overlap_s,
    });
    let webhook = changed(&caller, settings, former);
    give_out(&app, &caller, path.webhook, webhook, Some(made))
        .await
        .map(Json)
}

/// Remove a webhook
///
/// From all nodes, with a result per node; what waits is not sent any more.
#[utoipa::path(
    delete, path = "/v1/webhooks/{webhook}", operation_id = "delete_webhook", tag = "events",
    params(WebhookPath), security(("token" = ["admin"])),
    responses((status = 200, description = "At least one node removed the webhook.", body = NodeResults), Problems)
)]
pub async fn remove(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(path): Path<WebhookPath>,
) -> Result<Json<NodeResults>, Problem> {
    check_name(&path.webhook)?;
    let call = Call::new(Method::DELETE, format!("/webhooks/{}", path.webhook));
    let answers = fan_out::<Accepted>(&app, &caller, app.node_names(), &call).await;
    Ok(Json(results(answers)?))
}

/// Test a webhook
///
/// Each node sends an event of the kind `webhook_tested` at once, past those that wait, and once; also where the
/// webhook is disabled. The answer is what the receiver did with each.
#[utoipa::path(
    post, path = "/v1/webhooks/{webhook}/test", operation_id = "test_webhook", tag = "events",
    params(WebhookPath), security(("token" = ["admin"])),
    responses((status = 200, description = "The receiver took it from at least one node.", body = WebhookTrial), Problems)
)]
pub async fn test(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(path): Path<WebhookPath>,
) -> Result<Json<WebhookTrial>, Problem> {
    check_name(&path.webhook)?;
    let call = Call::new(Method::POST, format!("/webhooks/{}/test", path.webhook));
    let answers = fan_out::<WebhookAnswer>(&app, &caller, app.node_names(), &call).await;
    none_took_it(&answers)?;
    let row = |(node, answer): (String, Result<_, _>)| NodeWebhookTrial {
        node,
        problem: answer.as_ref().err().cloned(),
        answer: answer.ok(),
    };
    Ok(Json(WebhookTrial {
        complete: answers.iter().all(|(_, answer)| answer.is_ok()),
        nodes: answers.into_iter().map(row).collect(),
    }))
}

/// A webhook at one node
///
/// With what became of the node's events since its daemon was started.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/webhooks/{webhook}", operation_id = "get_webhook_on_node",
    tag = "events", params(NodeWebhookPath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The webhook.", body = NodeWebhook), Problems)
)]
pub async fn get_on_node(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<NodeWebhookPath>,
) -> Result<Json<NodeWebhook>, Problem> {
    let stored = find(&app, &path.webhook).await?;
    let told = stored.zip(app.webhooks.deliveries(&path.webhook));
    let (stored, deliveries) = told.ok_or_else(|| unknown(&app, &path.webhook))?;
    Ok(Json(NodeWebhook {
        webhook: shown(path.webhook, stored),
        deliveries,
    }))
}

/// Set a webhook on one node
///
/// Part of making or changing a webhook on all nodes.
#[utoipa::path(
    put, path = "/v1/nodes/{node}/webhooks/{webhook}", operation_id = "put_webhook_on_node",
    tag = "events", params(NodeWebhookPath), security(("token" = ["admin"])), request_body = WebhookOnNode,
    responses((status = 200, description = "The node has the webhook.", body = Accepted), Problems)
)]
pub async fn put_on_node(
    State(app): State<Shared>,
    _: Admin,
    Path(path): Path<NodeWebhookPath>,
    Body(webhook): Body<WebhookOnNode>,
) -> Result<Json<Accepted>, Problem> {
    check_name(&path.webhook)?;
    let target = Target::new(&webhook)?;
    let stored = app.webhooks.seal(&path.webhook, &webhook)?;
    let _one_at_a_time = app.changes.lock().await;
    if find(&app, &path.webhook).await?.is_none() {
        has_room(&app).await?;
    }
    let name = path.webhook.clone();
    let put = move |db: &mut Connection| webhooks::put(db, &name, &stored);
    app.store.run(put).await?;
    app.webhooks.set(&path.webhook, target);
    Ok(Json(accepted(&app)))
}

/// Remove a webhook from one node
///
/// The node's events that wait are not sent any more.
#[utoipa::path(
    delete, path = "/v1/nodes/{node}/webhooks/{webhook}", operation_id = "delete_webhook_on_node",
    tag = "events", params(NodeWebhookPath), security(("token" = ["admin"])),
    responses((status = 200, description = "The node has the webhook no more.", body = Accepted), Problems)
)]
pub async fn remove_on_node(
    State(app): State<Shared>,
    _: Admin,
    Path(path): Path<NodeWebhookPath>,
) -> Result<Json<Accepted>, Problem> {
    let _one_at_a_time = app.changes.lock().await;
    let name = path.webhook.clone();
    let remove = move |db: &mut Connection| records::remove(db, RecordKind::Webhook, &name);
    if !app.store.run(remove).await? {
        return Err(unknown(&app, &path.webhook));
    }
    app.webhooks.remove(&path.webhook);
    Ok(Json(accepted(&app)))
}

/// Test a webhook from one node
///
/// The node sends an event of the kind `webhook_tested` at once, and once.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/webhooks/{webhook}/test", operation_id = "test_webhook_on_node",
    tag = "events", params(NodeWebhookPath), security(("token" = ["admin"])),
    responses((status = 200, description = "The receiver took it.", body = WebhookAnswer), Problems)
)]
pub async fn test_on_node(
    State(app): State<Shared>,
    _: Admin,
    Path(path): Path<NodeWebhookPath>,
) -> Result<Json<WebhookAnswer>, Problem> {
    let attempt = app.webhooks.test(&path.webhook).await;
    let attempt = attempt.ok_or_else(|| unknown(&app, &path.webhook))?;
    if attempt.is_taken() {
        return Ok(Json(attempt.answer));
    }
    let detail = format!(
        "the receiver did not take the event of {}: {}",
        app.name,
        attempt.told()
    );
    Err(Problem::new(ProblemType::ReceiverFailed, detail))
}

/// An event for the receiver of a webhook
///
/// Signed as Standard Webhooks 1.0.0 has it: `webhook-signature` has one or more of `v1,` and the HMAC-SHA256, in
/// Base64, of `webhook-id`, `webhook-timestamp` and the body, with full stops in between, under the bytes that the
/// webhook's secret has behind `whsec_`. `webhook-id` is that of the event, on every try; `webhook-timestamp` is that
/// of the try: refuse one that is minutes away.
#[utoipa::path(
    post, path = "event", operation_id = "event", tag = "events", security(()),
    params(
        ("webhook-id" = String, Header, description = "Unique per node and event, the same on every try.", example = "msg_5f70bf18a086007016e948b04aed3b82"),
        ("webhook-timestamp" = u64, Header, format = "uint64", minimum = 0, description = "When this try was made, in seconds since 1970.", example = 1_795_489_200),
        ("webhook-signature" = String, Header, description = "Signatures, with spaces in between; one that is right is enough.", example = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    ),
    request_body = WebhookEvent,
    responses(
        (status = "2XX", description = "The receiver has the event."),
        (status = 410, description = "The receiver wants no more events."),
        (status = "4XX", description = "The receiver does not have it: it comes again."),
        (status = "5XX", description = "The receiver does not have it: it comes again.")
    )
)]
#[expect(dead_code, reason = "for the document: a receiver has it")]
const fn event() {}

/// What a receiver is asked, as the document has it.
pub fn event_operation() -> Operation {
    <__path_event as utoipa::Path>::operation()
}

/// Gives a webhook to all nodes.
async fn give_out(
    app: &App,
    caller: &Caller,
    name: String,
    webhook: WebhookOnNode,
    made: Option<String>,
) -> Result<MadeWebhook, Problem> {
    // What every node would refuse is refused before one is asked.
    Target::new(&webhook)?;
    let call = Call::new(Method::PUT, format!("/webhooks/{name}")).body(&webhook)?;
    let answers = fan_out::<Accepted>(app, caller, app.node_names(), &call).await;
    let NodeResults { complete, nodes } = results(answers)?;
    let stored = app.webhooks.seal(&name, &webhook)?;
    Ok(MadeWebhook {
        secret: made,
        webhook: shown(name, stored),
        complete,
        nodes,
    })
}

fn changed(
    caller: &Caller,
    settings: WebhookSettings,
    former: Option<FormerWebhookSecret>,
) -> WebhookOnNode {
    WebhookOnNode {
        settings,
        changed_at: timestamp::now(),
        changed_by: caller.user.clone(),
        former,
    }
}

fn shown(name: String, stored: WebhookRecord) -> Webhook {
    let until = stored.former.map(|former| former.until_s);
    let until = until.filter(|until| *until > timestamp::now_seconds());
    Webhook {
        name,
        settings: stored.settings,
        changed_at: stored.changed_at,
        changed_by: stored.changed_by,
        former_until: until.map(timestamp::from_seconds),
    }
}

/// What the nodes know of a webhook, with the one that was changed last as the one that counts.
fn status(answers: Answers<NodeWebhook>) -> Result<WebhookStatus, Problem> {
    none_took_it(&answers)?;
    let known = answers
        .iter()
        .filter_map(|(_, answer)| answer.as_ref().ok());
    let latest = known.max_by(|a, b| a.webhook.changed_at.cmp(&b.webhook.changed_at));
    let latest = latest.map(|known| known.webhook.clone());
    let webhook = latest.ok_or_else(|| refused(&[]))?;
    let row = |(node, answer): (String, Result<NodeWebhook, Problem>)| match answer {
        Ok(known) => WebhookAtNode {
            problem: (known.webhook != webhook).then(|| otherwise(&node, &known.webhook)),
            node,
            deliveries: Some(known.deliveries),
        },
        Err(problem) => WebhookAtNode {
            node,
            deliveries: None,
            problem: Some(problem),
        },
    };
    let nodes: Vec<_> = answers.into_iter().map(row).collect();
    Ok(WebhookStatus {
        complete: nodes.iter().all(|node| node.problem.is_none()),
        webhook,
        nodes,
    })
}

fn otherwise(node: &str, webhook: &Webhook) -> Problem {
    let detail = format!(
        "{node} has it as of {} by {}, until it takes what the others have",
        webhook.changed_at, webhook.changed_by
    );
    Problem::new(ProblemType::WrongState, detail)
}

/// The problem that stands for all where no node answered otherwise.
fn none_took_it<T>(answers: &Answers<T>) -> Result<(), Problem> {
    if answers.iter().any(|(_, answer)| answer.is_ok()) {
        return Ok(());
    }
    let problems = answers
        .iter()
        .filter_map(|(node, answer)| Some((node, answer.as_ref().err()?)));
    let rows: Vec<NodeResult> = problems
        .map(|(node, problem)| result(node.clone(), Err(problem.clone())))
        .collect();
    Err(refused(&rows))
}

/// For how many seconds a secret that is replaced signs, too.
fn overlap(seconds: Option<u32>) -> Result<u64, Problem> {
    let seconds = seconds.unwrap_or(limits::WEBHOOK_OVERLAP_S_DEFAULT);
    within("overlap_s", seconds, 0..=limits::WEBHOOK_OVERLAP_S_MAX)
}

async fn find(app: &App, name: &str) -> Result<Option<WebhookRecord>, Problem> {
    let name = name.to_owned();
    Ok(app.store.run(move |db| webhooks::find(db, &name)).await?)
}

async fn opened(app: &App, name: &str) -> Result<Option<WebhookOnNode>, Problem> {
    let stored = find(app, name).await?;
    let open = |stored| app.webhooks.open(name, stored);
    stored.map(open).transpose()
}

async fn has_room(app: &App) -> Result<(), Problem> {
    if app.store.run(|db| webhooks::list(db)).await?.len() < limits::WEBHOOKS_MAX {
        return Ok(());
    }
    let most = limits::WEBHOOKS_MAX;
    let detail = format!("there are {most} webhooks, the most there can be");
    Err(Problem::new(ProblemType::LimitReached, detail))
}

fn unknown(app: &App, name: &str) -> Problem {
    let detail = format!("{} has no webhook {name:?}", app.name);
    Problem::new(ProblemType::UnknownWebhook, detail)
}
