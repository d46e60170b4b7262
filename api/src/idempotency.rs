//! Requests that are sent again because their answer was lost: the header `Idempotency-Key`.
//!
//! A POST with a key is carried out once. The same request again with the same key gets the answer that the
//! first one got, for an hour, from the node that gave it, while that runs. Answers that say that nothing
//! was done are not kept: such a request can be sent again.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::app::Shared;
use crate::auth::Caller;
use crate::limits;
use crate::problem::{Problem, ProblemType};

/// The header's name.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// A caller's name and the key that it chose.
type Key = (String, String);

/// What stands for a request: path and body.
type Fingerprint = [u8; 32];

/// The requests with a key of the last hour.
#[derive(Debug, Default)]
pub struct Answers(Mutex<HashMap<Key, Entry>>);

#[derive(Debug)]
struct Entry {
    request: Fingerprint,
    since: Instant,
    /// Absent while the request is being carried out.
    answer: Option<Answer>,
}

/// An answer as it is given again.
#[derive(Clone, Debug)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answers {
    // A request that panicked leaves whole entries.
    fn entries(&self) -> MutexGuard<'_, HashMap<Key, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to the same request before; `None`: it is for the caller to carry out, and to
    /// [finish](Self::finish).
    fn begin(
        &self,
        key: &Key,
        request: Fingerprint,
        now: Instant,
    ) -> Result<Option<Answer>, Problem> {
        let mut entries = self.entries();
        entries.retain(|_, entry| {
            entry.answer.is_none() || now.duration_since(entry.since) < limits::IDEMPOTENCY_TIME
        });
        if let Some(entry) = entries.get(key) {
            return match &entry.answer {
                _ if entry.request != request => Err(Problem::new(
                    ProblemType::KeyReused,
                    "the key was sent with another request; choose a new one for each",
                )),
                None => Err(Problem::new(
                    ProblemType::InProgress,
                    "the same request is being carried out; ask again in a moment",
                )),
                Some(answer) => Ok(Some(answer.clone())),
            };
        }
        if entries.len() >= limits::IDEMPOTENCY_KEYS_MAX {
            let finished = entries.iter().filter(|(_, entry)| entry.answer.is_some());
            let oldest = finished.min_by_key(|(_, entry)| entry.since);
            let oldest = oldest.map(|(key, _)| key.clone());
            let detail = "too many requests with a key are under way";
            let oldest = oldest.ok_or_else(|| Problem::new(ProblemType::LimitReached, detail))?;
            entries.remove(&oldest);
        }
        let entry = Entry {
            request,
            since: now,
            answer: None,
        };
        entries.insert(key.clone(), entry);
        Ok(None)
    }

    /// Keeps an answer; without one, the request can be sent again.
    fn finish(&self, key: &Key, answer: Option<Answer>) {
        let mut entries = self.entries();
        match (entries.get_mut(key), answer) {
            (Some(entry), Some(answer)) => entry.answer = Some(answer),
            (Some(_), None) => drop(entries.remove(key)),
            (None, _) => {}
        }
    }
}

/// A request under way; one that ends without an answer can be sent again.
struct UnderWay {
    app: Shared,
    key: Key,
    answer: Option<Answer>,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.app.answers.finish(&self.key, self.answer.take());
    }
}

/// Carries a POST with a key out once.
///
/// # Errors
///
/// When the key is none, or belongs to another request or to one under way.
pub async fn once(
    State(app): State<Shared>,
    caller: Caller,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let Some(key) = key(request.headers())?.filter(|_| request.method() == Method::POST) else {
        return Ok(next.run(request).await);
    };
    let key = (caller.user, key);
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, limits::BODY_BYTES_MAX).await;
    let body = body.map_err(|_too_long| Problem::too_large())?;
    let mut hash = Sha256::new();
    hash.update(parts.uri.to_string());
    hash.update([0]);
    hash.update(&body);
    if let Some(answer) = app
        .answers
        .begin(&key, hash.finalize().into(), Instant::now())?
    {
        return Ok(answer.into_response());
    }
    let under_way = UnderWay {
        app,
        key,
        answer: None,
    };
    let request = Request::from_parts(parts, Body::from(body));
    // Carried out and kept also when the caller goes away meanwhile: that is when it is sent again.
    let carried_out = tokio::spawn(under_way.carry_out(request, next)).await;
    carried_out.unwrap_or_else(|error| Err(Problem::internal("the request", &error)))
}

