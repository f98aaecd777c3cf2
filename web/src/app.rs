//! The whole page below its header.

use image::DynamicImage;
use leptos::prelude::*;
use shared::drawing::rasterise;
use shared::input::grey_from_doodle;

use crate::about::About;
use crate::canvas::PictureCanvas;
use crate::draw::history::History;
use crate::draw::view::DrawView;
use crate::engine::client::{Addresses, Client};
use crate::engine::switch::EngineSwitch;
use crate::errors;
use crate::guess::bars::Bars;
use crate::guess::headline::Headline;
use crate::photo::state::Photo;
use crate::photo::thresholds::Thresholds;
use crate::photo::view::PhotoView;
use crate::tabs::{Tab, Tabs};

/// Both views, the guess about the one in front, and the text below.
#[component]
pub fn App(
    /// Where the engines and their weights lie.
    addresses: Addresses,
) -> impl IntoView {
    let client = Client::new(addresses);
    let tab = RwSignal::new(Tab::default());
    let history = RwSignal::new(History::default());
    let photo = RwSignal::new(None::<Photo>);
    let thresholds = RwSignal::new(Thresholds::default());

    let classes = Memo::new(move |_| {
        let knowledge = client.knowledge();
        knowledge
            .read()
            .as_ref()
            .map(|knowledge| knowledge.classes.clone())
            .unwrap_or_default()
    });
    let seen = Memo::new(move |_| rasterise(history.read().drawing()));
    let subject = Memo::new(move |_| match tab.get() {
        Tab::Draw if history.read().drawing().is_empty() => None,
        Tab::Draw => Some(grey_from_doodle(&seen.read())),
        Tab::Photo => photo
            .read()
            .as_ref()
            .map(|photo| photo.edges_32(thresholds.get().into())),
    });
    let has_subject = Memo::new(move |_| subject.read().is_some());

    client.start();
    Effect::new(move |before: Option<Tab>| {
        let tab = tab.get();
        let subject = subject.get();
        // A late answer about the other view would be wrong here.
        if before != Some(tab) || subject.is_none() {
            client.dismiss();
        }
        if let Some(picture) = subject {
            client.ask(picture);
        }
        tab
    });
    Effect::new(move |_| match &client.status().read().failure {
        Some(failure) => {
            let sentence = format!("There are no guesses. {failure} You can still draw.");
            errors::show(errors::Source::Engine, &sentence);
        }
        None => errors::clear(errors::Source::Engine),
    });

    let seen = Signal::derive(move || Some(DynamicImage::from(seen.get())));
    view! {
        <Tabs tab=tab />
        <div class="stage">
            <section id="panel-draw" role="tabpanel" aria-labelledby="tab-draw" hidden=move || tab.get() != Tab::Draw>
                <DrawView history=history classes=classes tab=tab />
            </section>
            <section id="panel-photo" role="tabpanel" aria-labelledby="tab-photo" hidden=move || tab.get() != Tab::Photo>
                <PhotoView photo=photo thresholds=thresholds tab=tab />
            </section>
            <aside class="answer" aria-label="The guess">
                <Headline client=client classes=classes tab=tab has_subject=has_subject />
                <Bars classes=classes shown=client.shown() />
                <figure class="seen" hidden=move || tab.get() != Tab::Draw>
                    <PictureCanvas id="seen-28" label="Your drawing as the model sees it, 28 by 28 pixels" picture=seen />
                    <figcaption>"What the model sees: 28\u{a0}×\u{a0}28 pixels"</figcaption>
                </figure>
                <EngineSwitch client=client />
            </aside>
        </div>
        <About knowledge=client.knowledge() />
    }
}
