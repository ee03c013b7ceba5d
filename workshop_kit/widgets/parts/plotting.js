// Pictures drawn by plotly: one plotly.js for the whole page, from the server that sent the page.

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

// A picture with each of its letters so many times as large.
const larger = (value, by, isFont = false) =>
  Array.isArray(value) ? value.map((one) => larger(one, by))
    : value && typeof value === "object"
      ? Object.fromEntries(Object.entries(value).map(([key, one]) =>
        [key, isFont && key === "size" ? one * by : larger(one, by, key.endsWith("font"))]))
      : value;

// The colours of the page as plotly writes them, by the name of their token. A token says its colour
// for light and for dark, and only where it is used is one of them meant.
function palette(names, canvas) {
  const probe = make("span", { hidden: true });
  canvas.before(probe);
  const colours = new Map(names.map((name) => {
    probe.style.color = `var(${name})`;
    return [name, getComputedStyle(probe).color];
  }));
  probe.remove();
  return colours;
}

const replaced = (value, colours) =>
  typeof value === "string" ? colours.get(value) ?? value
    : Array.isArray(value) ? value.map((one) => replaced(one, colours))
      : value && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, colours)]))
        : value;

// Plotly draws in the colours of the moment. Put back as tokens they follow light and dark, and on
// paper they are always light.
function followTheme(canvas, colours) {
  const named = new Map([...colours].map(([name, colour]) => [colour, `var(${name})`]));
  for (const node of canvas.querySelectorAll(".main-svg [style*=rgb]")) {
    const style = node.getAttribute("style");
    const followed = style.replace(/rgb\([^)]*\)/g, (colour) => named.get(colour) ?? colour);
    if (followed !== style) node.setAttribute("style", followed);
  }
  // So that paper can be narrower than the screen was.
  for (const picture of canvas.querySelectorAll(".main-svg")) {
    const { width, height } = picture.getBoundingClientRect();
    if (width) picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }
}

// The pictures that wait to be drawn; the one nearest to what is looked at comes first, and
// between two of them the page can answer.
const waiting = new Map();
let drawing = false;

const farAway = (canvas) => {
  const { top, bottom } = canvas.getBoundingClientRect();
  return Math.max(top - innerHeight, -bottom, 0);
};

async function drawNext() {
  if (drawing || !waiting.size) return;
  drawing = true;
  await loadPlotly().catch(() => null);
  await new Promise((resolve) => setTimeout(resolve));
  const [canvas, draw] = [...waiting].sort(([a], [b]) => farAway(a) - farAway(b))[0] ?? [];
  waiting.delete(canvas);
  draw?.();
  drawing = false;
  drawNext();
}

addEventListener("beforeprint", () => {
  if (!window.Plotly) return;
  for (const draw of waiting.values()) draw();
  waiting.clear();
});

// A place for one picture: `draw` it, or nothing; `point` is told which row a point stands for.
function plotting(canvas, { point, drawn, failed }) {
  let listening = false;

  function draw(figure) {
    if (!window.Plotly) return failed();
    const names = [...new Set(JSON.stringify(figure).match(/--ws-[a-z-]+/g))];
    const colours = palette(names, canvas);
    const { data, layout } = larger(replaced(figure, colours), letters());
    canvas.style.blockSize = layout.height ? `${layout.height}px` : "";
    window.Plotly.react(canvas, data, layout, { displayModeBar: false, responsive: true });
    followTheme(canvas, colours);
    if (!listening) {
      const pointed = ({ points: [one] }) => point(one.customdata ?? null);
      canvas.on("plotly_hover", pointed);
      canvas.on("plotly_click", pointed);
      // Plotly draws anew by itself when the page becomes wider or narrower.
      canvas.on("plotly_afterplot", () => followTheme(canvas, palette(canvas.tokens, canvas)));
      listening = true;
    }
    canvas.tokens = names;
    drawn();
  }

  return {
    draw: (figure) => {
      waiting.delete(canvas);
      if (!figure) return;
      waiting.set(canvas, () => draw(figure));
      drawNext();
    },
    stop: () => {
      waiting.delete(canvas);
      window.Plotly?.purge(canvas);
    },
  };
}
