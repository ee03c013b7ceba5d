const LEAST = 0, MOST = 10, STEP = 0.5, LARGEST = 46;

// Area, not radius, follows the size, as the eye compares areas; nothing at all is a dot.
const radius = (size) => (size === undefined ? 0 : Math.max(LARGEST * Math.sqrt(size / MOST), 1.5));

const wordFor = (size, words) =>
  size === undefined ? words.unplaced : words.steps.find(({ up_to }) => size <= up_to).word;

// A native range input. `change(size, kept)` follows the finger; a size is kept when the finger has
// stayed, and not when it was only passing on its way down the page.
function slider(name, system, words, change) {
  const id = freshId("size");
  const input = make("input", { id, type: "range", min: LEAST, max: MOST, step: STEP,
    autocomplete: "off" });
  const shown = make("span", { class: "ws-size", "aria-hidden": "true" });
  let touching = false, before, now;
  const place = () => change(Number(input.value), !touching);
  input.addEventListener("pointerdown", ({ pointerType }) => {
    touching = pointerType !== "mouse";
    before = now;
  });
  input.addEventListener("pointerup", () => {
    touching = false;
    place();
  });
  input.addEventListener("pointercancel", () => change(before, false));
  input.addEventListener("input", place);
  input.addEventListener("change", () => {
    if (!touching) return;
    // After a cancelled touch the browser still reports a change.
    touching = false;
    change(before, false);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") place();
  });
  const row = make("div", { class: `ws-slider ws-${name}` },
    make("label", { for: id }, system.name), input, shown);
  const show = (size) => {
    now = size;
    const text = wordFor(size, words);
    const value = size ?? MOST / 2;
    if (Number(input.value) !== value) input.value = value;
    input.classList.toggle("ws-unplaced", size === undefined);
    input.setAttribute("aria-valuetext", text);
    shown.textContent = text;
    return text;
  };
  return { row, show };
}

function drawing(systems) {
  const picture = svg("svg", { viewBox: "0 0 300 124", role: "img", class: "ws-circles" });
  const circles = {};
  Object.entries(systems).forEach(([name, system], place) => {
    const x = 50 + 100 * place;
    circles[name] = svg("circle", { cx: x, cy: 50, r: 0, class: `ws-disc ws-${name}` });
    picture.append(circles[name], svg("text", { x, y: 117, class: "ws-name" }, system.name));
  });
  return { picture, circles };
}

function render({ model, el }) {
  const systems = model.get("systems"), words = model.get("words");
  const { picture, circles } = drawing(systems);
  const appear = make("p", { class: "ws-appear ws-quiet", "aria-hidden": "true" }, words.appear);
  const sliders = Object.entries(systems).map(([name, system]) =>
    [name, slider(name, system, words, (size, keep) => {
      const { [name]: _, ...others } = model.get("sizes");
      choose(size === undefined ? others : { ...others, [name]: size },
        size === undefined ? model.get("instead") : "", keep);
    })]);
  let set = {};
  const buttons = ["numb", "something_else", "cant_tell"].map((id) =>
    make("button", { type: "button", "data-id": id, onclick: () => {
      // An answer in place of sizes puts them aside; taken back, it brings them back.
      const again = model.get("instead") === id;
      if (!model.get("instead")) set = model.get("sizes");
      choose(again ? set : {}, again ? "" : id);
    } }, words[id]));
  const clear = make("button", { type: "button", class: "ws-plain", onclick: () => {
    choose({}, "");
    el.querySelector("input").focus();
  } }, words.clear);

  function choose(sizes, instead, keep = true) {
    model.set("sizes", sizes);
    model.set("instead", instead);
    draw();
    if (!keep) return;
    model.save_changes();
    const empty = !instead && !Object.keys(sizes).length;
    kept.answer(empty ? null : instead || sizes);
  }

  function restore(value) {
    const sized = value !== null && typeof value === "object";
    model.set("sizes", sized ? value : {});
    model.set("instead", sized ? "" : value ?? "");
    model.save_changes();
    draw();
  }

  function draw() {
    const sizes = model.get("sizes"), instead = model.get("instead");
    const told = sliders.map(([name, { show }]) => {
      circles[name].setAttribute("r", radius(sizes[name]));
      return `${systems[name].name} ${show(sizes[name])}`;
    });
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.id === instead));
    }
    const placed = Object.keys(sizes).length > 0;
    clear.hidden = !placed;
    appear.hidden = placed || instead !== "";
    picture.setAttribute("aria-label",
      placed ? fill(words.picture, { sizes: told.join(", ") })
        : instead ? fill(words.picture_instead, { answer: words[instead].toLowerCase() })
          : words.picture_none);
  }

  el.append(make("fieldset", { class: "ws-field ws-systems" },
    make("legend", {}, model.get("legend")),
    make("div", { class: "ws-drawing" }, picture, appear),
    ...sliders.map(([, { row }]) => row),
    make("p", { class: "ws-ends ws-quiet", "aria-hidden": "true" },
      make("span", {}, words.least), make("span", {}, words.most)),
    make("div", { class: "ws-instead", role: "group", "aria-label": words.instead },
      make("p", { class: "ws-quiet", "aria-hidden": "true" }, words.instead),
      ...buttons, clear)));
  model.on("change:sizes", draw);
  model.on("change:instead", draw);
  draw();
  const kept = field(model.get("exercise"), "answers", model.get("question"), restore);
  return () => { kept.stop(); model.off("change:sizes", draw); model.off("change:instead", draw); };
}

export default { render };
