//! What the worker answers, and what becomes of it.

use leptos::prelude::*;
use protocol::photo::{Edges, Photo, Reply};

use super::PhotoClient;
use crate::errors::{self, Topic};
use crate::language::{Sentence, both, said};
use crate::photo::text;
use crate::views::View;

impl PhotoClient {
    pub(super) fn on_reply(self, reply: Reply) {
        match reply {
            Reply::Opened { id, photo, edges } => {
                if self.is_frame(id) {
                    self.show(photo, edges);
                } else if self.has_ended(id) {
                    errors::clear(Topic::Photo);
                    self.crop.set(None);
                    self.show(photo, edges);
                    self.view.set(View::Photo);
                    self.find_edges();
                }
            }
            Reply::Refused { id, reason } => {
                if self.is_frame(id) {
                    self.end_live(false);
                    errors::show(Topic::Photo, &reason);
                } else if self.has_ended(id) {
                    errors::show(Topic::Photo, &reason);
                }
            }
            Reply::Found { id, edges } => {
                let is_awaited = self
                    .with_inner(|inner| inner.finding.take_if(|finding| *finding == id).is_some());
                if is_awaited == Some(true) {
                    self.edges.set(Some(edges));
                    self.find_edges();
                }
            }
            Reply::Failed { reason } => self.hear_failure(&reason),
        }
    }

    fn show(self, photo: Photo, edges: Edges) {
        let _ = self.with_inner(|inner| {
            // Edges under way are those of the photo before.
            inner.finding = None;
            inner.keeps = true;
        });
        self.edges.set(Some(edges));
        self.photo.set(Some(photo));
    }

    /// Notes that the file of a request is no longer being opened; false where it was not.
    fn has_ended(self, id: u32) -> bool {
        let ended = self.with_inner(|inner| {
            let opening = inner.opening.take_if(|opening| opening.id == id);
            opening.is_some()
        });
        let ended = ended == Some(true);
        if ended {
            self.opening.set(false);
        }
        ended
    }

    pub(super) fn hear_failure(self, reason: &Sentence) {
        let lost = self.with_inner(|inner| {
            let lost = (inner.finding.is_some(), inner.opening.take());
            inner.lose_worker();
            inner.before = None;
            lost
        });
        let (was_finding, opening) = lost.unwrap_or_default();
        self.opening.set(false);
        let was_live = self.live.get_untracked();
        self.live.set(false);
        let was_opening = opening.is_some();
        let sentence = match opening {
            Some(opening) => Some(both(|| text::not_opened(&opening.name, said(reason)))),
            None if was_finding => Some(both(|| text::no_edges(said(reason)))),
            None => was_live.then(|| both(|| text::no_frames(said(reason)))),
        };
        if let Some(sentence) = sentence {
            errors::show(Topic::Photo, &sentence);
        }
        if was_opening {
            // The photo that stays may have been waiting for its own.
            self.find_edges();
        }
    }

    pub(super) fn say_slow(self, id: u32) {
        let _ = self.with_inner(|inner| {
            if let Some(opening) = &inner.opening
                && opening.id == id
            {
                errors::show(Topic::Photo, &both(|| text::slow(&opening.name)));
            }
        });
    }
}
