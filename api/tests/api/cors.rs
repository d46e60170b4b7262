//! Pages of other origins: kept out, but for those that the administrator names.

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};

use crate::common::Farm;

const NAMED: &str = "https://ui.example";
const STRANGE: &str = "https://elsewhere.example";

/// What a browser hears about a page of this origin: before its request, and with the answer to it.
async fn heard(farm: &Farm, origin: &str) -> [HeaderMap; 2] {
    let url = format!("{}/v1/whoami", farm.url(0));
    let before = farm.http().request(Method::OPTIONS, &url);
    let before = before
        .header("access-control-request-method", "PUT")
        .header("access-control-request-headers", "authorization,if-match");
    let answer = farm.http().get(&url).bearer_auth(farm.token().await);
    let mut all = [HeaderMap::new(), HeaderMap::new()];
    for (request, headers) in [before, answer].into_iter().zip(&mut all) {
        let response = request.header("origin", origin).send().await.unwrap();
        *headers = response.headers().clone();
    }
    all
}

#[tokio::test]
async fn pages_of_no_other_origin_are_let_in_where_none_is_named() {
    let farm = Farm::start(1).await;
    for headers in heard(&farm, NAMED).await {
        let cors = |name: &&str| name.starts_with("access-control-");
        let names = headers.keys().map(|name| name.as_str());
        assert_eq!(names.filter(cors).count(), 0, "{headers:?}");
    }
}

#[tokio::test]
async fn pages_of_a_named_origin_are_let_in_and_no_others() {
    const ALLOWED: &str = "access-control-allow-origin";
    let mut farm = Farm::init(1);
    farm.serve_with("--allow-origin", NAMED);
    farm.serve_with("--allow-origin", "http://127.0.0.1:8080");
    farm.start_node(0).await;
    let [before, answer] = heard(&farm, NAMED).await;
    assert_eq!(
        (&before[ALLOWED], &answer[ALLOWED]),
        (&NAMED.parse().unwrap(), &NAMED.parse().unwrap())
    );
    let list = |headers: &HeaderMap, name: &str| headers[name].to_str().unwrap().to_lowercase();
    let sent = list(&before, "access-control-allow-headers");
    for name in [
        "authorization",
        "content-type",
        "if-match",
        "idempotency-key",
        "last-event-id",
    ] {
        assert!(
            sent.split(',').any(|allowed| allowed == name),
            "{name}: {sent}"
        );
    }
    for method in ["get", "post", "put", "delete"] {
        assert!(list(&before, "access-control-allow-methods").contains(method));
    }
    for name in ["etag", "location", "retry-after", "content-disposition"] {
        assert!(list(&answer, "access-control-expose-headers").contains(name));
    }
    // It shows its token by itself: what a browser keeps for the node is not sent along.
    assert!(!answer.contains_key("access-control-allow-credentials"));
    for headers in heard(&farm, STRANGE).await {
        assert!(!headers.contains_key(ALLOWED), "{headers:?}");
    }
    let local = heard(&farm, "http://127.0.0.1:8080").await;
    assert!(local.iter().all(|headers| headers.contains_key(ALLOWED)));
    // Who is no page is answered as ever.
    let plain = farm.ask(0, Method::GET, "/v1/whoami", None, None).await;
    assert_eq!(plain.status, StatusCode::UNAUTHORIZED);
}
