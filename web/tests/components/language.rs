//! The page's language: chosen by the browser or by hand, and what follows it.

use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web::app::App;
use web::errors::{self, Topic};
use web::kept::own_key;
use web::language::Sentence;

use crate::drawing::visitor::{MOUSE, ROOF, SHEET};
use crate::fake_engine;
use crate::stage::{self, Stage, attribute, click, is_visible, pixels, speak, text, until};

/// What chooses the language, a part of the shell.
const CHOOSER: &str = include_str!("../../../assets/before.js");
/// The shell's switch, and what it says in both languages.
const SHELL: &str = "<div id='languages'>
    <button data-language='en' lang='en'>English</button><button data-language='zh-Hant' lang='zh-Hant'>中文</button>
    <p id='english' lang='en'>Edges</p><p id='chinese' lang='zh-Hant'>邊緣</p>
    <canvas aria-label='The sheet' data-label-zh='畫紙'></canvas>
</div>";
const CAT: [f32; 10] = [0.01, 0.01, 0.01, 0.01, 0.87, 0.01, 0.01, 0.05, 0.01, 0.01];

fn run(script: &str) {
    Function::new_no_args(script).call0(&JsValue::NULL).unwrap();
}

/// The shell's part, English again and gone with this value.
struct Shell;

impl Shell {
    fn new() -> Self {
        let shell = document().create_element("div").unwrap();
        shell.set_inner_html(SHELL);
        document()
            .body()
            .unwrap()
            .append_child(&shell.first_element_child().unwrap())
            .unwrap();
        Self
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        run("localStorage.removeItem('edgewise-language');
            delete navigator.languages;
            document.getElementById('languages').remove();");
        speak("en");
    }
}

/// The language that is chosen where the browser asks for `languages`.
fn chosen(languages: &[&str]) -> String {
    run(&format!(
        "document.documentElement.removeAttribute('lang');
        Object.defineProperty(navigator, 'languages', {{ get: () => {languages:?}, configurable: true }});"
    ));
    run(CHOOSER);
    attribute("html", "lang").unwrap()
}

/// The drawing that the page keeps for the tab.
fn kept() -> String {
    let storage = window().session_storage().unwrap().unwrap();
    storage
        .get_item(&own_key("edgewise-drawing"))
        .unwrap()
        .unwrap_or_default()
}

fn is_inked() -> bool {
    pixels(SHEET).pixels().any(|pixel| pixel.0[3] > 0)
}

async fn page() -> Stage {
    let addresses = fake_engine::answering(CAT);
    let page = stage::mount(move || view! { <App addresses=addresses /> }).await;
    until("the engine is ready", || {
        attribute("body", "data-engine").as_deref() == Some("cpu")
    })
    .await;
    page
}

#[wasm_bindgen_test]
fn the_first_of_the_browser_s_languages_that_the_page_has_is_chosen() {
    let _shell = Shell::new();
    for languages in [
        &["zh-TW", "zh", "en-US", "en"][..],
        &["zh-Hant"],
        &["zh-Hant-HK", "en"],
        &["zh-HK"],
        &["zh-MO"],
        &["ZH-tw"],
        &["zh"],
        &["ja", "zh-TW", "en"],
        &["zh-CN", "zh", "en"],
    ] {
        assert_eq!(chosen(languages), "zh-Hant", "{languages:?}");
    }
    for languages in [
        &["en-US", "zh-TW"][..],
        &["en"],
        &["de", "fr"],
        &["zh-CN", "en"],
        &["zh-Hans-TW"],
        &["eno", "zhx"],
    ] {
        assert_eq!(chosen(languages), "en", "{languages:?}");
    }
}

#[wasm_bindgen_test]
async fn a_choice_by_hand_outlives_the_page() {
    let _shell = Shell::new();
    assert_eq!(chosen(&["en"]), "en");
    assert_eq!(
        attribute("[data-language=en]", "aria-pressed").as_deref(),
        Some("true")
    );
    click("[data-language=zh-Hant]").await;
    assert_eq!(attribute("html", "lang").as_deref(), Some("zh-Hant"));
    assert_eq!(
        attribute("[data-language=en]", "aria-pressed").as_deref(),
        Some("false")
    );
    assert_eq!(
        attribute("[data-language=zh-Hant]", "aria-pressed").as_deref(),
        Some("true")
    );
    assert_eq!(
        attribute("#languages canvas", "aria-label").as_deref(),
        Some("畫紙")
    );
    assert_eq!(chosen(&["en"]), "zh-Hant");
    click("[data-language=en]").await;
    assert_eq!(
        attribute("#languages canvas", "aria-label").as_deref(),
        Some("The sheet")
    );
    assert_eq!(chosen(&["zh-TW"]), "en");
}

#[wasm_bindgen_test]
async fn the_shell_is_shown_in_one_language() {
    let _shell = Shell::new();
    let _page = stage::mount(|| ()).await;
    for (languages, shown, hidden) in [
        (["en"], "#english", "#chinese"),
        (["zh"], "#chinese", "#english"),
    ] {
        chosen(&languages);
        assert!(is_visible(shown) && !is_visible(hidden), "{languages:?}");
        assert!(is_visible("[data-language=en]") && is_visible("[data-language=zh-Hant]"));
    }
}

#[wasm_bindgen_test]
async fn another_language_keeps_the_drawing_and_changes_every_word() {
    let _shell = Shell::new();
    chosen(&["en"]);
    let _page = page().await;
    MOUSE.draws(ROOF);
    until("the drawing is answered", || text("#guess .name") == "cat").await;
    let kept = kept();
    assert!(kept.len() > 10, "{kept}");
    errors::show(
        Topic::Photo,
        &Sentence::new("It is too large.", "它太大了。"),
    );

    click("[data-language=zh-Hant]").await;
    assert_eq!(text("#guess"), "我覺得是 貓 信心 87%");
    assert_eq!(text("#tab-photo"), "照片");
    assert_eq!(text(".word"), "馬");
    assert_eq!(attribute("#undo", "aria-label").as_deref(), Some("復原"));
    assert_eq!(text("#error [data-topic=photo]"), "它太大了。");
    assert!(text("#engine-status").starts_with("使用 CPU 引擎"));
    assert!(text("#measured").contains("張塗鴉"));
    assert_eq!(attribute("#undo", "disabled"), None);
    assert_eq!(self::kept(), kept);
    assert!(is_inked());

    click("[data-language=en]").await;
    assert_eq!(text("#guess"), "I think it’s a cat 87% sure");
    assert_eq!(text("#error [data-topic=photo]"), "It is too large.");
    assert_eq!(self::kept(), kept);
    assert!(is_inked());
    errors::clear(Topic::Photo);
}

#[wasm_bindgen_test]
async fn another_language_keeps_the_game_running() {
    let _shell = Shell::new();
    chosen(&["en"]);
    let _page = page().await;
    click("#tab-game").await;
    until("the network is ready", || {
        attribute("#game-start", "disabled").is_none()
    })
    .await;
    click("#game-start").await;
    let round = || text(".game-round");
    assert_eq!(round(), "Word 1 of 6");
    click("[data-language=zh-Hant]").await;
    assert_eq!(round(), "第 1 題，共 6 題");
    assert_eq!(text("#game-skip"), "跳過");
    assert!(text(".game-word h2").starts_with("請畫"));
    assert_eq!(attribute(".game", "data-scene").as_deref(), Some("playing"));
}
