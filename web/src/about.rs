//! How the network learned, what happens to drawings and photos, and whose data it learned from.

use engine::messages::{Knowledge, Measured};
use leptos::prelude::*;

/// The text below the views.
#[component]
pub fn About(
    /// What the weights know, once they are loaded.
    knowledge: Signal<Option<Knowledge>>,
) -> impl IntoView {
    let measured = move || {
        let knowledge = knowledge.read();
        let measured = knowledge.as_ref()?.measured.as_ref()?;
        Some(view! { <p class="measured">{sentence(measured)}</p> })
    };
    view! {
        <section class="about" aria-labelledby="about-title">
            <h2 id="about-title">"How it learned"</h2>
            <ol class="steps" role="list">
                <li>
                    <h3>"Photos become edges"</h3>
                    <p>
                        "Small photos with a name on each are shown to it in grey and as edges, found by Canny’s method.
                        What is left of a photo then looks a little like a drawing."
                    </p>
                </li>
                <li>
                    <h3>"Doodles come without names"</h3>
                    <p>
                        "It also saw many doodles, but nobody ever told it what one shows.
                        A second network tried to tell edges from doodles, and the first learned to leave it no clue."
                    </p>
                </li>
                <li>
                    <h3>"Both look alike to it"</h3>
                    <p>
                        "So edges and doodles became the same few hundred numbers,
                        and the names learned on photos hold for drawings too. This is domain-adversarial training."
                    </p>
                </li>
            </ol>
            {measured}
            <p>
                <strong>"Nothing leaves your machine. "</strong>
                "The network runs in this page; what you draw or open is never sent anywhere."
            </p>
            <p class="credits">
                "Learned from doodles of "
                <a href="https://github.com/googlecreativelab/quickdraw-dataset" rel="noreferrer">"Quick, Draw!"</a>
                " by Google, under "
                <a href="https://creativecommons.org/licenses/by/4.0/" rel="noreferrer license">"CC BY 4.0"</a>
                ", and from photos of "
                <a href="https://www.cs.toronto.edu/~kriz/cifar.html" rel="noreferrer">"CIFAR"</a>
                "."
            </p>
        </section>
    }
}

fn sentence(measured: &Measured) -> String {
    format!(
        "Measured on {} {}: it names {:.0}\u{a0}% of them rightly.",
        grouped(measured.pictures),
        measured.on,
        measured.accuracy * 100.0
    )
}

/// 12345 as "12,345".
fn grouped(number: usize) -> String {
    let digits: Vec<char> = number.to_string().chars().collect();
    let mut groups: Vec<String> = digits
        .rchunks(3)
        .map(|group| group.iter().collect())
        .collect();
    groups.reverse();
    groups.join(",")
}
