//! The schedule of lambda.

use laboratory::{Lambda, Settings};
use leptos::prelude::*;

use super::fields::{Choice, Number};
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
            <Number
                id="lab-lambda-value" name=text::LAMBDA_VALUE least=0.0 greatest=2.0 step=0.05
                get=constant set=|settings, value| settings.lambda = Lambda::Constant(value)
            />
        })}
    }
}

/// The constant lambda, or what it begins with.
fn constant(settings: &Settings) -> f32 {
    match settings.lambda {
        Lambda::Constant(value) => value,
        Lambda::Log | Lambda::Paper => 1.0,
    }
}
