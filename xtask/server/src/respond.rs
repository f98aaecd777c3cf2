//! What a request is answered with.

use crate::headers;
use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use hyper::{
    Method, Request, Response, StatusCode, Uri,
    body::Bytes,
    header::{CONTENT_TYPE, HeaderValue},
};
use percent_encoding::percent_decode_str;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use tower_http::services::ServeDir;

type Body = UnsyncBoxBody<Bytes, io::Error>;
type Intercept = Box<dyn Fn(&Asked<'_>) -> Answer + Send + Sync>;

/// What [`ServeDir`] adds to the name of a file to find one that was compressed beforehand.
const PACKED: [&str; 2] = ["br", "gz"];

/// The files of a site, and where on the server they are.
pub struct Site {
    /// As an absolute path with links followed.
    files: PathBuf,
    folder: String,
    intercept: Intercept,
    serve: ServeDir,
}

/// A request, as far as it matters.
pub struct Asked<'a> {
    /// Path and query as the browser sent them.
    pub address: &'a str,
    /// The file that is meant, from the site's folder on, with `/` between names; `None` where that is outside it.
    pub file: Option<&'a str>,
}

/// What to do with a request.
pub enum Answer {
    /// Send the site's file, or say that there is none.
    File,
    /// Say that there is no such file.
    Missing,
    /// Send these bytes as the file's content.
    Bytes(Vec<u8>),
}

impl Site {
    /// The files below `files`, at the server's root.
    ///
    /// # Errors
    /// Where there is no such folder.
    pub fn new(files: &Path) -> io::Result<Self> {
        let files = fs::canonicalize(files)?;
        let serve = ServeDir::new(&files)
            .precompressed_br()
            .precompressed_gzip()
            .redirect_to_trailing_slash(false);
        Ok(Self {
            files,
            folder: "/".to_owned(),
            intercept: Box::new(|_| Answer::File),
            serve,
        })
    }

    /// Serves the site below `folder`, which begins and ends with `/`.
    #[must_use]
    pub fn below(mut self, folder: &str) -> Self {
        assert!(
            folder.starts_with('/') && folder.ends_with('/'),
            "{folder} does not begin and end with /"
        );
        folder.clone_into(&mut self.folder);
        self
    }

    /// Shows every request to `intercept` first, which says what becomes of it. It runs on the server's only thread: it has to be quick.
    #[must_use]
    pub fn intercept(
        mut self,
        intercept: impl Fn(&Asked<'_>) -> Answer + Send + Sync + 'static,
    ) -> Self {
        self.intercept = Box::new(intercept);
        self
    }

    /// Answers a request.
    pub(crate) async fn respond<B: Send + 'static>(&self, request: Request<B>) -> Response<Body> {
        let address = request
            .uri()
            .path_and_query()
            .map_or("/", |whole| whole.as_str())
            .to_owned();
        let file = self.file(request.uri().path());
        let asked = Asked {
            address: &address,
            file: file.as_deref(),
        };
        let answer = (self.intercept)(&asked);
        let path = file.unwrap_or_default();
        let mut response = match answer {
            // For HEAD, hyper leaves the body out.
            Answer::Bytes(bytes) if matches!(*request.method(), Method::GET | Method::HEAD) => {
                sent(&path, bytes)
            }
            Answer::File if self.is_inside(&path) => self.send(request, &path).await,
            Answer::File | Answer::Missing | Answer::Bytes(_) => missing(),
        };
        let found = response.status().is_success() || response.status().is_redirection();
        headers::add(response.headers_mut(), &path, found);
        response
    }

    /// The file that a path means, whether or not there is one.
    fn file(&self, path: &str) -> Option<String> {
        let inside = path.strip_prefix(&self.folder)?;
        let inside = percent_decode_str(inside).decode_utf8().ok()?;
        Some(if inside.is_empty() || inside.ends_with('/') {
            format!("{inside}index.html")
        } else {
            inside.into_owned()
        })
    }

    /// Whether a file is there and belongs to the site, whatever links and dots are in its path, and so do those that may be sent in its
    /// place.
    fn is_inside(&self, file: &str) -> bool {
        let real = |file: &str| fs::canonicalize(self.files.join(file));
        let is_ours = |real: PathBuf| real.is_file() && real.starts_with(&self.files);
        let may_be_sent = |ending: &&str| real(&format!("{file}.{ending}")).map_or(true, is_ours);
        !file.is_empty() && real(file).is_ok_and(is_ours) && PACKED.iter().all(may_be_sent)
    }

    async fn send<B: Send + 'static>(&self, mut request: Request<B>, file: &str) -> Response<Body> {
        // The path of the request begins with the site's folder, as `file` has shown.
        let inside = &request.uri().path()[self.folder.len() - 1..];
        let Ok(uri) = inside.parse::<Uri>() else {
            return missing();
        };
        *request.uri_mut() = uri;
        match self.serve.clone().try_call(request).await {
            Ok(response) => response.map(|body| body.boxed_unsync()),
            Err(error) => {
                eprintln!("{file} cannot be read: {error}");
                said(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "The file cannot be read.\n",
                )
            }
        }
    }
}

fn sent(path: &str, bytes: Vec<u8>) -> Response<Body> {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let mut response = Response::new(full(bytes));
    if let Ok(kind) = HeaderValue::from_str(kind.as_ref()) {
        response.headers_mut().insert(CONTENT_TYPE, kind);
    }
    response
}

fn missing() -> Response<Body> {
    said(StatusCode::NOT_FOUND, "There is no such file.\n")
}

fn said(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(full(text.as_bytes().to_vec()));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

fn full(bytes: Vec<u8>) -> Body {
    Full::from(bytes)
        .map_err(|never| match never {})
        .boxed_unsync()
}
