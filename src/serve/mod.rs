//! The serve edge: the live site over HTTP, to this machine only.
//! In: a `Live` site that renders on demand. Out: answers, and a reload of all open pages when the caller says so. It builds
//! nothing, watches nothing, prints nothing, and reads no file: a path that `Live` does not know is not there.

mod answer;
mod inject;
mod request;

use answer::Site;
use axum::Router;
use axum::serve::ListenerExt as _;
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::runtime::{self, Runtime};
use tokio::sync::watch;

/// How many pages are rendered at the same time at most.
const RENDERERS: usize = 4;

/// A site as it is now. All methods may be called from several threads at once, and may panic.
pub trait Live: Send + Sync + 'static {
    /// The output of this path below the site's top, such as `en/law/index.html`: never empty, never climbing.
    fn get(&self, path: &str) -> Option<Served>;
    /// The page for a path that leads nowhere, HTML.
    fn not_found(&self, path: &str) -> Vec<u8>;
    /// What the last build had to say, an HTML fragment; empty if nothing. Of its elements only plain ones are shown
    /// (`p`, `ul`, `ol`, `li`, `pre`, `code`, `h2`, `h3`, `strong`, `em`, `b`, `bdi`, `br`, `span`), with `lang`, `dir`, `class`.
    fn problems(&self) -> String;
}

/// One output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// Its bytes, exactly as a build would write them.
    pub bytes: Vec<u8>,
    /// Its media type without `charset`, such as `text/html`.
    pub media_type: &'static str,
}

/// A running server. Dropped, it stops and frees its port.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    generation: watch::Sender<u64>,
    stop: watch::Sender<bool>,
    handle: runtime::Handle,
    thread: Option<JoinHandle<()>>,
}

/// Why there is no server.
#[derive(Debug)]
pub struct ServeError {
    /// The host that was asked for.
    pub host: String,
    /// The port that was asked for.
    pub port: u16,
    /// The system's reason.
    pub error: io::Error,
}

impl Server {
    /// Serves `live` on this host and port (0: any free one) from a thread of its own.
    ///
    /// # Errors
    /// If the port is in use, the host is not an address of this machine, or no thread can be had.
    pub fn start(live: Arc<dyn Live>, host: &str, port: u16) -> Result<Self, ServeError> {
        Self::launch(live, host, port).map_err(|error| ServeError { host: host.to_owned(), port, error })
    }

    fn launch(live: Arc<dyn Live>, host: &str, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((host.trim_start_matches('[').trim_end_matches(']'), port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = runtime::Builder::new_current_thread().enable_all().max_blocking_threads(RENDERERS).build()?;
        let handle = runtime.handle().clone();
        let (generation, generations) = watch::channel(0);
        let (stop, stopped) = watch::channel(false);
        let site = Arc::new(Site { live, host: host.to_owned(), generation: generations });
        let run = move || run(runtime, listener, site, stopped);
        let thread = std::thread::Builder::new().name("serve".to_owned()).spawn(run)?;
        Ok(Self { address, generation, stop, handle, thread: Some(thread) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Makes all open pages reload, also those that ask only later. To be called when `live` gives the new pages.
    pub fn reload(&self) {
        self.generation.send_modify(|generation| *generation += 1);
    }

    /// Calls `act` from the server's thread at every Ctrl-C (and `SIGTERM`), instead of the process ending.
    pub fn on_interrupt(&self, act: impl Fn() + Send + 'static) {
        self.handle.spawn(async move {
            while interrupt().await.is_ok() {
                act();
            }
        });
    }

    /// Stops, and frees the port before it returns. Requests that are being answered are dropped.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            // It cannot have panicked in a way that matters: the port is free either way.
            let _ = thread.join();
        }
    }
}

/// The server's thread: answers until it is told to stop.
fn run(runtime: Runtime, listener: TcpListener, site: Arc<Site>, mut stopped: watch::Receiver<bool>) {
    runtime.block_on(async move {
        let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
        // Answers are small; waiting to fill a packet only delays them.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let router: Router = Router::new().fallback(answer::answer).with_state(site);
        tokio::select! {
            _ = axum::serve(listener, router) => {}
            _ = stopped.wait_for(|stop| *stop) => {}
        }
    });
    // A page that is still being rendered is not waited for.
    runtime.shutdown_background();
}

#[cfg(unix)]
async fn interrupt() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn interrupt() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port, error } = self;
        let other = if *port < 1024 || *port == u16::MAX { 4000 } else { port + 1 };
        match error.kind() {
            ErrorKind::AddrInUse => {
                write!(f, "port {port} of {host} is in use; end the other program, or take another port: --port {other}")
            }
            ErrorKind::PermissionDenied => write!(f, "port {port} of {host} is reserved; take another port: --port {other}"),
            ErrorKind::AddrNotAvailable => write!(f, "{host} is not an address of this machine; leave out --host, or use --host 0.0.0.0"),
            _ => write!(f, "cannot serve on port {port} of {host}: {error}; leave out --host, or take another --port"),
        }
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

#[cfg(test)]
mod tests;