impl UnderWay {
    async fn carry_out(mut self, request: Request, next: Next) -> Result<Response, Problem> {
        let (parts, body) = next.run(request).await.into_parts();
        let body = axum::body::to_bytes(body, limits::PEER_ANSWER_BYTES_MAX).await;
        let body = body.map_err(|error| Problem::internal("an answer", &error))?;
        self.answer = parts.status.is_success().then(|| Answer {
            status: parts.status,
            headers: kept(&parts.headers),
            body: body.clone(),
        });
        Ok(Response::from_parts(parts, Body::from(body)))
    }
}

/// What of an answer's head belongs to what was done.
fn kept(headers: &HeaderMap) -> HeaderMap {
    let kept = [header::CONTENT_TYPE, header::LOCATION].into_iter();
    kept.filter_map(|name| Some((name.clone(), headers.get(name)?.clone())))
        .collect()
}

/// The key of a request.
fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default();
    let is_legal = text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_legal && (1..=limits::IDEMPOTENCY_KEY_LEN_MAX).contains(&text.len()) {
        return Ok(Some(text.to_owned()));
    }
    let most = limits::IDEMPOTENCY_KEY_LEN_MAX;
    let detail = format!("{IDEMPOTENCY_KEY}: 1 to {most} visible characters of ASCII");
    Err(Problem::malformed(detail))
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.body).into_response();
        response.headers_mut().extend(self.headers);
        response
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn answer() -> Answer {
        Answer {
            status: StatusCode::CREATED,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    fn key_of(caller: &str, key: &str) -> Key {
        (caller.to_owned(), key.to_owned())
    }

    fn kind<T>(result: Result<T, Problem>) -> Option<ProblemType> {
        result.err().map(|problem| problem.kind)
    }

    #[test]
    fn a_request_is_carried_out_once_per_caller_and_key() {
        let (answers, now) = (Answers::default(), Instant::now());
        let (mine, theirs) = (key_of("me", "1"), key_of("others", "1"));
        assert!(answers.begin(&mine, [1; 32], now).unwrap().is_none());
        let twice = answers.begin(&mine, [1; 32], now);
        assert_eq!(kind(twice), Some(ProblemType::InProgress));
        assert!(answers.begin(&theirs, [1; 32], now).unwrap().is_none());
        answers.finish(&mine, Some(answer()));
        assert!(answers.begin(&mine, [1; 32], now).unwrap().is_some());
        let other = answers.begin(&mine, [2; 32], now);
        assert_eq!(kind(other), Some(ProblemType::KeyReused));
    }

    #[test]
    fn what_did_nothing_can_be_sent_again_and_an_hour_is_an_hour() {
        let (answers, now) = (Answers::default(), Instant::now());
        let mine = key_of("me", "1");
        assert!(answers.begin(&mine, [1; 32], now).unwrap().is_none());
        answers.finish(&mine, None);
        assert!(answers.begin(&mine, [1; 32], now).unwrap().is_none());
        answers.finish(&mine, Some(answer()));
        let later = now + limits::IDEMPOTENCY_TIME - Duration::from_secs(1);
        assert!(answers.begin(&mine, [1; 32], later).unwrap().is_some());
        let later = now + limits::IDEMPOTENCY_TIME;
        assert!(answers.begin(&mine, [1; 32], later).unwrap().is_none());
    }

    #[test]
    fn the_oldest_answers_make_room_and_what_is_under_way_stays() {
        let (answers, now) = (Answers::default(), Instant::now());
        let first = key_of("me", "under way");
        assert!(answers.begin(&first, [0; 32], now).unwrap().is_none());
        for number in 0..limits::IDEMPOTENCY_KEYS_MAX {
            let key = key_of("me", &number.to_string());
            let at = now + Duration::from_millis(number.try_into().unwrap());
            assert!(answers.begin(&key, [1; 32], at).unwrap().is_none());
            answers.finish(&key, Some(answer()));
        }
        let again = answers.begin(&first, [0; 32], now);
        assert_eq!(kind(again), Some(ProblemType::InProgress));
        assert_eq!(answers.entries().len(), limits::IDEMPOTENCY_KEYS_MAX);
        assert!(!answers.entries().contains_key(&key_of("me", "0")));
    }
}
