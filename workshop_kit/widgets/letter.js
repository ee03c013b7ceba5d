// needs: sentences

// Every phrase of the language bank, newest moment last, each with a name that is kept when it is
// chosen. The words themselves never leave the page.
function phrases(entries, sources, part) {
  return entries.flatMap((moment) => sources.filter(({ exercise }) => exercise === moment.exercise)
    .flatMap((source) => spoken(source, moment.words).map(([question, text]) => (
      { name: `${part}_${moment.id.slice(0, 8)}_${question}`.slice(0, 64), text }))));
}

function spoken({ kind, id, stems, bank }, texts) {
  const all = kind === "words" ? bank.map((question) => [question, texts[question]])
    : stems.flatMap((stem) => [`${id}_${stem.id}`, `${id}_${stem.id}_second`].map((question) =>
      [question, question.endsWith("_second") ? texts[question] : whole(stem, id, texts)]));
  return all.filter(([, text]) => text?.trim());
}

// A sentence of which a gap was left open is not yet a phrase.
const whole = (stem, part, texts) => (gapsOf(stem, part).every((name) => texts[name]?.trim())
  ? sentence(stem, part, texts) : "");

function render({ model, el }) {
  const part = model.get("part"), words = model.get("words"), exercise = model.get("exercise");
  const area = make("textarea", { id: freshId("letter"), rows: 8, autocomplete: "off" });
  const list = make("ul", { class: "ws-phrases" });
  const bank = make("details", { class: "ws-bank" }, make("summary", {}, words.bank),
    make("p", { class: "ws-quiet" }, words.how), list);
  const chosen = make("ul", { class: "ws-phrases" });
  const beside = make("div", { class: "ws-beside-letter" },
    make("p", { class: "ws-label" }, words.beside), chosen);
  let known = [];

  const answers = () => model.get("answers");
  const show = (all) => {
    model.set("answers", all);
    model.save_changes();
    draw();
  };

  function choose(name, is) {
    const { [name]: _, ...others } = answers();
    show(is ? { ...others, [name]: 1 } : others);
    kept.answer("answers", name, is ? 1 : null);
  }

  // On a line of its own, wherever the writing stands.
  function copy(text) {
    const before = area.value.slice(0, area.selectionStart), after = area.value.slice(area.selectionEnd);
    const line = (before === "" || before.endsWith("\n") ? "" : "\n") + text
      + (after.startsWith("\n") ? "" : "\n");
    area.setRangeText(line, area.selectionStart, area.selectionEnd, "end");
    write();
    area.focus();
  }

  function write() {
    letter.answer(area.value);
    grow(area);
  }

  function option({ name, text }) {
    const box = make("input", { type: "checkbox", autocomplete: "off", checked: name in answers(),
      onchange: () => choose(name, box.checked) });
    return make("li", {}, make("label", { class: "ws-radio" }, box, make("span", {}, text)));
  }

  function drawBank() {
    list.replaceChildren(...(known.length ? known.map(option)
      : [make("li", { class: "ws-quiet" }, words.empty)]));
  }

  function draw() {
    const near = known.filter(({ name }) => name in answers());
    beside.hidden = !near.length;
    chosen.replaceChildren(...near.map(({ text }) => make("li", {}, make("q", {}, text), " ",
      make("button", { type: "button", class: "ws-plain", onclick: () => copy(text) }, words.copy))));
  }

  area.addEventListener("input", write);
  el.append(make("div", { class: "ws-field ws-answers ws-letter", role: "group", "aria-label": part.legend },
    make("div", {}, make("label", { class: "ws-label", for: area.id }, part.prompt.label), area),
    make("div", {}, beside, bank)));
  const letter = field(exercise, "words", part.prompt.id, (text) => {
    area.value = text ?? "";
    grow(area);
  });
  const kept = gathering(exercise, part.id, (held) => {
    show(held.answers);
    drawBank();
  });
  const stop = hear("entries", ({ entries }) => {
    const found = phrases(entries, part.sources, part.id);
    if (JSON.stringify(found) === JSON.stringify(known)) return;
    known = found;
    drawBank();
    draw();
  });
  model.on("change:answers", draw);
  drawBank();
  draw();
  say("ask");
  return () => {
    [letter.stop, kept.stop, stop].forEach((end) => end());
    model.off("change:answers", draw);
  };
}

export default { render };
