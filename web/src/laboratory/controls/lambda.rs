//! The schedule of lambda.

use laboratory::{Lambda, Settings};
use leptos::prelude::*;

use super::fields::{Choice, Stops};
use crate::laboratory::state::use_laboratory;
use crate::laboratory::text;

/// Lambda: a schedule, and where it is constant its value.
#[component]
pub fn Schedule() -> impl IntoView {
    let laboratory = use_laboratory();
    let chosen = move || {
        Some(match laboratory.settings.read().lambda {
            Lambda::Constant(_) => 0,
            Lambda::Log => 1,
            Lambda::Paper => 2,
        })
    };
    let choose = move |index: usize| {
        laboratory.edit(|settings| {
            settings.lambda = match index {
                0 => Lambda::Constant(constant(settings)),
                1 => Lambda::Log,
                _ => Lambda::Paper,
            }
        });
    };
    let is_constant =
        Memo::new(move |_| matches!(laboratory.settings.read().lambda, Lambda::Constant(_)));
    view! {
        <Choice
            id="lab-schedule" name=text::LAMBDA
            options=vec![text::CONSTANT, text::LOG, text::PAPER] chosen=chosen choose=choose
        />
        {move || is_constant.get().then(|| view! {
            <Stops
                id="lab-lambda-value" name=text::LAMBDA_VALUE stops=stops()
                get=constant set=|settings, value| settings.lambda = Lambda::Constant(value)
            />
        })}
    }
}

/// Values of lambda from 0 to 10. Small ones lie closer together: most that can be seen happens below 1.
fn stops() -> Vec<f32> {
    let hundredths = (0..100)
        .step_by(5)
        .chain((100..200).step_by(10))
        .chain((200..=1000).step_by(50));
    hundredths.map(|value| value as f32 / 100.0).collect()
}

/// The constant lambda, or what it begins with.
fn constant(settings: &Settings) -> f32 {
    match settings.lambda {
        Lambda::Constant(value) => value,
        Lambda::Log | Lambda::Paper => 1.0,
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn every_lambda_of_a_lesson_is_a_stop_and_so_is_each_tenth_to_2() {
        let stops = stops();
        assert!(stops.is_sorted());
        let tenths = (0..=20).map(|value| value as f32 / 10.0);
        for value in tenths.chain([0.05, 0.3, 10.0]) {
            assert!(stops.contains(&value), "{value}");
        }
    }
}
