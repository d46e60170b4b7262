//! Lingering close: what is left of the body of a request that was answered before it was read, such as one
//! without a token, is read and thrown away. A server that closes the connection instead resets it, and the
//! client, which still writes, never sees why (RFC 9112, 9.6).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, BodyDataStream, HttpBody};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use futures::stream::poll_fn;
use futures::{FutureExt, StreamExt};

use crate::limits;

/// The body of a request; held for a moment only, never across an await.
type Rest = Arc<Mutex<BodyDataStream>>;

fn locked(rest: &Rest) -> MutexGuard<'_, BodyDataStream> {
    rest.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Goes on reading after the answer, as far as the bounds allow. Who waits for leave to send is told by the
/// answer itself.
pub async fn linger(request: Request, next: Next) -> Response {
    let waits = request.headers().contains_key(header::EXPECT);
    if waits || request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let rest: Rest = Arc::new(Mutex::new(body.into_data_stream()));
    let of_handler = Arc::clone(&rest);
    let body = poll_fn(move |context| locked(&of_handler).poll_next_unpin(context));
    let request = Request::from_parts(parts, Body::from_stream(body));
    let response = next.run(request).await;
    if let Some(read) = unread(&rest) {
        tokio::spawn(async move {
            let reading = throw_away(&rest, read);
            // Who sends more slowly has had time for the answer.
            drop(tokio::time::timeout(limits::LINGER_TIME_MAX, reading).await);
        });
    }
    response
}

/// How many bytes were read just now, where there may be more.
fn unread(rest: &Rest) -> Option<usize> {
    match locked(rest).next().now_or_never() {
        None => Some(0),
        Some(Some(Ok(data))) => Some(data.len()),
        Some(Some(Err(_)) | None) => None,
    }
}

async fn throw_away(rest: &Rest, mut read: usize) {
    while read < limits::LINGER_BYTES_MAX {
        match poll_fn(|context| locked(rest).poll_next_unpin(context))
            .next()
            .await
        {
            Some(Ok(data)) => read += data.len(),
            Some(Err(_)) | None => return,
        }
    }
}
