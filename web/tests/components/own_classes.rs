//! Classes of the visitor's own: added, kept, exported, imported and forgotten.

mod storage;

use js_sys::Array;
use leptos::prelude::*;
use shared::classes::ClassNames;
use shared::drawing::Drawing;
use wasm_bindgen_test::wasm_bindgen_test;
use web::draw::history::History;
use web::own_classes::class::MOST;
use web::own_classes::shelf::Shelf;
use web::own_classes::view::OwnClasses;
use web_sys::{DataTransfer, Event, File, HtmlElement, HtmlInputElement};

use crate::drawing::visitor::frame;
use crate::stage::{self, Stage, attribute, click, find, is_visible, send, settle, text, until};

/// A sheet, and what the network makes of what is on it.
#[derive(Clone, Copy)]
struct Sheet {
    history: RwSignal<History>,
    features: RwSignal<Option<Vec<f32>>>,
}

impl Sheet {
    fn new() -> Self {
        Self {
            history: RwSignal::new(History::default()),
            features: RwSignal::new(None),
        }
    }

    async fn draw(self, wobble: u8) {
        let mut drawing = Drawing::default();
        drawing.begin((f32::from(wobble), 10.0).into());
        drawing.extend((200.0, 300.0).into());
        self.history.set(History::of(&drawing));
        self.features
            .set(Some(vec![4.0, f32::from(wobble) / 4.0, 0.0]));
        settle().await;
    }

    /// Five examples and a name.
    async fn teach(self, name: &str) {
        for wobble in 0..5 {
            self.draw(wobble).await;
            click("#own-take").await;
        }
        stage::element::<HtmlInputElement>("#own-name").set_value(name);
        click("#own-finish").await;
    }
}

/// The part alone, for the weights of a name.
async fn part(sheet: Sheet, weights: &'static str) -> Stage {
    let page = stage::mount(move || {
        let names = Memo::new(|_| Some(ClassNames::default()));
        Shelf::provide(sheet.history, names, sheet.features.into(), weights);
        view! { <OwnClasses /> }
    })
    .await;
    click("#own-classes summary").await;
    page
}

/// Forgets the classes that a test before has added.
async fn forget_all() {
    settle().await;
    while find(".own-class button").is_some() {
        click(".own-class button").await;
    }
    settle().await;
}

async fn import(content: &str) {
    let file = File::new_with_str_sequence(&Array::of1(&content.into()), "classes.json").unwrap();
    let transfer = DataTransfer::new().unwrap();
    transfer.items().add_with_file(&file).unwrap();
    let input: HtmlInputElement = stage::element("#own-file");
    input.set_files(transfer.files().as_ref());
    send("#own-file", &Event::new("change").unwrap());
    settle().await;
}

/// What stands in for the browser's saving of files, which leaves their text in `exported`; the browser's own is back with
/// the end of this value.
struct CaughtExports;

impl CaughtExports {
    fn new() -> Self {
        js_sys::eval(
            "globalThis.exported = undefined;
            globalThis.own = { address: URL.createObjectURL, click: HTMLAnchorElement.prototype.click };
            URL.createObjectURL = (blob) => { blob.text().then((text) => { globalThis.exported = text; }); return '#'; };
            HTMLAnchorElement.prototype.click = function () {};",
        )
        .unwrap();
        Self
    }
}

impl Drop for CaughtExports {
    fn drop(&mut self) {
        js_sys::eval(
            "URL.createObjectURL = own.address; HTMLAnchorElement.prototype.click = own.click;",
        )
        .unwrap();
    }
}

#[wasm_bindgen_test]
async fn five_drawings_and_a_name_make_a_class() {
    let sheet = Sheet::new();
    let _part = part(sheet, "weights/one").await;
    forget_all().await;
    assert!(text("#own-classes").contains("Nothing is trained"));
    assert!(attribute("#own-take", "disabled").is_some());
    sheet.draw(0).await;
    click("#own-take").await;
    assert_eq!(text("#own-progress"), "1 of 5 examples");
    assert!(sheet.history.read_untracked().drawing().is_empty());
    click("#own-undo").await;
    assert_eq!(text("#own-progress"), "0 of 5 examples");
    sheet.teach("star").await;
    assert!(text("#own-said").contains("“star” is one of the answers now"));
    assert_eq!(text(".own-class strong"), "star");
    assert!(find(".own-class .doodle:nth-child(5)").is_some());
    forget_all().await;
}

