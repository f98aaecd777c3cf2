//! One step in slow motion: a sentence at a time, each about one of the networks.

use leptos::prelude::*;
use protocol::laboratory::Trained;
use shared::dann::Variant;

use super::play;
use super::state::{Laboratory, use_laboratory};
use super::text;
use crate::boxes::Network;
use crate::language::Text;

/// A sentence of a step.
#[derive(Clone, Copy)]
pub struct Sentence {
    /// What it says.
    pub text: Text,
    /// The network that it is about.
    pub network: Network,
    /// What is trained when it is said.
    pub trained: Option<Trained>,
}

/// The sentences of a step by the variant, in order.
pub fn sentences(variant: Variant) -> Vec<Sentence> {
    let sentence = |text, network| Sentence {
        text,
        network,
        trained: None,
    };
    let last = |text| Sentence {
        text,
        network: Network::Extractor,
        trained: Some(Trained::Classifier),
    };
    let maps = sentence(text::SLOW_MAPS, Network::Extractor);
    let classes = sentence(text::SLOW_CLASSES, Network::Predictor);
    if variant == Variant::SourceOnly {
        return vec![maps, classes, last(text::SLOW_UPDATE_ALONE)];
    }
    let gets = match variant {
        Variant::Confusion => text::SLOW_CONFUSION,
        Variant::TwoStep | Variant::Reversal | Variant::SourceOnly => text::SLOW_REVERSED,
    };
    vec![
        maps,
        sentence(text::SLOW_JUDGES, Network::Domain),
        Sentence {
            text: text::SLOW_UPDATE_D,
            network: Network::Domain,
            trained: Some(Trained::Domain),
        },
        classes,
        sentence(gets, Network::Extractor),
        last(text::SLOW_UPDATE),
    ]
}

/// How far the slow step is; copies are the same.
#[derive(Clone, Copy)]
pub struct Slow {
    laboratory: Laboratory,
    /// The sentence that is said, from 0; none before the first.
    pub said: RwSignal<Option<usize>>,
}

impl Slow {
    /// Before the first sentence.
    pub fn new(laboratory: Laboratory) -> Self {
        let said = RwSignal::new(None);
        // With other settings or in a run at full speed, the step is another.
        Effect::new(move |_| {
            laboratory.settings.track();
            if laboratory.is_running.get() {
                laboratory.network.set(None);
            }
            said.set(None);
        });
        Self { laboratory, said }
    }

    /// Says the next sentence, and does what it says.
    pub fn next(self) {
        let laboratory = self.laboratory;
        play::pause(laboratory);
        let all = sentences(laboratory.settings.read_untracked().variant);
        let next = self.said.get_untracked().map_or(0, |said| said + 1) % all.len();
        if let Some(trained) = all[next].trained {
            play::step_once(laboratory, trained);
        }
        laboratory.network.set(Some(all[next].network));
        self.said.set(Some(next));
    }
}

/// The sentences of the slow step, with the one that is said.
#[component]
pub fn SlowSentences(
    /// The slow step.
    slow: Slow,
) -> impl IntoView {
    let laboratory = use_laboratory();
    let variant = Memo::new(move |_| laboratory.settings.read().variant);
    let list = move || {
        let row = |(index, sentence): (usize, Sentence)| {
            let is_said = move || slow.said.get() == Some(index);
            view! {
                <li class:said=is_said aria-current=move || is_said().then_some("step")>{sentence.text}</li>
            }
        };
        let rows = sentences(variant.get()).into_iter().enumerate().map(row);
        view! { <ol class="lab-slow" id="lab-slow">{rows.collect_view()}</ol> }
    };
    move || slow.said.get().is_some().then(list)
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_slow_step_trains_each_network_once() {
        for variant in [Variant::TwoStep, Variant::Reversal, Variant::Confusion] {
            let trained: Vec<Trained> = sentences(variant)
                .iter()
                .filter_map(|sentence| sentence.trained)
                .collect();
            assert_eq!(trained, [Trained::Domain, Trained::Classifier]);
        }
        let alone = sentences(Variant::SourceOnly);
        assert!(
            alone
                .iter()
                .all(|sentence| sentence.network != Network::Domain)
        );
    }
}
