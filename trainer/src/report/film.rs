//! The film of the embedding: how features of photos and doodles move from snapshot to snapshot.

use base64::{Engine, engine::general_purpose::STANDARD};
use maud::{Markup, PreEscaped, html};
use serde::Serialize;
use shared::classes::{ClassId, ClassNames};

use super::{numbers::grouped, page::Section};
use crate::{
    embedding::{Embeddings, EpochEmbedding},
    figures::{self, CLASS_COLOURS, FigureError, embedded_names, name_places},
};

const SCRIPT: &str = include_str!("film.js");

/// What the script draws from.
#[derive(Serialize)]
struct Film<'a> {
    classes: &'a ClassNames,
    /// The classes' names as they fit on the canvas.
    names: &'a [String],
    /// The class of each photo.
    labels: &'a [ClassId],
    frames: Vec<Frame>,
}

/// A snapshot.
#[derive(Serialize)]
struct Frame {
    epoch: u32,
    source: String,
    target: String,
    /// Where each class's name stands, where it has a place.
    places: Vec<Option<[f32; 2]>>,
}

impl Frame {
    fn new(embedding: &EpochEmbedding, names: &[String], labels: &[ClassId]) -> Self {
        Self {
            epoch: embedding.epoch,
            source: packed(&embedding.source),
            target: packed(&embedding.target),
            places: name_places(names, labels, &embedding.source),
        }
    }
}

/// Positions as base64 of 16 bits a coordinate, little-endian, from 0 to 1.
fn packed(positions: &[[f32; 2]]) -> String {
    let levels = positions.iter().flatten().map(|value| {
        // A position is a number from 0 to 1; whatever else a file has would wrap around.
        (value.clamp(0.0, 1.0) * f32::from(u16::MAX)).round() as u16
    });
    STANDARD.encode(levels.flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
}

/// A canvas with what moves and colours it, as on the page; where scripts are off and on paper, the last snapshot's figure.
///
/// There is at least one embedding.
pub(super) fn section(embeddings: &Embeddings) -> Result<Section, FigureError> {
    let newest = embeddings.epochs.len().saturating_sub(1);
    let still = figures::embedding(embeddings, newest)?;
    let names = embedded_names(embeddings);
    let frames = embeddings.epochs.iter();
    let frames = frames.map(|epoch| Frame::new(epoch, &names, &embeddings.labels));
    let film = Film {
        classes: &embeddings.classes,
        names: &names,
        labels: &embeddings.labels,
        frames: frames.collect(),
    };
    let json = serde_json::to_string(&film).map_err(FigureError::new)?;
    // Whatever could end the script element, or make a browser pass over its end, begins with this.
    let json = json.replace('<', "\\u003c");
    let (photos, doodles) = (embeddings.labels.len(), embeddings.ids.len());
    Ok(Section {
        id: "embedding",
        title: "Features in two dimensions (t-SNE)",
        body: html! {
            p {
                "Features of " (grouped(photos)) " photos and " (grouped(doodles)) " doodles, the same axes at every epoch. Where photos and \
                 doodles mix, the domains cannot be told apart; where those of one class lie together, a label predictor trained on photos \
                 works on doodles."
            }
            div.film #film hidden {
                canvas #film-canvas role="img"
                    aria-label="t-SNE of features, photos as squares and doodles as dots; the controls beside it choose the epoch and the colours" {}
                (controls(&embeddings.classes, newest))
            }
            figure.still { div.drawn role="img" aria-label="t-SNE of features at the last snapshot" { (PreEscaped(still)) } }
            script type="application/json" #film-data { (PreEscaped(json)) }
            script { (PreEscaped(SCRIPT)) }
        },
    })
}

fn controls(classes: &ClassNames, newest: usize) -> Markup {
    html! {
        div.film-side {
            div.film-playing {
                button.main #film-play type="button" { "Play" }
                p.number #film-epoch {}
            }
            label for="film-at" { "Snapshot" }
            input #film-at type="range" min="0" max=(newest) value=(newest);
            div.segments role="group" aria-label="Colours" {
                button #film-class type="button" aria-pressed="true" { "By class" }
                button #film-domain type="button" aria-pressed="false" { "By domain" }
            }
            p.film-markers {
                span.square.marker {} "photo" span.marker {} "doodle" span.unlabelled { ", without labels" }
            }
            ul.film-classes role="list" aria-label="Classes" {
                @for (number, name) in classes.names().iter().enumerate() {
                    li {
                        button.plain type="button" aria-pressed="false" {
                            span.swatch style={ "background:" (colour(number)) } {}
                            (name)
                        }
                    }
                }
            }
        }
    }
}

/// The colour of a class; beyond ten they come again, nearer to the ink.
fn colour(class: usize) -> String {
    let (token, times) = (class % CLASS_COLOURS.len(), class / CLASS_COLOURS.len());
    let share = 100.0 * 0.6_f32.powi(times as i32);
    format!("color-mix(in srgb, var(--class-{token}) {share:.0}%, var(--ink))")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embeddings(names: &[&str]) -> Embeddings {
        let names = names.iter().copied().map(String::from);
        Embeddings {
            classes: ClassNames::new(names.collect()).unwrap(),
            labels: vec![ClassId(0)],
            ids: vec![4],
            epochs: vec![EpochEmbedding {
                epoch: 0,
                divergence: 1.0,
                source: vec![[0.0, 1.0]],
                target: vec![[0.5, 2.0]],
            }],
        }
    }

    #[test]
    fn no_class_name_ends_the_script_or_hides_its_end() {
        let names = ["<!--<script", "</script>", "<b>"];
        let body = section(&embeddings(&names)).unwrap().body.into_string();
        let (before, rest) = body
            .split_once("id=\"film-data\" type=\"application/json\">")
            .unwrap();
        let (json, after) = rest.split_once("</script>").unwrap();
        assert!(!json.contains('<'), "{json}");
        let read: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(read["classes"], serde_json::json!(names));
        for text in [before, after] {
            assert!(!text.contains("<!--") && !text.contains("<b>"), "{text}");
        }
        assert_eq!(body.matches("<script").count(), 2);
        assert_eq!(body.matches("</script").count(), 2);
    }

    #[test]
    fn positions_are_sixteen_bits_from_0_to_1() {
        let bytes = STANDARD.decode(packed(&[[0.0, 1.0], [0.5, 2.0]])).unwrap();
        assert_eq!(bytes, [0, 0, 255, 255, 0, 128, 255, 255]);
    }

    #[test]
    fn every_class_has_a_button_and_a_colour_of_its_own_up_to_thirty() {
        let names: Vec<String> = (0..200).map(|class| format!("c{class}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let body = section(&embeddings(&names)).unwrap().body.into_string();
        assert_eq!(body.matches("class=\"swatch\"").count(), 200);
        let colours: std::collections::BTreeSet<String> = (0..30).map(colour).collect();
        assert_eq!(colours.len(), 30);
    }
}
