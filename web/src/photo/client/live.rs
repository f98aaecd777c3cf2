//! The camera's live picture: frame by frame to the worker.

use leptos::prelude::*;
use protocol::photo::Request;
use web_sys::ImageBitmap;

use super::PhotoClient;
use crate::errors::{self, Topic};

impl PhotoClient {
    /// Makes the photo the camera's live picture, which [`Self::take_frame`] brings.
    pub fn begin_live(self) {
        let photo = self.photo.get_untracked();
        let before = photo.zip(self.edges.get_untracked());
        let crop = self.crop.get_untracked();
        let _ = self.with_inner(|inner| {
            if inner.opening.take().is_some() {
                // The browser's decoder cannot be stopped in any other way.
                inner.lose_worker();
            }
            inner.before = before.map(|(photo, edges)| (photo, edges, crop));
        });
        errors::clear(Topic::Photo);
        self.opening.set(false);
        self.crop.set(None);
        self.live.set(true);
    }

    /// Ends the camera's live picture; `keeps` its last frame, or goes back to what was open before.
    pub fn end_live(self, keeps: bool) {
        if !self.live.get_untracked() {
            return;
        }
        self.live.set(false);
        let before = self.with_inner(|inner| {
            // A frame under way takes the place of the one that is shown, in the worker.
            inner.keeps &= keeps && inner.framing.take().is_none();
            inner.framing = None;
            inner.before.take()
        });
        if !keeps {
            let (photo, edges, crop) = match before.flatten() {
                Some((photo, edges, crop)) => (Some(photo), Some(edges), crop),
                None => (None, None, None),
            };
            self.edges.set(edges);
            self.photo.set(photo);
            self.crop.set(crop);
        }
        self.find_edges();
    }

    /// Whether a frame is under way; another one would only wait behind it.
    pub fn is_framing(self) -> bool {
        self.with_inner(|inner| inner.framing.is_some()) == Some(true)
    }

    /// Hands a frame of the camera to the worker.
    pub fn take_frame(self, bitmap: ImageBitmap) {
        if !self.live.get_untracked() || self.is_framing() {
            bitmap.close();
            return;
        }
        let result = self.with_inner(|inner| {
            let id = inner.next_id();
            inner.framing = Some(id);
            let wanted = self.wanted();
            self.worker(inner)?
                .post(&Request::Frame { id, bitmap, wanted })
        });
        if let Some(Err(reason)) = result {
            self.hear_failure(&reason);
        }
    }

    /// Notes that a frame is no longer under way; false where it is not awaited.
    pub(super) fn is_frame(self, id: u32) -> bool {
        self.with_inner(|inner| inner.framing.take_if(|framing| *framing == id).is_some())
            == Some(true)
    }
}
