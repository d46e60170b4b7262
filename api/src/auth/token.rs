//! Tokens: JWT, HS256, 15 minutes. All nodes of a cluster share the secret, so any node's token is
//! good at every node, and at no other cluster's. The secret is replaced without ending a token: the next one is
//! accepted before any node signs with it, and what the former one signed is good for the rest of its life.

use std::fmt;
use std::sync::{PoisonError, RwLock};

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Caller;
use crate::limits;
use crate::secrets::{FormerToken, Secrets};
use crate::timestamp;
use crate::views::session::{Role, Session};

/// For whom the tokens are.
const AUDIENCE: &str = "evenkeel-api";

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The user.
    pub sub: String,
    /// The user's role.
    pub role: Role,
    /// The cluster that issued it.
    pub iss: String,
    /// For whom it is.
    pub aud: String,
    /// When it was issued, in seconds since 1970.
    pub iat: u64,
    /// When it ends, in seconds since 1970.
    pub exp: u64,
}

/// A token that is not taken.
#[derive(Debug, Error)]
pub enum TokenError {
    /// Its time is over.
    #[error("the token has expired; log in again")]
    Expired,
    /// Its signature, issuer or audience is wrong, or it is no token.
    #[error("the token is not one of this cluster")]
    Foreign,
    /// It could not be signed.
    #[error("the token cannot be signed")]
    Sign(#[source] jsonwebtoken::errors::Error),
}

/// Issues and checks tokens.
pub struct Tokens {
    issuer: String,
    validation: Validation,
    /// Held for a moment only, never across an await.
    keys: RwLock<Keys>,
}

struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    next: Option<DecodingKey>,
    /// Each with the last second at which it signed.
    former: Vec<(DecodingKey, u64)>,
}

impl Keys {
    fn new(secret: &[u8]) -> Self {
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            next: None,
            former: Vec::new(),
        }
    }

    fn of(secrets: &Secrets) -> Self {
        let next = secrets.next_token();
        let former = secrets.former_tokens().iter();
        let key = |former: &FormerToken| {
            let key = DecodingKey::from_secret(&former.secret.0);
            (key, former.until_s)
        };
        Self {
            next: next.map(|next| DecodingKey::from_secret(next)),
            former: former.map(key).collect(),
            ..Self::new(secrets.token())
        }
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

impl Tokens {
    /// With what a node keeps.
    pub fn of(secrets: &Secrets) -> Self {
        let tokens = Self::new(&secrets.cluster_id(), secrets.token());
        tokens.renew(secrets);
        tokens
    }

    /// Goes on with these secrets.
    pub fn renew(&self, secrets: &Secrets) {
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        *keys = Keys::of(secrets);
    }

    /// For the cluster of this name, with its secret.
    pub fn new(cluster: &str, secret: &[u8]) -> Self {
        let issuer = format!("evenkeel:{cluster}");
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[&issuer]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.leeway = limits::TOKEN_LEEWAY.as_secs();
        Self {
            issuer,
            validation,
            keys: RwLock::new(Keys::new(secret)),
        }
    }

    /// A session for a user, from `now` (seconds since 1970) on.
    ///
    /// # Errors
    ///
    /// When it cannot be signed.
    pub fn issue(&self, user: &str, role: Role, now: u64) -> Result<Session, TokenError> {
        let exp = now + limits::TOKEN_LIFE.as_secs();
        let claims = Claims {
            sub: user.to_owned(),
            role,
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            iat: now,
            exp,
        };
        let header = Header::new(Algorithm::HS256);
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let token = jsonwebtoken::encode(&header, &claims, &keys.encoding);
        let token = token.map_err(TokenError::Sign)?;
        Ok(Session {
            token,
            expires_at: timestamp::from_seconds(exp),
            role,
        })
    }

    /// Whom a token stands for, and when it was issued in seconds since 1970.
    ///
    /// # Errors
    ///
    /// When it has expired, or is none of this cluster.
    pub fn check(&self, token: &str) -> Result<(Caller, u64), TokenError> {
        let Claims {
            sub: user,
            role,
            exp: expires_at,
            iat,
            ..
        } = self.claims(token)?;
        Ok((
            Caller {
                user,
                role,
                modules: None,
                expires_at,
                bearer: token.to_owned(),
            },
            iat,
        ))
    }

    fn claims(&self, token: &str) -> Result<Claims, TokenError> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let in_use = [&keys.decoding].into_iter().chain(&keys.next);
        let in_use = in_use.map(|key| (key, u64::MAX));
        let former = keys.former.iter().map(|(key, until_s)| (key, *until_s));
        for (key, until_s) in in_use.chain(former) {
            match self.signed_by(key, token) {
                Err(TokenError::Foreign) => {}
                Ok(signed) if !is_of_then(&signed, until_s) => {}
                other => return other,
            }
        }
        Err(TokenError::Foreign)
    }

    fn signed_by(&self, key: &DecodingKey, token: &str) -> Result<Claims, TokenError> {
        match jsonwebtoken::decode::<Claims>(token, key, &self.validation) {
            Ok(read) => Ok(read.claims),
            Err(error) if matches!(error.kind(), ErrorKind::ExpiredSignature) => {
                Err(TokenError::Expired)
            }
            Err(_) => Err(TokenError::Foreign),
        }
    }
}

