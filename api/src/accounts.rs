//! Taking over the users and API keys of the other nodes: what was changed or removed while this one did not
//! hear of it.

use axum::http::Method;

use crate::app::App;
use crate::auth::Caller;
use crate::fan_out::{Answers, Call, fan_out};
use crate::handlers::users::keeps_an_administrator;
use crate::problem::{Problem, ProblemType};
use crate::store::accounts;
use crate::views::account::{Account, AccountKind, AccountList};
use crate::views::session::Role;

/// Takes what is later at a node that answers.
///
/// # Errors
///
/// When the store fails; what was taken before stays.
pub async fn catch_up(app: &App, caller: &Caller) -> Result<(), Problem> {
    let call = Call::new(Method::GET, "/accounts");
    let answers: Answers<AccountList> = fan_out(app, caller, app.other_names(), &call).await;
    for (node, answer) in answers {
        // Who is silent is asked again.
        let Ok(list) = answer else { continue };
        let _one_at_a_time = app.changes.lock().await;
        let later = move |db: &mut _| accounts::later(db, list.accounts);
        for account in app.store.run(later).await? {
            let what = format!("{} {}", account.kind.as_str(), account.name);
            match take(app, account).await {
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

/// Takes an account, unless it was the last administrator's.
async fn take(app: &App, account: Account) -> Result<(), Problem> {
    let role = account.user.as_ref().map(|user| user.role);
    if account.kind == AccountKind::User && role != Some(Role::Admin) {
        keeps_an_administrator(app, &account.name).await?;
    }
    let take = move |db: &mut _| accounts::take(db, &account);
    Ok(app.store.run(take).await?)
}
