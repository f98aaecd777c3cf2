(() => {
  // From one snapshot to the next, and how long each stays where less is to move; milliseconds.
  const BETWEEN = 900, STILL = 1500;
  const RADIUS = 0.005, MARGIN = 0.02;
  const element = (id) => document.getElementById(id);
  const film = JSON.parse(element("film-data").textContent);
  const unpack = (text) => new Uint16Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
  for (const frame of film.frames) {
    frame.source = unpack(frame.source);
    frame.target = unpack(frame.target);
  }
  const canvas = element("film-canvas"), pen = canvas.getContext("2d");
  const play = element("film-play"), slider = element("film-at"), epoch = element("film-epoch");
  const byClass = element("film-class"), byDomain = element("film-domain");
  const markers = document.querySelector(".film-markers"), legend = document.querySelector(".film-classes");
  const buttons = [...legend.querySelectorAll("button")];
  const last = film.frames.length - 1;
  const movesLess = matchMedia("(prefers-reduced-motion: reduce)");
  let at = last, isRunning = false, run = 0, isByClass = true, chosen = null;

  // The style's colours, which change with light and dark alone.
  let tokens = {}, colours = [];
  const look = () => {
    const style = getComputedStyle(canvas);
    for (const name of ["--source", "--target", "--edge", "--sheet", "--ink"]) tokens[name] = style.getPropertyValue(name).trim();
    colours = buttons.map((button) => getComputedStyle(button.firstElementChild).backgroundColor);
  };
  const outer = (share) => (MARGIN + share * (1 - 2 * MARGIN)) * canvas.width;
  // Where a share lies between two snapshots.
  const between = () => {
    const before = Math.min(Math.floor(at), last);
    return [film.frames[before], film.frames[Math.min(before + 1, last)], at - before];
  };
  const points = (domain, paint) => {
    const [from, to, share] = between();
    for (let i = 0; i < from[domain].length; i += 2) {
      const x = (from[domain][i] + (to[domain][i] - from[domain][i]) * share) / 65535;
      const y = (from[domain][i + 1] + (to[domain][i + 1] - from[domain][i + 1]) * share) / 65535;
      paint(i / 2, outer(x), outer(1 - y));
    }
  };
  const draw = () => {
    const radius = Math.max(RADIUS * canvas.width, 1.5);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.globalAlpha = isByClass ? 0.35 : 0.7;
    pen.fillStyle = tokens[isByClass ? "--edge" : "--target"];
    points("target", (_, x, y) => {
      pen.beginPath();
      pen.arc(x, y, radius, 0, 7);
      pen.fill();
    });
    points("source", (photo, x, y) => {
      const label = film.labels[photo];
      pen.globalAlpha = !isByClass ? 0.7 : chosen === null || chosen === label ? 0.85 : 0.1;
      pen.fillStyle = isByClass ? colours[label] : tokens["--source"];
      pen.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    });
    pen.globalAlpha = 1;
    if (isByClass) names();
    const now = "Epoch " + film.frames[Math.round(at)].epoch;
    if (epoch.textContent !== now) epoch.textContent = now;
    slider.value = Math.round(at);
    slider.setAttribute("aria-valuetext", now);
  };
  const names = () => {
    const [from, to, share] = between();
    const size = Math.max(0.032 * canvas.width, 12 * devicePixelRatio);
    pen.font = "600 " + size + "px system-ui, sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = 0.3 * size;
    pen.strokeStyle = tokens["--sheet"];
    pen.fillStyle = tokens["--ink"];
    film.names.forEach((name, label) => {
      const [one, other] = [from.places[label], to.places[label]];
      // A name that has a place in one of the two snapshots alone stands there.
      const place = one && other ? one.map((value, axis) => value + (other[axis] - value) * share) : share < 0.5 ? one : other;
      if (!place) return;
      pen.strokeText(name, outer(place[0]), outer(1 - place[1]));
      pen.fillText(name, outer(place[0]), outer(1 - place[1]));
    });
  };
  const running = (is) => {
    isRunning = is;
    play.textContent = is ? "Pause" : "Play";
  };
  const moveOn = (mine, before) => {
    const holds = () => isRunning && run === mine;
    const advance = (by) => {
      at = Math.min(at + by, last);
      if (at >= last) running(false);
      draw();
    };
    if (movesLess.matches) {
      setTimeout(() => {
        if (!holds()) return;
        advance(1);
        moveOn(mine, null);
      }, STILL);
      return;
    }
    requestAnimationFrame((now) => {
      if (!holds()) return;
      // A page that was hidden has missed its frames.
      advance(before === null ? 0 : Math.min(now - before, 100) / BETWEEN);
      moveOn(mine, now);
    });
  };
  play.addEventListener("click", () => {
    if (isRunning) {
      running(false);
      return;
    }
    if (at >= last) at = 0;
    draw();
    run += 1;
    running(true);
    moveOn(run, null);
  });
  slider.addEventListener("input", () => {
    running(false);
    at = Number(slider.value);
    draw();
  });
  const colour = (is) => {
    isByClass = is;
    byClass.setAttribute("aria-pressed", is);
    byDomain.setAttribute("aria-pressed", !is);
    legend.hidden = !is;
    markers.classList.toggle("domains", !is);
    draw();
  };
  byClass.addEventListener("click", () => colour(true));
  byDomain.addEventListener("click", () => colour(false));
  buttons.forEach((button, label) =>
    button.addEventListener("click", () => {
      chosen = chosen === label ? null : label;
      buttons.forEach((other, number) => other.setAttribute("aria-pressed", number === chosen));
      draw();
    }),
  );
  play.disabled = slider.disabled = last === 0;
  element("film").hidden = false;
  document.querySelector(".still").classList.add("paper");
  const fit = () => {
    const side = Math.round(canvas.clientWidth * devicePixelRatio);
    if (side === 0 || side === canvas.width) return;
    canvas.width = canvas.height = side;
    draw();
  };
  new ResizeObserver(fit).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    look();
    draw();
  });
  look();
  fit();
})();
