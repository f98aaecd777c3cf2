//! One step in slow motion: a sentence at a time, each about one of the networks.

use laboratory::Settings;
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
    /// What is shown once it is said.
    pub shown: Shown,
}

/// What a sentence shows of the step that its sentences make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nothing yet, or nothing more.
    Nothing,
    /// What the step made of D. It is made whole, as "One step" makes it: with gradient reversal all networks share one backward
    /// pass, and D's updates may be several.
    Domain,
    /// All of it.
    Whole,
}

/// The sentences of a step, in order.
pub fn sentences(settings: &Settings) -> Vec<Sentence> {
    let sentence = |text, network| Sentence {
        text,
        network,
        shown: Shown::Nothing,
    };
    let last = |text| Sentence {
        text,
        network: Network::Extractor,
        shown: Shown::Whole,
    };
    let maps = sentence(text::SLOW_MAPS, Network::Extractor);
    let classes = sentence(text::SLOW_CLASSES, Network::Predictor);
    if !settings.trains_domain() {
        return vec![maps, classes, last(text::SLOW_UPDATE_ALONE)];
    }
    let gets = match settings.variant {
        _ if !settings.has_adversary() => text::SLOW_NOTHING,
        Variant::Confusion => text::SLOW_CONFUSION,
        Variant::TwoStep | Variant::Reversal | Variant::SourceOnly => text::SLOW_REVERSED,
    };
    let mut sentences = vec![
        maps,
        sentence(text::SLOW_JUDGES, Network::Domain),
        Sentence {
            text: text::SLOW_UPDATE_D,
            network: Network::Domain,
            shown: Shown::Domain,
        },
        classes,
        sentence(gets, Network::Extractor),
    ];
    if settings.consistency_weight > 0.0 || settings.im_weight > 0.0 {
        sentences.push(sentence(text::SLOW_RINGS, Network::Predictor));
    }
    sentences.push(last(text::SLOW_UPDATE));
    sentences
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
        // With other settings, or after steps at full speed, the step is another. Pausing is part of a slow step and changes nothing.
        let settings = Memo::new(move |_| laboratory.settings.get());
        Effect::new(move |_| {
            settings.track();
            said.set(None);
        });
        // A run that begins anew begins with its first step.
        let has_begun = Memo::new(move |_| laboratory.has_begun());
        Effect::new(move |_| {
            if !has_begun.get() {
                said.set(None);
            }
        });
        Effect::new(move |_| {
            if laboratory.is_running.get() {
                laboratory.network.set(None);
                said.set(None);
            }
        });
        Self { laboratory, said }
    }

    /// Says the next sentence, and does what it says.
    pub fn next(self) {
        let laboratory = self.laboratory;
        play::pause(laboratory);
        let all = sentences(&laboratory.settings.read_untracked());
        let next = self.said.get_untracked().map_or(0, |said| said + 1) % all.len();
        let is_made_before = all[..next]
            .iter()
            .any(|sentence| sentence.shown == Shown::Domain);
        match all[next].shown {
            Shown::Nothing => {}
            Shown::Whole if is_made_before => laboratory.show_rest(),
            // There is no second request beside the one under way.
            Shown::Domain | Shown::Whole if laboratory.is_waiting() => return,
            Shown::Whole => play::step_once(laboratory, Trained::All),
            Shown::Domain => {
                play::step_once(laboratory, Trained::All);
                laboratory.hold_back();
            }
        }
        laboratory.network.set(Some(all[next].network));
        self.said.set(Some(next));
    }

    /// Leaves the slow step, whose rest is shown at once.
    pub fn leave(self) {
        self.laboratory.show_rest();
        self.said.set(None);
    }
}

/// The sentences of the slow step, with the one that is said.
#[component]
pub fn SlowSentences(
    /// The slow step.
    slow: Slow,
) -> impl IntoView {
    let laboratory = use_laboratory();
    let list = move || {
        let row = |(index, sentence): (usize, Sentence)| {
            let is_said = move || slow.said.get() == Some(index);
            view! {
                <li class:said=is_said aria-current=move || is_said().then_some("step")>{sentence.text}</li>
            }
        };
        let rows = sentences(&laboratory.settings.read())
            .into_iter()
            .enumerate()
            .map(row);
        view! { <ol class="lab-slow" id="lab-slow">{rows.collect_view()}</ol> }
    };
    move || slow.said.get().is_some().then(list)
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use laboratory::Lambda;

    use super::*;

    #[test]
    fn a_slow_step_shows_d_first_and_then_the_whole() {
        for variant in [Variant::TwoStep, Variant::Reversal, Variant::Confusion] {
            let settings = Settings {
                variant,
                ..Settings::default()
            };
            let shown: Vec<Shown> = sentences(&settings)
                .iter()
                .map(|sentence| sentence.shown)
                .filter(|shown| *shown != Shown::Nothing)
                .collect();
            assert_eq!(shown, [Shown::Domain, Shown::Whole]);
        }
        let alone = sentences(&Settings {
            variant: Variant::SourceOnly,
            ..Settings::default()
        });
        assert!(
            alone
                .iter()
                .all(|sentence| sentence.network != Network::Domain
                    && sentence.shown != Shown::Domain)
        );
        let consistent = sentences(&Settings {
            lambda: Lambda::Constant(0.0),
            consistency_weight: 1.0,
            ..Settings::default()
        });
        let said: Vec<&str> = consistent
            .iter()
            .map(|sentence| (sentence.text)())
            .collect();
        assert!(said.contains(&text::SLOW_NOTHING()) && said.contains(&text::SLOW_RINGS()));
        assert!(!said.contains(&text::SLOW_REVERSED()));
    }
}
