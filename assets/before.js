// Chooses the page's language before anything is shown, follows the switch between languages, holds the sentences that the scripts
// say in both, and says why nothing starts where start.js, a module, never runs. A plain script in old syntax: any browser reads it.
(function () {
  var ENGLISH = "en";
  var CHINESE = "zh-Hant";
  // Where the choice by hand is kept, in this browser alone.
  var KEY = "edgewise-language";

  // Each in English and in Traditional Chinese; {0} and {1} stand for values.
  var SENTENCES = {
    asFile: [
      "Edgewise was opened as a file, and browsers run such pages only from a web server. " +
        "Start one with “cargo xtask demo”, then open the address that it prints.",
      "Edgewise 是直接以檔案開啟的，但瀏覽器只能透過網頁伺服器執行這種頁面。" +
        "請先執行「cargo xtask demo」，再開啟它顯示的網址。",
    ],
    doNotFit: ["its files are from different versions ({0}).", "檔案版本不一致（{0}）。"],
    fault: ["The page stopped because of an error: {0}.", "頁面發生錯誤而停止：{0}。"],
    incomplete: ["The site is incomplete: {0} Try again later.", "網站檔案不完整：{0}請稍後再試。"],
    missing: ["{0} answered {1}.", "{0} 回應 {1}。"],
    newVersion: ["This page was updated while you were here: reload it.", "這個頁面剛剛更新了，請重新載入。"],
    noScript: [
      "Edgewise could not be started: its file start.js is missing or blocked, or this browser is too old to read it. " +
        "Reload the page, or try a browser from 2023 or later.",
      "無法啟動 Edgewise：檔案 start.js 不見了或遭到封鎖，或是這個瀏覽器太舊。請重新載入頁面，或改用 2023 年之後的瀏覽器。",
    ],
    notStarted: ["The page could not be started: {0}.", "無法啟動頁面：{0}。"],
    otherSite: [
      "The weights “{0}” are not used: an address after “?weights=” must belong to this site.",
      "沒有使用權重「{0}」：「?weights=」後面的網址必須屬於這個網站。",
    ],
    reload: ["Reload", "重新載入"],
    tooOld: [
      "This browser is too old for Edgewise: it lacks WebAssembly with SIMD. Any browser from 2023 on will do.",
      "這個瀏覽器太舊，無法執行 Edgewise：它不支援 WebAssembly SIMD。2023 年之後的瀏覽器都可以。",
    ],
    unreachable: ["The page could not be loaded: its server cannot be reached.", "無法載入頁面：連不上伺服器。"],
  };
  var HEAD = {
    title: "Edgewise：沒看過塗鴉標籤的塗鴉分類器",
    description: "它只用照片學過，看得懂你的塗鴉嗎？一個在瀏覽器裡執行的神經網路。",
  };

  var root = document.documentElement;
  var englishHead = {};

  // What was chosen by hand, if anything.
  function chosen() {
    try {
      var language = localStorage.getItem(KEY);
      return language === ENGLISH || language === CHINESE ? language : null;
    } catch (error) {
      return null; // This browser keeps nothing for the page.
    }
  }

  // The first of the visitor's languages that the page has. Those who read Simplified Chinese alone have said nothing of this one.
  function preferred() {
    var wanted = navigator.languages && navigator.languages.length ? navigator.languages : [navigator.language || ENGLISH];
    for (var index = 0; index < wanted.length; index++) {
      if (/^en(-|$)/i.test(wanted[index])) return ENGLISH;
      if (/^zh(-hant(-.*)?|-tw|-hk|-mo)?$/i.test(wanted[index])) return CHINESE;
    }
    return ENGLISH;
  }

  // Calls `act` with every element that a selector finds.
  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  function head() {
    var description = document.querySelector("meta[name=description]");
    if (!englishHead.title) englishHead = { title: document.title, description: description && description.content };
    var now = root.lang === CHINESE ? HEAD : englishHead;
    document.title = now.title;
    if (description) description.content = now.description;
  }

  // What the style cannot choose: labels, lines of #error, and which button is pressed.
  function body() {
    each("[data-label-zh]", function (element) {
      if (!element.hasAttribute("data-label-en")) element.setAttribute("data-label-en", element.getAttribute("aria-label"));
      element.setAttribute("aria-label", element.getAttribute(root.lang === CHINESE ? "data-label-zh" : "data-label-en"));
    });
    each("[data-zh]", function (element) {
      element.textContent = element.getAttribute(root.lang === CHINESE ? "data-zh" : "data-en");
    });
    each("[data-language]", function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-language") === root.lang));
    });
  }

  // The sentence of this name in each language.
  function say(name, first, second) {
    return SENTENCES[name].map(function (format, language) {
      function part(value) {
        return Array.isArray(value) ? value[language] : value;
      }
      return format.replace(/\{([01])\}/g, function (_, index) {
        return part(index === "0" ? first : second);
      });
    });
  }

  // An element with a sentence of `say`, which changes with the language.
  function line(tag, sentence) {
    var element = document.createElement(tag);
    element.setAttribute("data-en", sentence[0]);
    element.setAttribute("data-zh", sentence[1]);
    element.textContent = sentence[root.lang === CHINESE ? 1 : 0];
    return element;
  }

  // Shows a sentence about the page in #error, and returns that.
  function note(sentence) {
    var paragraph = line("p", sentence);
    paragraph.setAttribute("data-topic", "page");
    var area = document.getElementById("error");
    area.appendChild(paragraph);
    area.removeAttribute("hidden");
    return area;
  }

  root.lang = chosen() || preferred();
  head();
  body();
  // Before the page's modules run.
  document.addEventListener("readystatechange", body);
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-language]");
    if (!button) return;
    root.lang = button.getAttribute("data-language");
    try {
      localStorage.setItem(KEY, root.lang);
    } catch (error) {
      // Then the choice holds until the page is left.
    }
    head();
    body();
    // The page's program listens.
    window.dispatchEvent(new Event("edgewise-language"));
  });

  window.edgewiseText = { say: say, line: line, note: note };

  function refuse(name) {
    note(say(name));
    document.body.setAttribute("data-engine", "failed");
  }

  if (location.protocol === "file:") {
    document.addEventListener("DOMContentLoaded", function () {
      refuse("asFile");
    });
    return;
  }
  // The browser waits for modules before it calls the page loaded.
  window.addEventListener("load", function () {
    if (!window.edgewiseStarts) refuse("noScript");
  });
})();
