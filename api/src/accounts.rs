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
        for account in list.accounts {
            let what = format!("{} {}", account.kind.as_str(), account.name);
            match take(app, account).await {
                Ok(true) => tracing::info!("{what}: taken as {node} has it"),
                Ok(false) => {}
                // The last administrator stays: the next change of that user settles it.
                Err(problem) if problem.kind == ProblemType::LastAdministrator => {
                    tracing::warn!(%problem, "{what}: not taken from {node}");
                }
                Err(problem) => return Err(problem),
            }
        }
    }
    Ok(())
}

/// Takes an account that is later than what is here; whether it was.
async fn take(app: &App, account: Account) -> Result<bool, Problem> {
    let _one_at_a_time = app.changes.lock().await;
    let compared = account.clone();
    let is_later = move |db: &mut _| accounts::is_later(db, &compared);
    if !app.store.run(is_later).await? {
        return Ok(false);
    }
    let role = account.user.as_ref().map(|user| user.role);
    if account.kind == AccountKind::User && role != Some(Role::Admin) {
        keeps_an_administrator(app, &account.name).await?;
    }
    let take = move |db: &mut _| accounts::take(db, &account);
    app.store.run(take).await?;
    Ok(true)
}
