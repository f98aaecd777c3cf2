//! How a run's classifier does on labelled doodles.

use maud::{Markup, html};

use super::{
    Mistake,
    page::{Section, figure, grouped, percent},
};
use crate::{
    evaluation::{Reliability, Score},
    figures::{self, FigureError},
};

/// Of so many classes, the confusion matrix is a table to be read; of more, a figure to be looked at.
const READABLE: usize = 20;
/// Confusions that are listed.
const LISTED: usize = 10;

/// How a run's newest classifier does on labelled doodles.
pub struct Scored {
    /// Which doodles, in words.
    pub on: String,
    /// How often it is right.
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
                (confusion(score))
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

/// The matrix as a table, in percent of each row.
fn confusion(score: &Score) -> Markup {
    let names = || score.per_class.iter().map(|class| &class.class);
    html! {
        figure.confusion {
            figcaption {
                "Confusion matrix: of the doodles of a row’s class, how many percent are predicted as each column’s class"
            }
            table {
                thead { tr { td {} @for name in names() { th scope="col" { span { (name) } } } } }
                tbody {
                    @for (label, (class, row)) in score.per_class.iter().zip(&score.confusion).enumerate() {
                        tr {
                            th scope="row" { span { (class.class) } }
                            @for (column, count) in row.iter().enumerate() {
                                @let share = 100.0 * f64::from(*count) / f64::from(class.count.max(1));
                                td.correct[label == column] style={ "--share:" (format!("{share:.1}")) "%" }
                                    title={ (grouped(*count as usize)) " of " (grouped(class.count as usize)) } {
                                    @if *count > 0 { (format!("{share:.0}")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The confusions that come most often.
fn most_frequent(score: &Score) -> Markup {
    let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
    for (label, row) in score.confusion.iter().enumerate() {
        let wrong = row.iter().enumerate();
        let wrong = wrong.filter(|(column, count)| *column != label && **count > 0);
        pairs.extend(wrong.map(|(column, count)| (*count, label, column)));
    }
    // Of equals, the one that comes first in the matrix.
    pairs.sort_by_key(|(count, label, column)| (std::cmp::Reverse(*count), *label, *column));
    pairs.truncate(LISTED);
    let class = |class: usize| &score.per_class[class];
    html! {
        @if !pairs.is_empty() {
            figure.frequent {
                figcaption { "The most frequent confusions, of all doodles with that label" }
                ol {
                    @for (count, label, column) in &pairs {
                        li {
                            span { (class(*label).class) " \u{2192} " (class(*column).class) }
                            span.number {
                                (grouped(*count as usize)) " (" (percent(f64::from(*count) / f64::from(class(*label).count.max(1)))) ")"
                            }
                        }
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
