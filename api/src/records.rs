//! Taking over the users, API keys and webhooks of the other nodes: what was changed or removed while this one did
//! not hear of it.

use axum::http::Method;

use crate::app::App;
use crate::auth::Caller;
use crate::fan_out::{Answers, Call, fan_out};
use crate::handlers::users::keeps_an_administrator;
use crate::problem::{Problem, ProblemType};
use crate::store::records;
use crate::views::record::{Record, RecordKind, RecordList};
use crate::views::session::Role;
use crate::webhooks;

/// Takes what is later at a node that answers.
///
/// # Errors
///
/// When the store fails; what was taken before stays.
pub async fn catch_up(app: &App, caller: &Caller) -> Result<(), Problem> {
    let call = Call::new(Method::GET, "/records");
    let answers: Answers<RecordList> = fan_out(app, caller, app.other_names(), &call).await;
    for (node, answer) in answers {
        // Who is silent is asked again.
        let Ok(list) = answer else { continue };
        let _one_at_a_time = app.changes.lock().await;
        let later = move |db: &mut _| records::later(db, list.records);
        for record in app.store.run(later).await? {
            let what = format!("{} {}", record.kind.as_str(), record.name);
            match take(app, record).await {
                Ok(()) => tracing::info!("{what}: taken as {node} has it"),
                // The last administrator stays: the next change of that user settles it.
                Err(problem) if problem.kind == ProblemType::LastAdministrator => {
                    let message = format!("not taken from {node}: {}", problem.detail);
                    if app.told.is_new(&what, &message) {
                        tracing::warn!("{what}: {message}");
                    }
                }
                Err(problem) => return Err(problem),
            }
        }
    }
    Ok(())
}

/// Takes a record, unless it was the last administrator's.
async fn take(app: &App, record: Record) -> Result<(), Problem> {
    let role = record.user.as_ref().map(|user| user.role);
    if record.kind == RecordKind::User && role != Some(Role::Admin) {
        keeps_an_administrator(app, &record.name).await?;
    }
    let (kind, name, webhook) = (record.kind, record.name.clone(), record.webhook.clone());
    let take = move |db: &mut _| records::take(db, &record);
    app.store.run(take).await?;
    if kind == RecordKind::Webhook {
        webhooks::take(app, &name, webhook);
    }
    Ok(())
}
