//! The slider through the t-SNE embeddings.

use serde::Serialize;

use super::page::Section;
use crate::{
    embedding::Embeddings,
    figures::{DOMAIN_COLOURS, class_colour, hex},
};

/// What the script draws from.
#[derive(Serialize)]
struct Drawn<'a> {
    #[serde(flatten)]
    embeddings: &'a Embeddings,
    colours: Vec<String>,
    domains: [String; 2],
}

/// A canvas with one embedding for each epoch, and a slider for the epoch; the last one where scripts are off.
pub(super) fn section(embeddings: &Embeddings, last: &str) -> anyhow::Result<Section> {
    let drawn = Drawn {
        embeddings,
        colours: (0..embeddings.classes.len())
            .map(|class| hex(class_colour(class)))
            .collect(),
        domains: DOMAIN_COLOURS.map(hex),
    };
    // Whatever could end the script element, or make a browser pass over its end, begins with this.
    let json = serde_json::to_string(&drawn)?.replace('<', "\\u003c");
    let newest = embeddings.epochs.len().saturating_sub(1);
    Ok(Section {
        title: "Features in two dimensions (t-SNE)",
        body: format!(
            "<div class=\"embedding\">\n<canvas id=\"embedding\" width=\"992\" height=\"462\" role=\"img\" aria-label=\"t-SNE of features: on the left \
             photos by class, on the right photos and doodles; where the two mix, the domains cannot be told apart\"></canvas>\n\
             <div class=\"steer\"><label for=\"embedding-epoch\">Epoch</label><input id=\"embedding-epoch\" type=\"range\" min=\"0\" max=\"{newest}\" \
             value=\"{newest}\"><output id=\"embedding-label\" for=\"embedding-epoch\"></output></div>\n\
             <noscript><figure>{last}</figure></noscript>\n\
             <p>Features of {} photos and {} doodles in two dimensions, the same axes at every epoch. Where photos and doodles of one \
             class lie together, a label predictor trained on photos works on doodles.</p>\n</div>\n\
             <script type=\"application/json\" id=\"embedding-data\">{json}</script>\n<script>\n{}</script>",
            embeddings.labels.len(),
            embeddings
                .epochs
                .first()
                .map_or(0, |epoch| epoch.target.len()),
            include_str!("embedding.js"),
        ),
    })
}

#[cfg(test)]
mod tests {
    use shared::classes::{ClassId, ClassNames};

    use super::*;
    use crate::{embedding::EpochEmbedding, figures};

    #[test]
    fn no_class_name_ends_the_script_or_hides_its_end() {
        let names = ["<!--<script", "</script>", "<b>"].map(String::from);
        let embeddings = Embeddings {
            classes: ClassNames::new(names.to_vec()).unwrap(),
            labels: vec![ClassId(0)],
            ids: vec![4],
            epochs: vec![EpochEmbedding {
                epoch: 0,
                divergence: 1.0,
                source: vec![[0.0, 1.0]],
                target: vec![[0.5, 0.5]],
            }],
        };
        let last = figures::embedding(&embeddings, 0).unwrap();
        let body = section(&embeddings, &last).unwrap().body;
        let (before, rest) = body.split_once("id=\"embedding-data\">").unwrap();
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
}
