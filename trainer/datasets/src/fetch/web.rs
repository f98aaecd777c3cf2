//! Asking a server for a file or for the rest of one.

use std::io::{self, Cursor, Read};
use std::mem;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ureq::http::{Response, header};
use ureq::{Agent, Error, Proxy};

use super::FetchError;
use super::kind::{HEAD, is_page};
use super::partial_file::{Begun, PartialFile};

/// How long a server may take to answer, and may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whom to ask, and for what.
pub(super) struct Web {
    agent: Agent,
    address: String,
    out: PathBuf,
}

/// What a server has to say.
pub(super) enum Answer {
    /// Here it comes.
    Body(Body),
    /// What was begun is all there is.
    AllThere,
}

/// A file or the rest of it, on its way.
pub(super) struct Body {
    /// Where in the file it begins, in bytes.
    pub start: u64,
    /// The whole file's size in bytes, where the server said it.
    pub total: Option<u64>,
    /// By what the server will know whether the file is still the same.
    pub validator: Option<String>,
    /// What the server calls it.
    pub content_type: Option<String>,
    pub reader: Box<dyn Read>,
}

impl Body {
    /// The first bytes, [`HEAD`] or all there are, which the reader then gives again.
    pub fn head(&mut self) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        self.reader
            .by_ref()
            .take(HEAD as u64)
            .read_to_end(&mut head)?;
        let rest = mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = Box::new(Cursor::new(head.clone()).chain(rest));
        Ok(head)
    }
}

impl Web {
    pub fn new(address: &str, out: &Path) -> Self {
        let host = host(address);
        let is_here = ["localhost", "127.0.0.1", "[::1]"].contains(&host);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Packed on the way, a part of a file would be a part of something else.
            .accept_encoding("identity")
            .proxy(if is_here { None } else { Proxy::try_from_env() })
            .timeout_resolve(Some(PATIENCE))
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .timeout_per_read(Some(PATIENCE));
        Self {
            agent: config.build().new_agent(),
            address: address.to_owned(),
            out: out.to_owned(),
        }
    }

    /// Asks for the file, or for the rest of it if it's still the one that was begun.
    pub fn ask(&self, begun: Option<&Begun>) -> Result<Answer, FetchError> {
        let mut request = self.agent.get(&self.address);
        if let Some(begun) = begun {
            request = request
                .header(header::RANGE, format!("bytes={}-", begun.size))
                .header(header::IF_RANGE, &begun.validator);
        }
        let response = request.call().map_err(|error| self.failed(error))?;
        let (status, validator) = (response.status().as_u16(), validator(&response));
        let range = text(&response, header::CONTENT_RANGE).unwrap_or_default();
        let content_type = text(&response, header::CONTENT_TYPE);
        // Of a part, nothing but this could tell.
        let part_of_page = content_type.as_deref().is_some_and(is_page);
        let (start, total) = match (status, begun) {
            (200, _) => (0, response.body().content_length()),
            (206, Some(begun)) if is_rest(&range, begun, validator.as_ref()) && !part_of_page => {
                let rest = response.body().content_length();
                (begun.size, rest.map(|rest| begun.size + rest))
            }
            (416, Some(begun)) if range == format!("bytes */{}", begun.size) => {
                return Ok(Answer::AllThere);
            }
            // It's too long, or the server confuses the two.
            (206 | 416, Some(_)) => return self.ask(None),
            (404 | 410, _) => {
                return Err(FetchError::NoSuchFile {
                    address: self.address.clone(),
                    status,
                });
            }
            _ => {
                return Err(FetchError::Refused {
                    address: self.address.clone(),
                    status,
                });
            }
        };
        Ok(Answer::Body(Body {
            start,
            total,
            validator,
            content_type,
            reader: Box::new(response.into_body().into_reader()),
        }))
    }

    /// The error of a connection that ended early.
    pub fn broken(
        &self,
        part: &PartialFile,
        have: u64,
        total: Option<u64>,
        cause: io::Error,
    ) -> FetchError {
        FetchError::Broken {
            host: host(&self.address).to_owned(),
            have,
            total,
            part: part.file().to_owned(),
            cause,
        }
    }

    fn failed(&self, cause: Error) -> FetchError {
        let is_address = matches!(cause, Error::BadUri(_) | Error::Http(_));
        let (address, cause) = (self.address.clone(), Box::new(cause));
        if is_address {
            return FetchError::Address { address, cause };
        }
        FetchError::Unreachable {
            host: host(&self.address).to_owned(),
            address,
            out: self.out.clone(),
            cause,
        }
    }
}

/// The server's name in an address.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let server = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let server = server.rsplit_once('@').map_or(server, |(_, server)| server);
    match server.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => server,
    }
}

fn text<T>(response: &Response<T>, name: header::HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    value.to_str().ok().map(str::to_owned)
}

/// A strong ETag, else the date: a weak one says nothing about the bytes (RFC 9110, section 13.1.5).
fn validator<T>(response: &Response<T>) -> Option<String> {
    text(response, header::ETAG)
        .filter(|tag| tag.starts_with('"'))
        .or_else(|| text(response, header::LAST_MODIFIED))
}

/// Whether a part that was sent is the rest of what was begun.
fn is_rest(range: &str, begun: &Begun, validator: Option<&String>) -> bool {
    range.starts_with(&format!("bytes {}-", begun.size))
        && validator.is_none_or(|validator| *validator == begun.validator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_server() {
        for (address, name) in [
            ("https://a.example/b/c.zip", "a.example"),
            ("http://me@a.example:8080?b", "a.example"),
            ("http://[::1]:80/b", "[::1]"),
            ("http://[::1]", "[::1]"),
            ("a.example", "a.example"),
        ] {
            assert_eq!(host(address), name);
        }
    }
}
