//! One request, one answer.
//! In: a request. Out: a page of the live site, one of the preview's own files, or a refusal, all with the same strict
//! headers. It renders nothing itself; rendering runs in another thread, where a panic costs one page and not the server.

use super::request::{self, Refusal};
use super::{Live, Served, inject};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HOST, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use std::any::Any;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

/// How long a page waits for news before it asks again.
const PATIENCE: Duration = Duration::from_secs(25);
/// How soon a page asks again after an answer, in milliseconds.
const RETRY: u32 = 250;

/// What every answer needs.
pub(super) struct Site {
    pub(super) live: Arc<dyn Live>,
    /// The `--host` that was asked for.
    pub(super) host: String,
    /// How often the pages were told to reload.
    pub(super) generation: watch::Receiver<u64>,
}

/// An answer before the headers that all have in common.
struct Answer {
    status: StatusCode,
    media_type: &'static str,
    bytes: Vec<u8>,
    extra: Option<(HeaderName, HeaderValue)>,
}

/// Answers one request: first whether it may be asked at all, then what it asks for.
pub(super) async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (asked, _) = request.into_parts();
    let answer = if !is_own(&site, &asked.headers, &asked.uri) {
        Answer::refusal(StatusCode::FORBIDDEN, "This host name is not served here. Use localhost, or start with --host.\n")
    } else if !matches!(asked.method, Method::GET | Method::HEAD) {
        let refusal = Answer::refusal(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.\n");
        refusal.with(ALLOW, HeaderValue::from_static("GET, HEAD"))
    } else {
        match request::decode(asked.uri.path()) {
            Err(Refusal::Malformed) => Answer::refusal(StatusCode::BAD_REQUEST, "This is not an address.\n"),
            Err(Refusal::Elsewhere) => Answer::refusal(StatusCode::NOT_FOUND, "There is nothing at this address.\n"),
            Ok(path) => match path.strip_prefix("_rahnuma/") {
                Some(own) => own_file(&site, own, &asked).await,
                None => page(&site, path, &asked.uri).await,
            },
        }
    };
    answer.respond(&asked.method)
}

/// Whether the request means this server: exactly one `Host`, and no other name in the request line.
fn is_own(site: &Site, headers: &HeaderMap, uri: &Uri) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let is_own = |host: &str| request::is_own_host(host, &site.host);
    match (hosts.next().and_then(|host| host.to_str().ok()), hosts.next()) {
        (Some(host), None) => is_own(host) && uri.authority().is_none_or(|authority| is_own(authority.as_str())),
        _ => false,
    }
}

/// What a path of the site leads to.
enum Found {
    File(Served),
    Folder,
    Nothing(Vec<u8>),
}

async fn page(site: &Site, path: String, uri: &Uri) -> Answer {
    // Before rendering: a build that ends meanwhile makes this page reload.
    let generation = site.token();
    let (live, asked) = (Arc::clone(&site.live), path.clone());
    let found = spawn_blocking(move || find(&*live, &asked)).await;
    let mut answer = match found {
        Ok(Found::File(Served { bytes, media_type })) => Answer { status: StatusCode::OK, media_type, bytes, extra: None },
        Ok(Found::Folder) => return redirect(uri),
        Ok(Found::Nothing(bytes)) => Answer { status: StatusCode::NOT_FOUND, media_type: "text/html", bytes, extra: None },
        Err(error) => broken(&path, error.try_into_panic().ok().as_deref()),
    };
    if answer.media_type.starts_with("text/html") {
        answer.bytes = inject::inject(answer.bytes, &generation);
    }
    answer
}

fn find(live: &dyn Live, path: &str) -> Found {
    if path.is_empty() || path.ends_with('/') {
        live.get(&format!("{path}index.html")).map_or_else(|| Found::Nothing(live.not_found(path)), Found::File)
    } else if let Some(served) = live.get(path) {
        Found::File(served)
    } else if live.get(&format!("{path}/index.html")).is_some() {
        Found::Folder
    } else {
        Found::Nothing(live.not_found(path))
    }
}

/// To the same address with a slash, so that relative links hold.
fn redirect(uri: &Uri) -> Answer {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    match HeaderValue::try_from(format!("{}/{query}", uri.path())) {
        Ok(to) => Answer::refusal(StatusCode::TEMPORARY_REDIRECT, "").with(LOCATION, to),
        Err(_) => Answer::refusal(StatusCode::NOT_FOUND, "There is nothing at this address.\n"),
    }
}

