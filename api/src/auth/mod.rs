//! Who calls, and what the caller may do.

use std::fmt;
use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use evenkeel_core::ids::ModuleName;

use crate::limits;
use crate::problem::{Problem, ProblemType};
use crate::timestamp;
use crate::views::session::Role;
use token::Tokens;

pub mod api_key;
pub mod password;
pub mod rate;
pub mod throttle;
pub mod token;

/// The name of who may enter this node's data folder.
pub const ROOT: &str = "root";

/// Before the name of a node that asks for itself; no user and no key has a name with it.
const NODE_PREFIX: &str = "node:";

/// Paths that every caller may ask: they tell of nobody else.
const OF_THE_CALLER: [&str; 2] = ["/v1/whoami", "/v1/version"];

/// The authenticated caller of a request; the authentication layer puts it into the request.
#[derive(Clone)]
pub struct Caller {
    /// The user's name, or `key:` and the name of the API key.
    pub user: String,
    /// The user's role when the token was issued, or the key's.
    pub role: Role,
    /// The modules of an API key that is for these alone.
    pub modules: Option<Vec<ModuleName>>,
    /// When the token or the key ends, in seconds since 1970.
    pub expires_at: u64,
    /// The token itself, to be passed on to other nodes.
    pub bearer: String,
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Caller");
        out.field("user", &self.user)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

impl Caller {
    /// An administrator, with a token made for the purpose.
    ///
    /// # Errors
    ///
    /// When it cannot be signed.
    pub fn administrator(tokens: &Tokens, user: String) -> Result<Self, Problem> {
        let nobody = Self {
            user,
            role: Role::Admin,
            modules: None,
            expires_at: 0,
            bearer: String::new(),
        };
        nobody.renewed(tokens)
    }

    /// A node that asks the others for itself.
    ///
    /// # Errors
    ///
    /// When its token cannot be signed.
    pub fn node(tokens: &Tokens, name: &str) -> Result<Self, Problem> {
        Self::administrator(tokens, format!("{NODE_PREFIX}{name}"))
    }

    /// The node that asks for itself.
    pub fn as_node(&self) -> Option<&str> {
        self.user.strip_prefix(NODE_PREFIX)
    }

    /// The same caller with a token that is good for its whole life: what was asked for may take longer than
    /// is left of the token that it was asked with. A key stays as it is.
    ///
    /// # Errors
    ///
    /// When it cannot be signed.
    pub fn renewed(&self, tokens: &Tokens) -> Result<Self, Problem> {
        if self.bearer.starts_with(api_key::PREFIX) {
            return Ok(self.clone());
        }
        let now = timestamp::now_seconds();
        let session = tokens.issue(&self.user, self.role, now);
        let session = session.map_err(|e| Problem::internal("signing a token", &e))?;
        Ok(Self {
            bearer: session.token,
            expires_at: now + limits::TOKEN_LIFE.as_secs(),
            ..self.clone()
        })
    }

    /// Refuses what is not for the modules of the caller's key; `named` is the one in the path.
    ///
    /// # Errors
    ///
    /// [`ProblemType::OutsideScope`].
    pub fn reaches(&self, path: &str, named: Option<&str>) -> Result<(), Problem> {
        let Some(modules) = &self.modules else {
            return Ok(());
        };
        let is_named = named.is_some_and(|named| modules.iter().any(|one| one.as_str() == named));
        if is_named || OF_THE_CALLER.contains(&path) {
            return Ok(());
        }
        let names: Vec<&str> = modules.iter().map(ModuleName::as_str).collect();
        let names = names.join(", ");
        let detail = format!(
            "{} is for what names one of these modules: {names}",
            self.user
        );
        Err(Problem::new(ProblemType::OutsideScope, detail))
    }

    fn needs(self, role: Role) -> Result<Self, Problem> {
        if self.role >= role {
            return Ok(self);
        }
        Err(Problem::new(
            ProblemType::MissingRole,
            format!(
                "user {} has the role {}; this needs {}",
                self.user,
                self.role.as_str(),
                role.as_str()
            ),
        ))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(no_token)
    }
}

/// A request without a token that could be read.
pub fn no_token() -> Problem {
    Problem::new(
        ProblemType::Unauthenticated,
        "send the token that /v1/login gives, or an API key, as \"Authorization: Bearer <token>\"",
    )
}

/// A caller with any role.
#[derive(Debug)]
pub struct Monitor(pub Caller);

/// A caller that may start and stop.
#[derive(Debug)]
pub struct Control(pub Caller);

/// A caller that may configure and manage users.
#[derive(Debug)]
pub struct Admin(pub Caller);

macro_rules! extract_with_role {
    ($($name:ident)+) => {$(
        impl<S: Send + Sync> FromRequestParts<S> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
                let caller = Caller::from_request_parts(parts, state).await?;
                Ok(Self(caller.needs(Role::$name)?))
            }
        }
    )+};
}

extract_with_role!(Monitor Control Admin);

/// The address that the request came from.
#[derive(Clone, Copy, Debug)]
pub struct RemoteAddress(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for RemoteAddress {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        use axum::extract::ConnectInfo;
        let info = parts.extensions.get::<ConnectInfo<std::net::SocketAddr>>();
        // A request made inside the process has no address.
        let address = info.map_or(IpAddr::from([127, 0, 0, 1]), |ConnectInfo(from)| from.ip());
        Ok(Self(address.to_canonical()))
    }
}
