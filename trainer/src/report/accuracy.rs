//! How a run's classifier does on labelled doodles.

use maud::{Markup, html};

use super::{
    Mistake,
    confusion::{matrix, most_frequent},
    numbers::{grouped, percent},
    page::{Section, figure},
};
use crate::{
    evaluation::{Reliability, Score},
    figures::{self, FigureError},
};

/// Of so many classes, the confusion matrix is a table to be read; of more, a figure to be looked at.
const READABLE: usize = 20;
/// How a run's newest classifier does on labelled doodles.
pub struct Scored {
    /// Which doodles, in words.
    pub on: String,
    /// Its accuracy on them.
    pub score: Score,
    /// How well its confidence is calibrated.
    pub reliability: Reliability,
    /// Its most confident mistakes.
    pub mistakes: Vec<Mistake>,
}

pub(super) fn section(scored: &Scored) -> Result<Section, FigureError> {
    let score = &scored.score;
    let words = "Accuracy against confidence, a dot a bin, larger for more doodles. On the diagonal, confidence is accuracy.";
    Ok(Section {
        id: "accuracy",
        title: "Accuracy on doodles",
        body: html! {
            p {
                "Accuracy " (percent(score.accuracy)) ", balanced accuracy " (percent(score.balanced_accuracy)) ", on "
                (grouped(score.scored)) " " (scored.on) "; expected calibration error "
                (percent(scored.reliability.expected_calibration_error)) "."
            }
            @if score.per_class.len() <= READABLE {
                (classes(score))
                (matrix(score))
            } @else {
                details {
                    summary { "Accuracy of each of the " (score.per_class.len()) " classes" }
                    (classes(score))
                }
                (figure(&figures::confusion(score), "Confusion matrix: a row a label, a column a prediction"))
            }
            div.side {
                (most_frequent(score))
                (figure(&figures::reliability(&scored.reliability)?, words))
            }
        },
    })
}

/// A bar a class.
fn classes(score: &Score) -> Markup {
    html! {
        ul.classes role="list" {
            @for class in &score.per_class {
                li {
                    span.name { (class.class) }
                    @match class.accuracy {
                        Some(accuracy) => {
                            span.bar { span style={ "width:" (percent(accuracy).replace(' ', "")) } {} }
                            span.number { (percent(accuracy)) " of " (grouped(class.count as usize)) }
                        }
                        None => { span.bar {} span.number { "no labels" } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::classes::{ClassId, ClassNames};

    use super::*;

    fn html(count: u64) -> String {
        let names = (0..count).map(|class| format!("<{class}>")).collect();
        let class = |id: u64| ClassId((id % count) as u8);
        // Each doodle of class 1 is taken for one of class 0; the last class has no labels.
        let labels = (0..4 * count)
            .filter(|id| id % count != count - 1 || count == 2)
            .map(|id| (id, class(id)))
            .collect();
        let predictions = (0..4 * count).map(|id| {
            (
                id,
                if id % count == 1 {
                    ClassId(0)
                } else {
                    class(id)
                },
            )
        });
        let names = ClassNames::new(names).unwrap();
        let scored = Scored {
            on: "doodles".into(),
            score: Score::new(predictions, &labels, &names).unwrap(),
            reliability: Reliability::new([(0.9, true)]),
            mistakes: Vec::new(),
        };
        section(&scored).unwrap().body.into_string()
    }

    #[test]
    fn the_matrix_is_a_table_for_few_classes_and_a_figure_for_many() {
        for count in [2, 20, 200] {
            let html = html(count);
            assert_eq!(html.contains("<figure class=\"confusion\">"), count <= 20);
            assert_eq!(html.contains("a row a label"), count > 20);
            assert_eq!(
                html.matches("<li><span class=\"name\">").count(),
                count as usize
            );
            assert!(
                html.contains("&lt;1&gt; \u{2192} &lt;0&gt;</span>"),
                "{html}"
            );
            assert!(html.contains("4 (100.0 %)"));
            assert_eq!(html.contains("no labels"), count > 2);
            assert!(!html.contains("<1>"));
        }
    }
}
