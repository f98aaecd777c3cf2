(() => {
  const data = JSON.parse(document.getElementById("embedding-data").textContent);
  const canvas = document.getElementById("embedding");
  const slider = document.getElementById("embedding-epoch");
  const label = document.getElementById("embedding-label");
  const pen = canvas.getContext("2d");
  const gap = 20, top = 34, legend = 108;
  const side = (canvas.width - legend - 3 * gap) / 2;
  const dot = (x, y, left, colour) => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(left + x * side, top + (1 - y) * side, 1.7, 0, 7);
    pen.fill();
  };
  const draw = () => {
    const { epoch, source, target } = data.epochs[slider.value];
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = "#222831";
    pen.font = "15px sans-serif";
    const right = gap + side + legend + gap;
    pen.fillText("photos by class", gap, 22);
    pen.fillText("photos and doodles", right, 22);
    pen.strokeStyle = "#dadee4";
    pen.strokeRect(gap, top, side, side);
    pen.strokeRect(right, top, side, side);
    source.forEach(([x, y], place) => dot(x, y, gap, data.colours[data.labels[place]]));
    source.forEach(([x, y]) => dot(x, y, right, data.domains[0]));
    target.forEach(([x, y]) => dot(x, y, right, data.domains[1]));
    pen.font = "12px sans-serif";
    const word = (name, colour, row, left) => {
      pen.fillStyle = colour;
      pen.fillRect(left, top + row * 19, 10, 10);
      pen.fillStyle = "#222831";
      pen.fillText(name, left + 15, top + row * 19 + 10);
    };
    data.classes.forEach((name, row) => word(name, data.colours[row], row, gap + side + 8));
    word("photos", data.domains[0], data.classes.length + 1, gap + side + 8);
    word("doodles", data.domains[1], data.classes.length + 2, gap + side + 8);
    label.textContent = "epoch " + epoch;
    slider.setAttribute("aria-valuetext", "epoch " + epoch);
  };
  slider.addEventListener("input", draw);
  draw();
})();
