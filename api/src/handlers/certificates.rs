//! The nodes' certificates: shown, and made anew.

use axum::extract::State;
use axum::http::Method;

use crate::app::{App, Shared};
use crate::auth::{Admin, Monitor};
use crate::extract::{Json, NodePath, Path};
use crate::fan_out::{Answers, Call, fan_out};
use crate::openapi::Problems;
use crate::pki::{self, PkiError};
use crate::problem::Problem;
use crate::timestamp;
use crate::views::certificate::{CertificateAtNode, CertificateList, NodeCertificate};

/// The certificates
///
/// Of all nodes: until when each is good, and whom the node believes. Each node makes its own under the cluster's
/// authority, and another one in time.
#[utoipa::path(
    get, path = "/v1/cluster/certificates", operation_id = "list_certificates", tag = "cluster",
    security(("token" = ["monitor"])),
    responses((status = 200, description = "The certificates.", body = CertificateList), Problems)
)]
pub async fn list(State(app): State<Shared>, Monitor(caller): Monitor) -> Json<CertificateList> {
    let call = Call::new(Method::GET, "/certificate");
    let answers: Answers<NodeCertificate> = fan_out(&app, &caller, app.node_names(), &call).await;
    let row = |(node, answer): (String, Result<_, Problem>)| CertificateAtNode {
        node,
        problem: answer.as_ref().err().cloned(),
        certificate: answer.ok(),
    };
    Json(CertificateList {
        complete: answers.iter().all(|(_, answer)| answer.is_ok()),
        nodes: answers.into_iter().map(row).collect(),
    })
}

/// The certificate of a node
///
/// The one that it shows, to nodes as to everybody else.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/certificate", operation_id = "get_certificate", tag = "cluster",
    params(NodePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The certificate.", body = NodeCertificate), Problems)
)]
pub async fn get(
    State(app): State<Shared>,
    _: Monitor,
    _: Path<NodePath>,
) -> Result<Json<NodeCertificate>, Problem> {
    current(&app).map(Json)
}

/// Make another certificate for a node
///
/// At once, with another key; connections that there are stay. By itself a node makes one 120 days before the end,
/// where its addresses change, and where the authority is replaced.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/certificate/renew", operation_id = "renew_certificate", tag = "cluster",
    params(NodePath), security(("token" = ["admin"])),
    responses((status = 200, description = "The new certificate.", body = NodeCertificate), Problems)
)]
pub async fn renew(
    State(app): State<Shared>,
    _: Admin,
    _: Path<NodePath>,
) -> Result<Json<NodeCertificate>, Problem> {
    app.keeper.renew_certificate(&app).await?;
    current(&app).map(Json)
}

fn current(app: &App) -> Result<NodeCertificate, Problem> {
    let unreadable = |error: PkiError| Problem::internal("reading the node's certificate", &error);
    shown(app).map_err(unreadable)
}

fn shown(app: &App) -> Result<NodeCertificate, PkiError> {
    let identity = app.keeper.identity();
    let certificate = &identity.pair.certificate;
    let (not_before, not_after) = pki::valid_between(certificate)?;
    let authorities = identity.trusted.iter();
    Ok(NodeCertificate {
        node: app.name.clone(),
        fingerprint: pki::fingerprint(certificate)?,
        names: pki::names(&app.name, &app.cluster()),
        not_before: timestamp::from_seconds(not_before),
        not_after: timestamp::from_seconds(not_after),
        authorities: authorities
            .map(|pem| pki::fingerprint(pem))
            .collect::<Result<_, _>>()?,
    })
}