/// The page for a panic. It reloads like any other once the cause is mended.
fn broken(path: &str, panic: Option<&(dyn Any + Send)>) -> Answer {
    let reason = panic.and_then(|panic| panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied()));
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let page = format!(
        "<!doctype html><html lang=\"en\" dir=\"ltr\"><head><meta charset=\"utf-8\"><title>This page broke</title></head><body>\
         <h1>This page broke</h1><p>Making <code>/{}</code> failed inside Rahnuma. Other pages are not affected.</p><pre>{}</pre></body></html>",
        escape(path),
        escape(reason.unwrap_or("no reason was given"))
    );
    Answer { status: StatusCode::INTERNAL_SERVER_ERROR, media_type: "text/html", bytes: page.into_bytes(), extra: None }
}

/// The preview's own files and its two live answers.
async fn own_file(site: &Site, name: &str, asked: &Parts) -> Answer {
    let file = |media_type, text: &str| Answer { status: StatusCode::OK, media_type, bytes: text.as_bytes().to_vec(), extra: None };
    match name {
        "live.js" => file("text/javascript", include_str!("live.js")),
        "live.css" => file("text/css", include_str!("live.css")),
        "problems" => {
            let live = Arc::clone(&site.live);
            let problems = spawn_blocking(move || live.problems()).await;
            file("text/html", &problems.unwrap_or_else(|_| "<p>The problems could not be listed.</p>".to_owned()))
        }
        "events" if asked.method == Method::GET => {
            let last = asked.headers.get("last-event-id").and_then(|id| id.to_str().ok());
            let since = last.or_else(|| asked.uri.query().and_then(|query| query.strip_prefix("since=")));
            file("text/event-stream", &site.news(since).await)
        }
        "events" => file("text/event-stream", ""),
        _ => Answer::refusal(StatusCode::NOT_FOUND, "There is nothing at this address.\n"),
    }
}

impl Site {
    /// The name of the generation now.
    fn token(&self) -> String {
        token(*self.generation.borrow())
    }

    /// Waits until the generation is another than the page's, and gives the one event that says so. The answer ends there
    /// and the browser asks again by itself, naming what it knows, so that no news falls between two answers.
    async fn news(&self, since: Option<&str>) -> String {
        let since = since.map_or_else(|| self.token(), str::to_owned);
        let mut generation = self.generation.clone();
        // The sender lives as long as the server.
        let _ = tokio::time::timeout(PATIENCE, generation.wait_for(|generation| token(*generation) != since)).await;
        let now = self.token();
        if now == since {
            format!("retry: {RETRY}\n: no news\n\n")
        } else {
            format!("retry: {RETRY}\nid: {now}\nevent: reload\ndata: {now}\n\n")
        }
    }
}

/// Names this server's run and a generation: a page of an earlier server is never mistaken for one of this.
fn token(generation: u64) -> String {
    format!("{}-{generation}", std::process::id())
}

impl Answer {
    fn refusal(status: StatusCode, text: &str) -> Self {
        Self { status, media_type: "text/plain", bytes: text.as_bytes().to_vec(), extra: None }
    }

    fn with(self, name: HeaderName, value: HeaderValue) -> Self {
        Self { extra: Some((name, value)), ..self }
    }

    fn respond(self, method: &Method) -> Response {
        let length = HeaderValue::from(self.bytes.len());
        let mut response = Response::new(if method == Method::HEAD { Body::empty() } else { Body::from(self.bytes) });
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        let media_type = if is_text(self.media_type) { format!("{}; charset=utf-8", self.media_type) } else { self.media_type.to_owned() };
        if let Ok(media_type) = HeaderValue::try_from(media_type) {
            headers.insert(CONTENT_TYPE, media_type);
        }
        headers.insert(CONTENT_LENGTH, length);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        // Other sites' pages may not load drafts, not even as scripts.
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
        headers.extend(self.extra);
        response
    }
}

/// Whether the type needs its encoding said, and does not say it.
fn is_text(media_type: &str) -> bool {
    let types = ["application/json", "application/javascript", "application/xml", "application/manifest+json", "application/ld+json"];
    !media_type.contains(';') && (media_type.starts_with("text/") || media_type.ends_with("+xml") || types.contains(&media_type))
}
