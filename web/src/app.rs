//! The whole page below its header.

use image::{DynamicImage, GrayImage};
use leptos::prelude::*;
use shared::drawing::Drawing;
use shared::input::{DOODLE_SIDE, grey_from_doodle};

use crate::about;
use crate::canvas::PictureCanvas;
use crate::draw;
use crate::draw::history::History;
use crate::draw::seen::seen;
use crate::draw::view::DrawView;
use crate::draw::why;
use crate::engines::client::{Addresses, Client};
use crate::engines::switch::EngineSwitch;
use crate::errors;
use crate::focus::FRONT_TAB;
use crate::game::play::Play;
use crate::game::view::GameView;
use crate::guess::view::{AllClasses, AnswerView};
use crate::laboratory::view::LaboratoryView;
use crate::language::{both, said};
use crate::networks::Network;
use crate::networks::view::NetworkSwitch;
use crate::networks::view::OwnWeights;
use crate::own_classes::view::OwnClasses;
use crate::part::{later, part};
use crate::photo::view::PhotoView;
use crate::share;
use crate::share::button::ShareButton;
use crate::state::State;
use crate::story::view::StoryView;
use crate::tabs::{Panel, Tabs};
use crate::text;
use crate::views::View;

part!(
    /// The photo view.
    photo: fn() -> AnyView = || view! { <PhotoView /> }.into_any()
);
part!(
    /// The game.
    game: fn() -> AnyView = || view! { <GameView /> }.into_any()
);
part!(
    /// The laboratory.
    laboratory: fn() -> AnyView = || view! { <LaboratoryView /> }.into_any()
);
part!(
    /// The story.
    story: fn() -> AnyView = || view! { <StoryView /> }.into_any()
);

/// The views and the answer about the one in front.
#[component]
pub fn App(
    /// Where the engines and their weights lie.
    addresses: Addresses,
    /// What was drawn before the page's program had come.
    #[prop(optional)]
    early: Drawing,
) -> impl IntoView {
    let own_weights = addresses.own_weights.clone();
    let state = State::provide(addresses);
    state.history.set(History::of(&early));
    let (engines, view, history, photos) = (state.engines, state.view, state.history, state.photo);

    share::opened::follow(history);
    let play = Play::provide(state);
    let (seen, game_seen) = (seen(history), seen(play.history));
    let subject = Memo::new(move |_| match view.get() {
        // The story shows the same drawing on its map.
        View::Draw | View::Story => seen.read().as_ref().map(grey_from_doodle),
        View::Photo => photos.edges_32(),
        View::Game => game_seen.read().as_ref().map(grey_from_doodle),
        View::Laboratory => None,
    });
    let has_subject = Memo::new(move |_| subject.read().is_some());

    let variants = Memo::new(move |_| match view.get() {
        View::Draw => why::wanted(state.why, history),
        View::Photo | View::Game | View::Laboratory | View::Story => Vec::new(),
    });

    let ask = move |client: Client, is_other_view: bool| {
        let subject = subject.get();
        // A late answer about the other view would be wrong here.
        if is_other_view || subject.is_none() {
            client.dismiss();
        }
        if let Some(picture) = subject {
            client.ask(picture, variants.get());
        }
    };
    // The view that a visit begins with is there at once; those that come later move in.
    let is_turned = RwSignal::new(false);
    engines.start();
    Effect::new(move |before: Option<View>| {
        let view = view.get();
        if before.is_some_and(|before| before != view) {
            is_turned.set(true);
        }
        ask(engines, before != Some(view));
        view
    });
    Effect::new(move |_| match &engines.status().read().failure {
        Some(failure) => {
            let what = both(|| text::no_engine_runs(said(failure)));
            errors::show(errors::Topic::Engine, &what);
        }
        None => errors::clear(errors::Topic::Engine),
    });

    Effect::new(move |before: Option<View>| {
        let view = view.get();
        if let Some(client) = state.networks.client(Network::PhotosOnly) {
            ask(client, before != Some(view));
        }
        view
    });

    about::follow(engines.model_info());

    let in_front = move |wanted| Signal::derive(move || view.get() == wanted);
    let picture = Signal::derive(move || {
        let blank = || GrayImage::new(DOODLE_SIDE, DOODLE_SIDE);
        Some(DynamicImage::from(seen.get().unwrap_or_else(blank)))
    });
    view! {
        <Tabs />
        <div class="stage" class:turned=is_turned>
            <Panel of=View::Draw>
                <DrawView seen=seen>
                    <ShareButton />
                </DrawView>
            </Panel>
            <Panel of=View::Photo>{later(in_front(View::Photo), FRONT_TAB, photo, |view| view())}</Panel>
            <Panel wide=true of=View::Game>{later(in_front(View::Game), FRONT_TAB, game, |view| view())}</Panel>
            <Panel wide=true of=View::Laboratory>{later(in_front(View::Laboratory), FRONT_TAB, laboratory, |view| view())}</Panel>
            <Panel wide=true of=View::Story>{later(in_front(View::Story), FRONT_TAB, story, |view| view())}</Panel>
            <AnswerView has_subject=has_subject />
            <section class="more" aria-label=text::MORE hidden=move || !view.get().has_answer()>
                <AllClasses />
                <figure class="seen" class:empty=move || seen.read().is_none() hidden=move || view.get() != View::Draw>
                    <PictureCanvas id="seen-28" label=draw::text::SEEN_LABEL picture=picture />
                    <figcaption>{draw::text::SEEN_CAPTION}</figcaption>
                </figure>
                <div hidden=move || view.get() != View::Draw>
                    <OwnClasses />
                </div>
                <NetworkSwitch />
                <OwnWeights name=own_weights />
                <EngineSwitch />
            </section>
        </div>
    }
}