#[wasm_bindgen_test]
async fn names_keep_their_joiners_and_turn_no_sentence_round() {
    let sheet = Sheet::new();
    let _part = part(sheet, "weights/one").await;
    forget_all().await;
    for (name, shown) in [
        ("\u{202e}evil", "evil"),
        ("👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧"),
        ("کتاب", "\u{2068}کتاب\u{2069}"),
    ] {
        sheet.teach(name).await;
        let told = text("#own-said");
        assert!(told.starts_with(&format!("“{shown}” is")), "{told}");
    }
    forget_all().await;
}

#[wasm_bindgen_test]
async fn where_there_is_no_room_it_is_said_before_anything_is_drawn() {
    let sheet = Sheet::new();
    let _part = part(sheet, "weights/one").await;
    forget_all().await;
    for number in 0..MOST {
        assert!(!is_visible("#own-full"));
        sheet.teach(&number.to_string()).await;
    }
    assert!(text("#own-full").contains("forget one to add another"));
    assert!(is_visible("#own-full"));
    sheet.draw(0).await;
    assert!(attribute("#own-take", "disabled").is_some());
    click(".own-class button").await;
    assert!(!is_visible("#own-full"));
    assert!(attribute("#own-take", "disabled").is_none());
    forget_all().await;
}

#[wasm_bindgen_test]
async fn the_last_of_five_examples_can_be_taken_back() {
    let sheet = Sheet::new();
    let _part = part(sheet, "weights/one").await;
    forget_all().await;
    for wobble in 0..5 {
        sheet.draw(wobble).await;
        click("#own-take").await;
    }
    assert!(!is_visible("#own-take") && is_visible("#own-name"));
    click("#own-undo").await;
    assert_eq!(text("#own-progress"), "4 of 5 examples");
    assert!(is_visible("#own-take") && !is_visible("#own-name"));
}

#[wasm_bindgen_test]
async fn a_name_that_is_taken_is_a_sentence_and_the_examples_stay() {
    let sheet = Sheet::new();
    let _part = part(sheet, "weights/one").await;
    forget_all().await;
    sheet.teach("Cat").await;
    assert_eq!(
        text("#own-said"),
        "The class was not added: there is a class “cat” already: choose another name."
    );
    assert_eq!(text("#own-progress"), "5 of 5 examples");
    assert!(find(".own-class").is_none());
}

#[wasm_bindgen_test]
async fn classes_are_kept_on_this_machine_until_they_are_forgotten() {
    let sheet = Sheet::new();
    {
        let _part = part(sheet, "weights/one").await;
        forget_all().await;
        sheet.teach("star").await;
        settle().await;
    }
    {
        let _part = part(Sheet::new(), "weights/one").await;
        until("the class is there again", || find(".own-class").is_some()).await;
        click(".own-class button").await;
        assert_eq!(text("#own-said"), "“star” is forgotten.");
        assert!(find(".own-class").is_none());
        settle().await;
    }
    let _part = part(Sheet::new(), "weights/one").await;
    settle().await;
    assert!(find(".own-class").is_none());
}

#[wasm_bindgen_test]
async fn what_two_tabs_add_and_forget_is_kept() {
    let (sheet, other) = (Sheet::new(), Sheet::new());
    {
        let _part = part(sheet, "weights/one").await;
        forget_all().await;
        sheet.teach("moon").await;
        settle().await;
    }
    // Another tab is the same part with a memory of its own.
    let other_shelf = StoredValue::new(None);
    let page = stage::mount(move || {
        let names = Memo::new(|_| Some(ClassNames::default()));
        let shelf = |sheet: Sheet| {
            let features = sheet.features.into();
            Shelf::provide(sheet.history, names, features, "weights/one")
        };
        other_shelf.set_value(Some(shelf(other)));
        shelf(sheet);
        view! { <OwnClasses /> }
    })
    .await;
    click("#own-classes summary").await;
    until("the class is there", || find(".own-class").is_some()).await;
    let other_shelf: Shelf = other_shelf.get_value().unwrap();
    for wobble in 0..5 {
        other.draw(wobble).await;
        other_shelf.take();
    }
    assert!(other_shelf.finish("star"));
    settle().await;
    assert!(find("[data-name=star]").is_none());
    click("[data-name=moon] button").await;
    sheet.teach("bolt").await;
    until("the other tab's class is there", || {
        text(".own-list strong") == "star"
    })
    .await;
    assert!(find("[data-name=bolt]").is_some());
    drop(page);

    let _part = part(Sheet::new(), "weights/one").await;
    until("both are there", || find("[data-name=bolt]").is_some()).await;
    assert!(find("[data-name=star]").is_some());
    assert!(find("[data-name=moon]").is_none());
    forget_all().await;
}

