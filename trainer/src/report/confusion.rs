//! Which classes are taken for which.

use maud::{Markup, html};

use super::numbers::{grouped, percent};
use crate::evaluation::Score;

/// Confusions that are listed.
const LISTED: usize = 10;

/// The matrix as a table, in percent of each row.
pub(super) fn matrix(score: &Score) -> Markup {
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
pub(super) fn most_frequent(score: &Score) -> Markup {
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
