//! A node that was away takes the cluster's configuration that the others have meanwhile.

use axum::http::Method;
use evenkeel_core::config::model::ClusterConfig;

use super::{put, read, state, stop_all};
use crate::app::Shared;
use crate::auth::Caller;
use crate::fan_out::{Answers, Call, fan_out};
use crate::problem::Problem;
use crate::views::cluster::ClusterState;

/// Takes the latest configuration that a node that answers has.
///
/// # Errors
///
/// When it cannot be taken.
pub async fn catch_up(app: &Shared, caller: &Caller) -> Result<(), Problem> {
    let call = Call::new(Method::GET, "/cluster");
    let answers: Answers<ClusterState> = fan_out(app, caller, app.other_names(), &call).await;
    let here = state(app);
    let there = answers.into_iter().filter_map(|(_, answer)| answer.ok());
    let later = there.filter(|there| there.revision > here.revision);
    let Some(latest) = later.max_by_key(|there| there.revision) else {
        return Ok(());
    };
    let config = read(&latest.configuration)?;
    if config.node(&app.name).is_none() {
        return leave(app, config).await;
    }
    if app.clusters.own().revision < config.revision {
        put(app, config).await?;
    }
    Ok(())
}

/// The cluster went on without this node.
async fn leave(app: &Shared, config: ClusterConfig) -> Result<(), Problem> {
    if !app.clusters.is_leaving(&app.name) {
        tracing::error!(
            revision = config.revision,
            "the cluster's configuration is without {} from revision {} on",
            app.name,
            config.revision
        );
    }
    stop_all(app).await;
    put(app, config).await.map(drop)
}
