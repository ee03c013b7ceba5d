// needs: sentences, chips

// A field that grows with its text. `show` fills it and leaves it alone where nothing changed.
function writing(label, write, rows) {
  const input = make("textarea", { id: freshId("stem"), rows, autocomplete: "off",
    "aria-label": label,
    oninput: () => {
      grow(input);
      write(input.value);
    } });
  const show = (text) => {
    if (input.value === text) return;
    input.value = text;
    // What is folded in has no height to take.
    if (input.offsetParent) grow(input);
  };
  return { input, show };
}

// The stem as it is read, with a field at each gap. Punctuation that only joins is left to the
// whole sentence.
function gapped(stem, names, words, write) {
  const places = [words.first_gap, words.second_gap];
  const fields = names.map((name, place) => writing(names.length < 2 ? stem.label
    : fill(words.gap, { stem: stem.label, place: places[place] ?? place + 1 }),
  (text) => write(name, text), 1));
  const pieces = stem.label.split("…").map((piece) => piece.replace(/^[\s,;:]+/, "").trim());
  const rows = fields.map(({ input }, place) => make("div", { class: "ws-gap" },
    make("label", { for: input.id }, pieces[place]), input));
  return {
    nodes: [...rows, pieces.at(-1) ? make("p", { class: "ws-piece" }, pieces.at(-1)) : null],
    show: (texts) => names.forEach((name, place) => fields[place].show(texts[name] ?? "")),
  };
}

function marking(part, stem, words, choose) {
  const { chips, back, show } = chipRadios(part.marks, words.take_back, choose);
  back.setAttribute("aria-label", fill(words.take_back_this, { stem: stem.label }));
  const node = make("div", { class: "ws-marks", role: "radiogroup",
    "aria-label": fill(words.about, { stem: stem.label, what: part.marks_legend }) },
  make("p", { class: "ws-quiet", "aria-hidden": "true" }, part.marks_legend), ...chips, back);
  return { node, show };
}

// One sentence: its gaps, the whole of it read back, its mark and a second version.
function one(stem, part, words, on) {
  const name = `${part.id}_${stem.id}`, second = `${name}_second`;
  const gaps = gapped(stem, gapsOf(stem, part.id), words, on.write);
  const whole = make("p", { class: "ws-whole" });
  const marks = marking(part, stem, words, (mark) => on.mark(name, mark));
  const other = writing(fill(words.about, { stem: stem.label, what: part.second }),
    (text) => on.write(second, text), 2);
  const unfolded = () => {
    if (folded.open) grow(other.input);
  };
  const folded = make("details", { ontoggle: unfolded },
    make("summary", {}, part.second), other.input);
  const after = make("div", { class: "ws-after" }, whole, marks.node, folded);
  const node = make("div", { class: "ws-stem", role: "group", "aria-label": stem.label },
    ...gaps.nodes, after);
  const show = (texts, answers) => {
    gaps.show(texts);
    marks.show(answers[name]);
    const said = sentence(stem, part.id, texts);
    whole.hidden = !said;
    whole.textContent = fill(words.quoted, { sentence: said });
    after.hidden = !said && !answers[name] && !texts[second];
    other.show(texts[second] ?? "");
  };
  // What was written is not hidden from whoever comes back to it.
  const unfold = (texts) => { folded.open = Boolean(texts[second]); };
  return { node, show, unfold };
}

// What was written, and its second version beside it.
function pair(stem, part, texts, words) {
  const said = sentence(stem, part.id, texts);
  const second = texts[`${part.id}_${stem.id}_second`]?.trim();
  if (!said && !second) return null;
  const quote = (text) => make("p", { class: "ws-written" },
    text ? fill(words.quoted, { sentence: text }) : "");
  return make("li", {}, quote(said),
    second ? make("div", {}, make("p", { class: "ws-quiet" }, words.other), quote(second)) : null);
}

function render({ model, el }) {
  const part = model.get("part"), words = model.get("words");
  let texts = {};
  const stems = part.stems.map((stem) => one(stem, part, words, {
    write: (name, text) => {
      texts = { ...texts, [name]: text };
      kept.answer("words", name, text);
      draw();
    },
    mark: (name, mark) => {
      const { [name]: _, ...others } = model.get("answers");
      show(mark === null ? others : { ...others, [name]: mark });
      kept.answer("answers", name, mark);
    },
  }));
  const pairs = make("ul", { class: "ws-pairs" });
  const beside = make("div", { class: "ws-pairing", role: "group", "aria-label": words.beside },
    make("p", { class: "ws-label", "aria-hidden": "true" }, words.beside), pairs);

  function show(answers) {
    model.set("answers", answers);
    model.save_changes();
    draw();
  }

  function restore({ answers, words: written }) {
    texts = { ...written };
    show(answers);
    for (const { unfold } of stems) unfold(texts);
  }

  function draw() {
    for (const stem of stems) stem.show(texts, model.get("answers"));
    const written = part.stems.map((stem) => pair(stem, part, texts, words)).filter(Boolean);
    beside.hidden = !written.length;
    pairs.replaceChildren(...written);
  }

  el.append(make("fieldset", { class: "ws-field ws-answers ws-stems" },
    make("legend", {}, part.legend), ...stems.map(({ node }) => node), beside));
  model.on("change:answers", draw);
  draw();
  const kept = gathering(model.get("exercise"), part.id, restore);
  return () => { kept.stop(); model.off("change:answers", draw); };
}

export default { render };
