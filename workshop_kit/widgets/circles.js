// needs: sliders, sizes, discs

const LARGEST = 46;

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
    [name, sizeInput(name, system, words, () => model.get("sizes")[name], (size, keep) => {
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
      circles[name].setAttribute("r", radius(sizes[name], LARGEST));
      circles[name].classList.toggle("ws-nothing", sizes[name] === 0);
      show(sizes[name]);
      return `${systems[name].name} ${wordFor(sizes[name], words)}`;
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

  el.append(make("fieldset", { class: "ws-field ws-answers ws-systems" },
    make("legend", {}, model.get("legend")),
    make("div", { class: "ws-drawing" }, picture, appear),
    ...sliders.map(([, { row }]) => row),
    sizeEnds(words),
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
