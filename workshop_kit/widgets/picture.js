// needs: plotting, beside

function render({ model, el }) {
  const words = model.get("words");
  const sentence = make("p", { class: "ws-sentence" });
  const canvas = make("div", { class: "ws-canvas", role: "img" });
  const point = make("p", { class: "ws-point ws-quiet" });
  const head = make("thead"), body = make("tbody"), note = make("p", { class: "ws-quiet" });
  const scroll = make("div", { class: "ws-scroll", tabindex: "0", role: "region" },
    make("table", {}, head, body));
  const table = make("details", { class: "ws-table", ontoggle: () => tell() },
    make("summary", {}, words.table), note, scroll);
  const box = make("figure", { class: "ws-field ws-picture" }, make("figcaption", {}, sentence),
    canvas, point, table);
  const beside = wordsBeside(() => {
    tell();
    pointAt(null);
  });

  // The words of a row stand in this page alone: Python says only whose they are.
  const cells = (row) => [...model.get("rows")[row],
    ...(model.get("beside").length ? [beside.told(model.get("beside")[row])] : [])];
  const titles = () => [...model.get("columns"), ...(model.get("beside").length ? [words.written] : [])];

  // A table that nobody can see is not made.
  function tell() {
    if (!table.open || model.get("absent")) return void body.replaceChildren();
    const line = (tag, texts, scope) => make("tr", {}, ...texts.map((text, place) =>
      make(place === 0 ? "th" : tag, { scope: place === 0 ? scope : tag === "th" ? "col" : null }, text)));
    head.replaceChildren(line("th", titles(), "col"));
    body.replaceChildren(...model.get("rows").map((_, row) => line("td", cells(row), "row")));
  }

  function pointAt(row) {
    point.textContent = row === null || !model.get("rows")[row] ? words.point
      : titles().map((title, place) => [title, cells(row)[place]])
        .filter(([, text]) => text && text !== words.nothing)
        .map((one) => one.join(": ")).join("; ");
  }

  const picture = plotting(canvas, { point: pointAt,
    drawn: () => { box.dataset.drawn = model.get("rows").length; },
    failed: () => {
      canvas.hidden = point.hidden = true;
      table.open = true;
    } });

  // What is said changes at once; the picture follows as soon as it is its turn.
  let asked;
  function show() {
    const figure = model.get("figure"), empty = !figure.data;
    if (sentence.textContent !== model.get("sentence")) sentence.textContent = model.get("sentence");
    note.textContent = model.get("note");
    note.hidden = !model.get("note");
    box.toggleAttribute("data-absent", model.get("absent"));
    scroll.setAttribute("aria-label", model.get("title"));
    canvas.setAttribute("aria-label", `${model.get("title")}. ${model.get("sentence")}`);
    canvas.hidden = empty;
    point.hidden = empty || !figure.data.some((trace) => trace.customdata);
    table.hidden = !model.get("rows").length;
    // Where there is too little to draw, the moments themselves are there to be read.
    if (empty && !table.hidden && !model.get("absent")) table.open = true;
    pointAt(null);
    tell();
    if (empty) delete box.dataset.drawn;
    // The sentence may be there before the picture that it is about.
    if (figure === asked) return;
    asked = figure;
    picture.draw(empty ? null : figure);
  }

  // Several traits change in one message; all of them are shown at once.
  let due = false;
  const showSoon = () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      show();
    });
  };
  const changed = "change:figure change:sentence change:rows change:beside change:note change:absent";
  el.append(box);
  model.on(changed, showSoon);
  show();
  beside.ask();
  return () => {
    model.off(changed, showSoon);
    beside.stop();
    picture.stop();
  };
}

export default { render };
