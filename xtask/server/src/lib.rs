//! A static file server for the built site: for `cargo xtask demo`, for `cargo xtask dev` and for the tests in a browser.
//!
//! It sends what docs/hosting.md asks of any host: the content security policy for the page and its workers, types,
//! lifetimes in caches, and files compressed beforehand.

mod headers;
mod names;
mod respond;

pub use headers::{FOR_EVER, HEADERS, POLICY};
pub use names::{hashed_name, is_hashed, plain_name};
pub use respond::{Answer, Asked, Site};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use std::{
    convert::Infallible,
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};
use tokio::{runtime, sync::oneshot};

/// A running server; it ends when it is dropped.
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves `site` on a thread of its own to whoever connects to `listener`.
    ///
    /// # Errors
    /// Where the listener cannot be used, and where no thread can be started.
    pub fn start(listener: TcpListener, site: Site) -> io::Result<Self> {
        let address = listener.local_addr()?;
        listener.set_nonblocking(true)?;
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let listener = {
            let _context = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let serving = move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, Arc::new(site)) => {}
                    _ = stopped => {}
                }
            });
            // Files that are still being read are nobody's any more.
            runtime.shutdown_background();
        };
        let thread = thread::Builder::new()
            .name("static server".into())
            .spawn(serving)?;
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The address that it listens at.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the program is ended.
    pub fn wait(mut self) {
        self.join();
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            // A panic of its own was already printed.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The receiver is gone only where the thread has ended.
            let _ = stop.send(());
        }
        self.join();
    }
}

async fn accept(listener: tokio::net::TcpListener, site: Arc<Site>) {
    loop {
        let connection = match listener.accept().await {
            Ok((connection, _)) => connection,
            Err(error) => {
                // Such as too many open files, which passes.
                eprintln!("a connection was not accepted: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let site = site.clone();
        let service = service_fn(move |request| {
            let site = site.clone();
            async move { Ok::<_, Infallible>(site.respond(request).await) }
        });
        tokio::spawn(async move {
            // A browser may leave in the middle of an answer: that is no fault of the server's.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(connection), service)
                .await;
        });
    }
}

#[cfg(test)]
mod tests;
