//! Users and API keys: made, and used.

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
