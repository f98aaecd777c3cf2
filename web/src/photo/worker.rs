use protocol::photo::{Reply, Request};

use crate::language::Sentence;
use crate::program::{Program, in_words};

/// A running photo worker; it ends, and is heard no more, when this is dropped.
pub struct PhotoWorker(Program);

impl PhotoWorker {
    /// Starts the worker at `address`, and lets `listen` hear every reply.
    ///
    /// # Errors
    /// When the browser refuses, with its words.
    pub fn start(address: &str, listen: impl Fn(Reply) + 'static) -> Result<Self, Sentence> {
        let failed = |reason| Reply::Failed { reason };
        let program = Program::start(address, Reply::from_message, failed, listen)?;
        Ok(Self(program))
    }

    /// Asks something of it.
    ///
    /// # Errors
    /// When it cannot be sent, with the browser's words.
    pub fn post(&self, request: &Request) -> Result<(), Sentence> {
        let message =
            serde_wasm_bindgen::to_value(request).map_err(|error| in_words(error.into()))?;
        self.0.post_with(&message, &request.handed_over())
    }
}
