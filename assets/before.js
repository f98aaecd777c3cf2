// Says why nothing starts where start.js, a module, never runs. A plain script in old syntax: any browser reads it.
(function () {
  function refuse(sentence) {
    var line = document.createElement("p");
    line.setAttribute("data-topic", "page");
    line.textContent = sentence;
    var area = document.getElementById("error");
    area.appendChild(line);
    area.removeAttribute("hidden");
    document.body.setAttribute("data-engine", "failed");
  }

  if (location.protocol === "file:") {
    document.addEventListener("DOMContentLoaded", function () {
      refuse(
        "Edgewise was opened as a file, and browsers run such pages only from a web server. " +
          "Start one with “cargo xtask demo”, then open the address that it prints."
      );
    });
    return;
  }
  // The browser waits for modules before it calls the page loaded.
  window.addEventListener("load", function () {
    if (!window.edgewiseStarts) {
      refuse(
        "Edgewise could not be started: its file start.js is missing or blocked, or this browser is too old to read it. " +
          "Reload the page, or try a browser from 2023 or later."
      );
    }
  });
})();