/// Whether a token can be one of the time when its secret signed: whoever has a former one could say anything.
fn is_of_then(signed: &Claims, until_s: u64) -> bool {
    let latest = until_s.saturating_add(limits::TOKEN_LEEWAY.as_secs());
    let life = signed.exp.saturating_sub(signed.iat);
    signed.iat <= latest && life <= limits::TOKEN_LIFE.as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_in_its_own_cluster_and_time_only() {
        let (ours, theirs) = (Tokens::new("a", b"secret a"), Tokens::new("a", b"secret b"));
        let elsewhere = Tokens::new("b", b"secret a");
        let now = timestamp::now_seconds();
        let session = ours.issue("admin", Role::Admin, now).unwrap();
        let (caller, issued_at) = ours.check(&session.token).unwrap();
        assert_eq!((caller.user.as_str(), caller.role), ("admin", Role::Admin));
        assert_eq!(issued_at, now);
        assert!(matches!(
            theirs.check(&session.token),
            Err(TokenError::Foreign)
        ));
        assert!(matches!(
            elsewhere.check(&session.token),
            Err(TokenError::Foreign)
        ));
        let old = ours.issue("admin", Role::Admin, now - 16 * 60).unwrap();
        assert!(matches!(ours.check(&old.token), Err(TokenError::Expired)));
        let slow_clock = ours
            .issue("admin", Role::Admin, now - 15 * 60 - 10)
            .unwrap();
        assert!(ours.check(&slow_clock.token).is_ok());
    }

    #[test]
    fn tokens_outlive_the_secret_that_signed_them_and_nothing_else_does() {
        use crate::pki::Pair;
        use crate::secrets::{Hidden, Next};
        let authority = Pair {
            certificate: String::new(),
            key: String::new(),
        };
        let now = timestamp::now_seconds();
        let settled = Secrets::generate(authority);
        let next = Next {
            generation: 1,
            secret: Hidden::generate(),
            token: Hidden::generate(),
            authority: None,
            begun_at: "node1".to_owned(),
            begun_by: "admin".to_owned(),
        };
        let accepting = settled.accept(&next).unwrap();
        let before = Tokens::of(&settled);
        let early = before.issue("admin", Role::Admin, now).unwrap().token;
        let first = Tokens::of(&accepting.activate(now));
        let late = first.issue("admin", Role::Admin, now).unwrap().token;
        assert!(before.check(&late).is_err(), "not accepted yet");
        before.renew(&accepting);
        for tokens in [&before, &first] {
            tokens.check(&early).unwrap();
            tokens.check(&late).unwrap();
        }
        // The former secret, stolen.
        let forged = |iat: u64, exp: u64| {
            let claims = Claims {
                sub: "admin".to_owned(),
                role: Role::Admin,
                iss: before.issuer.clone(),
                aud: AUDIENCE.to_owned(),
                iat,
                exp,
            };
            let key = EncodingKey::from_secret(settled.token());
            jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).unwrap()
        };
        first.check(&forged(now, now + 60)).unwrap();
        for (iat, exp) in [(now + 600, now + 900), (now, now + 100_000)] {
            let refused = first.check(&forged(iat, exp));
            assert!(matches!(refused, Err(TokenError::Foreign)), "{iat} {exp}");
        }
    }

    #[test]
    fn a_token_without_signature_is_refused() {
        use base64::Engine;
        let part = |json: serde_json::Value| {
            base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json.to_string())
        };
        let claims = serde_json::json!({
            "sub": "admin", "role": "admin", "iss": "evenkeel:a", "aud": AUDIENCE,
            "iat": timestamp::now_seconds(), "exp": timestamp::now_seconds() + 600
        });
        let none = part(serde_json::json!({"alg": "none", "typ": "JWT"}));
        let token = format!("{none}.{}.", part(claims));
        assert!(matches!(
            Tokens::new("a", b"s").check(&token),
            Err(TokenError::Foreign)
        ));
    }
}
