//! Users, API keys and certificates: made, used, replaced.

use anyhow::{Result, anyhow};
use evenkeel_client::types::{self, NewApiKey, NewUser, Role};
use evenkeel_client::{Client, connect_with_key};
use reqwest::Certificate;

use super::{Api, CALL_TIME_MAX, Refusal};

impl Api {
    /// Makes a user who may look at everything.
    ///
    /// # Errors
    ///
    /// When the API refuses.
    pub async fn make_user(&self, name: &str, password: &str) -> Result<()> {
        let user = NewUser {
            name: name.to_owned(),
            password: password.parse()?,
            role: Role::Monitor,
        };
        let made = self.call(|client| async move { client.create_user().body(user).send().await });
        made.await?
            .map_err(|refusal| anyhow!("making the user {name}: {refusal}"))?;
        Ok(())
    }

    /// Makes an API key that may look at everything, and gives it.
    ///
    /// # Errors
    ///
    /// When the API refuses.
    pub async fn make_key(&self, name: &str) -> Result<String> {
        let key = NewApiKey {
            name: name.to_owned(),
            role: Role::Monitor,
            modules: None,
            valid_for_days: None,
        };
        let made = self.call(|client| async move {
            let made = client.create_api_key().body(key);
            made.send().await
        });
        let made = made.await?;
        let made = made.map_err(|refusal| anyhow!("making the key {name}: {refusal}"))?;
        Ok(made.key)
    }

    /// Replaces the cluster's secrets, its authority and every certificate, with this node as the leader.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn rotate_authority(&self) -> Result<Result<types::SecretState, Refusal>> {
        let rotate = |client: Client| async move {
            let rotate = client.rotate_secret().authority(true);
            rotate.send().await
        };
        self.call(rotate).await
    }

    /// Forgets whom was trusted: who is asked from here on has to be vouched for by the authority of now.
    pub fn trust_anew(&self) {
        self.clients().clear();
    }

    /// The fingerprints of the authorities that each node believes, by the order of the cluster.
    ///
    /// # Errors
    ///
    /// When a node does not answer.
    pub async fn authorities(&self) -> Result<Vec<Vec<String>>> {
        let list = |client: Client| async move { client.list_certificates().send().await };
        let listed = self.call(list).await?;
        let listed = listed.map_err(|refusal| anyhow!("the certificates: {refusal}"))?;
        let believed = listed.nodes.into_iter().map(|node| {
            let why = || anyhow!("{}: {:?}", node.node, node.problem);
            node.certificate
                .map(|shown| shown.authorities)
                .ok_or_else(why)
        });
        believed.collect()
    }

    /// A client of this node with an API key, and with connections of its own. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When the cluster's certificate cannot be read.
    pub fn client_with_key(&self, key: &str) -> Result<Client> {
        Ok(connect_with_key(&self.url, &self.authority()?, key)?)
    }

    /// Who the API takes the bearer of this token or API key for.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn bearer_of(&self, token: &str) -> Result<Result<types::WhoAmI, Refusal>> {
        let ca = Certificate::from_pem(&self.authority()?)?;
        let client = reqwest::Client::builder().tls_certs_only([ca]).no_proxy();
        let client = client.timeout(CALL_TIME_MAX).build()?;
        let request = client
            .get(format!("{}/v1/whoami", self.url))
            .bearer_auth(token)
            .build()?;
        let answer = self.console.run(|| async move {
            let response = client.execute(request).await?;
            if response.status().is_success() {
                return Ok(Ok(response.json().await?));
            }
            Ok(Err(response.json::<types::Problem>().await?.into()))
        });
        answer.await?
    }
}
