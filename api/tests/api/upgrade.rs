//! A daemon that goes over to the installed program; what treats packets in memory cannot, so here it is refused.

use reqwest::{Method, StatusCode};

use crate::common::Farm;

const UPGRADE: &str = "/v1/nodes/self/upgrade";

#[tokio::test]
async fn a_daemon_that_cannot_be_handed_over_goes_on_and_says_why() {
    let farm = Farm::start(1).await;
    let token = farm.token().await;
    let pid = farm.pid(0);
    let refused = farm.ask(0, Method::POST, UPGRADE, Some(&token), None).await;
    assert_eq!(refused.problem(), "wrong-state", "{refused:?}");
    assert!(refused.says("back end memory"), "{refused:?}");
    let status = farm.ask(0, Method::GET, UPGRADE, Some(&token), None).await;
    assert_eq!(status.status, StatusCode::OK, "{status:?}");
    assert_eq!(status.body["state"], "none", "{status:?}");
    assert_eq!(farm.pid(0), pid);
}