#[wasm_bindgen_test]
async fn a_name_that_another_tab_has_taken_gives_the_examples_back() {
    let sheet = Sheet::new();
    let other_shelf = StoredValue::new(None);
    let _page = stage::mount(move || {
        let names = Memo::new(|_| Some(ClassNames::default()));
        let shelf = || Shelf::provide(sheet.history, names, sheet.features.into(), "weights/one");
        other_shelf.set_value(Some(shelf()));
        shelf();
        view! { <OwnClasses /> }
    })
    .await;
    click("#own-classes summary").await;
    forget_all().await;
    let other_shelf: Shelf = other_shelf.get_value().unwrap();
    for wobble in 3..8 {
        sheet.draw(wobble).await;
        other_shelf.take();
    }
    assert!(other_shelf.finish("star"));
    settle().await;
    sheet.teach("star").await;
    until("it is refused", || {
        text("#own-said").contains("there is a class “star” already")
    })
    .await;
    assert_eq!(text("#own-progress"), "5 of 5 examples");
    assert!(find(".own-class:nth-child(2)").is_none());
    forget_all().await;
}

#[wasm_bindgen_test]
async fn the_focus_stays_in_the_part() {
    let sheet = Sheet::new();
    let _part = part(sheet, "weights/one").await;
    forget_all().await;
    let focus = || document().active_element().unwrap();
    let press = async |selector: &str| {
        let button: HtmlElement = stage::element(selector);
        button.focus().unwrap();
        button.click();
        frame().await;
        settle().await;
    };
    for name in ["star", "bolt"] {
        for wobble in 0..5 {
            sheet.draw(wobble).await;
            press("#own-take").await;
        }
        assert_eq!(focus().id(), "own-name");
        stage::element::<HtmlInputElement>("#own-name").set_value(name);
        press("#own-finish").await;
        assert_eq!(focus().id(), "own-progress");
    }
    press(".own-class button").await;
    assert_eq!(focus().class_name(), "own-list");
    press(".own-class button").await;
    assert_eq!(focus().id(), "own-progress");
}

#[wasm_bindgen_test]
async fn an_exported_file_can_be_imported() {
    let _caught = CaughtExports::new();
    let sheet = Sheet::new();
    let _part = part(sheet, "weights/one").await;
    forget_all().await;
    sheet.teach("star").await;
    click("#own-export").await;
    let exported = || js_sys::Reflect::get(&js_sys::global(), &"exported".into()).unwrap();
    until("the file is written", || exported().is_string()).await;
    forget_all().await;
    import(&exported().as_string().unwrap()).await;
    until("the class is there again", || find(".own-class").is_some()).await;
    assert_eq!(text("#own-said"), "One class was imported.");
    forget_all().await;
}

#[wasm_bindgen_test]
async fn a_hostile_file_is_a_sentence_and_changes_nothing() {
    let _caught = CaughtExports::new();
    let sheet = Sheet::new();
    let _part = part(sheet, "weights/one").await;
    forget_all().await;
    sheet.teach("star").await;
    let huge = "[".repeat(5_000_000);
    for file in [
        "",
        "{",
        "[1, 2]",
        r#"{"format": "edgewise-classes", "version": 1, "network": "one", "classes": 7}"#,
        &huge,
    ] {
        import(file).await;
        until("it is refused", || {
            text("#own-said").starts_with("The file holds no classes")
        })
        .await;
        assert_eq!(text(".own-class strong"), "star");
        click("#own-export").await;
    }
    import(r#"{"format": "other", "version": 1, "network": "one", "classes": []}"#).await;
    until("it is refused", || {
        text("#own-said") == "The classes were not read: the file was not exported by Edgewise."
    })
    .await;
    forget_all().await;
}
