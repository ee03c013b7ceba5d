// One plotly.js for the whole page, from the server that sent the page.
let plotly = null;
function loadPlotly() {
  const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
  plotly ??= new Promise((resolve, reject) => {
    const script = make("script", { src: config.plotly ?? `${config.baseUrl ?? "/"}workshop-kit/plotly.min.js` });
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", () => {
      plotly = null;
      reject(new Error("no plotly.js"));
    });
    document.head.append(script);
  });
  return plotly;
}

// How large the reader has their letters, 1 for what browsers begin with.
const letters = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

// A token says its colour for light and for dark, and only where it is used is one of them meant.
function token(name, box) {
  const probe = box.appendChild(make("span", { hidden: true }));
  probe.style.color = `var(${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

// Colours are named by their token, so that a picture follows the visitor's light or dark.
const coloured = (value, box) =>
  typeof value === "string" && value.startsWith("--ws-") ? token(value, box)
    : Array.isArray(value) ? value.map((one) => coloured(one, box))
      : value && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one, box)]))
        : value;

function render({ model, el }) {
  const words = model.get("words");
  const sentence = make("p", { class: "ws-sentence" });
  const canvas = make("div", { class: "ws-canvas", role: "img" });
  const head = make("thead"), body = make("tbody");
  const table = make("details", { class: "ws-table" }, make("summary", {}, words.table),
    make("p", { class: "ws-quiet" }, words.sizes),
    make("div", { class: "ws-scroll", tabindex: "0", role: "region" },
      make("table", {}, head, body)));
  const box = make("figure", { class: "ws-field ws-picture" }, canvas,
    make("figcaption", {}, sentence), table);

  function drawTable() {
    const cells = (tag, row, scope) => make("tr", {}, ...row.map((cell, place) =>
      make(place === 0 ? "th" : tag, { scope: place === 0 ? scope : tag === "th" ? "col" : null },
        String(cell))));
    head.replaceChildren(cells("th", model.get("columns"), "col"));
    body.replaceChildren(...model.get("rows").map((row) => cells("td", row, "row")));
    table.querySelector(".ws-scroll").setAttribute("aria-label", model.get("title"));
  }

  async function draw() {
    const figure = model.get("figure"), empty = !figure.data;
    sentence.textContent = model.get("sentence");
    canvas.hidden = table.hidden = empty;
    if (empty) return;
    canvas.setAttribute("aria-label", `${model.get("title")}. ${model.get("sentence")}`);
    drawTable();
    try {
      const { data, layout } = coloured(figure, box);
      layout.font.size *= letters();
      await (await loadPlotly()).react(canvas, data, layout,
        { displayModeBar: false, responsive: true, staticPlot: matchMedia("(pointer: coarse)").matches });
      box.dataset.drawn = model.get("rows").length;
    } catch {
      canvas.hidden = true;
      table.open = true;
    }
  }

  const scheme = matchMedia("(prefers-color-scheme: dark)");
  // Several traits change in one message; the picture is drawn once for all of them.
  let due = null;
  const drawSoon = () => { due ??= Promise.resolve().then(() => { due = null; return draw(); }); };
  const changed = "change:figure change:sentence change:rows";
  el.append(box);
  model.on(changed, drawSoon);
  scheme.addEventListener("change", draw);
  draw();
  return () => {
    model.off(changed, drawSoon);
    scheme.removeEventListener("change", draw);
    if (window.Plotly) window.Plotly.purge(canvas);
  };
}

export default { render };
