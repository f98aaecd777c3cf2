//! What the network makes of the drawing, and what of it is looked at.

use std::sync::Arc;

use leptos::prelude::*;

use super::network::{Blocks, Layer};

/// What the network makes of a picture: the picture's values, and each block's maps.
pub type Passes = Arc<(Vec<f32>, Vec<Layer>)>;

/// What is looked at; copies are the same.
#[derive(Clone, Copy)]
pub struct Deeper {
    /// The network, once it is here.
    pub blocks: RwSignal<Option<Arc<Blocks>>>,
    /// What it makes of the drawing.
    pub passes: RwSignal<Option<Passes>>,
    /// The block, from 0.
    pub block: RwSignal<usize>,
    /// The map of the block.
    pub map: RwSignal<usize>,
    /// Column and row of the map after pooling.
    pub at: RwSignal<(usize, usize)>,
}

impl Deeper {
    /// Sees to it that map and pixel exist in the block.
    pub fn keep_within(self) {
        let passes = self.passes.read_untracked();
        let layer = passes
            .as_ref()
            .map(|passes| &passes.1[self.block.get_untracked()]);
        if let Some(layer) = layer {
            let (channels, side) = (layer.channels, layer.side / 2);
            self.map.update(|map| *map = (*map).min(channels - 1));
            self.at
                .update(|at| *at = (at.0.min(side - 1), at.1.min(side - 1)));
        }
    }

    /// Something about the layer that is looked at.
    pub fn layer<T>(self, about: impl Fn(&Layer) -> T) -> Option<T> {
        let passes = self.passes.read();
        passes
            .as_ref()
            .map(|passes| about(&passes.1[self.block.get()]))
    }
}
