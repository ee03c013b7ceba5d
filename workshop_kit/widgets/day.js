// needs: sliders, sizes, discs, days, day_picture, day_loop

// One stopping-point: three sliders, and a few words that stay folded until they are wished for.
function panel(stop, next, { part, systems, words }, { now, size, clear, write, turnTo }) {
  const sliders = Object.entries(systems).map(([name, system]) =>
    [name, sizeInput(name, system, words.sizes, () => now(name),
      (value, keeping) => size(name, value, keeping))]);
  const [[, first]] = sliders;
  const back = make("button", { type: "button", class: "ws-plain", onclick: () => {
    clear();
    first.input.focus();
  } }, words.sizes.clear);
  const asked = make("span", { id: freshId("moment") }, part.moment);
  const moment = make("textarea", { "aria-labelledby": asked.id, rows: 2, autocomplete: "off",
    oninput: () => write(moment.value) });
  const folded = make("details", {}, make("summary", {}, asked), moment);
  const node = make("fieldset", { class: "ws-day-panel" }, make("legend", {}, stop.label),
    ...sliders.map(([, { row }]) => row),
    sizeEnds(words.sizes),
    folded,
    make("div", { class: "ws-day-onward" },
      next ? make("button", { type: "button", onclick: () => turnTo(next.id),
        "aria-label": fill(words.next_stop, { stop: next.label }) }, words.next) : null,
      back));
  return {
    node,
    focus: () => first.input.focus(),
    draw: (sizes) => {
      for (const [name, { show }] of sliders) show(sizes?.[name]);
      back.hidden = !sizes;
    },
    tell: (text) => {
      // Whoever is writing goes on where they are.
      if (moment.value !== text) moment.value = text;
      folded.open = text !== "" || folded.contains(document.activeElement);
    },
  };
}

function render({ model, el }) {
  const part = model.get("part"), systems = model.get("systems"), words = model.get("words");
  const content = { part, systems, words }, circles = circlesOfDay(part, systems);
  const questionOf = (stop) => `${part.id}_${stop}`, loopQuestion = `${part.id}_loop`;
  const stepsNow = () => readLoop(part, model.get("answers"), systems);
  let open = part.stops[0].id, stepping = false;

  function hold(question, value, keep = true) {
    const { [question]: _, ...others } = model.get("answers");
    model.set("answers", value === null ? others : { ...others, [question]: value });
    draw();
    if (!keep) return;
    model.save_changes();
    kept.answer("answers", question, value);
  }

  function size(stop, system, value, keep) {
    const { [system]: _, ...others } = model.get("answers")[questionOf(stop)] ?? {};
    const sizes = value === undefined ? others : { ...others, [system]: value };
    hold(questionOf(stop), Object.keys(sizes).length ? sizes : null, keep);
  }

  const keepLoop = (steps) => hold(loopQuestion, loopToKeep(steps));
  function add(id) {
    const steps = stepsNow();
    // From a circle to itself there is no line; a second tap is a slip of the finger.
    if (steps.length < MOST_STEPS && steps.at(-1) !== id) keepLoop([...steps, id]);
  }

  function turnTo(stop) {
    open = stop;
    draw();
  }

  function reveal(node) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    node.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  const group = freshId("stop");
  const stops = part.stops.map(({ id, label }, place) => {
    const input = make("input", { type: "radio", name: group, value: id, autocomplete: "off",
      onchange: () => turnTo(id) });
    const { node, ...rest } = panel(part.stops[place], part.stops[place + 1], content, {
      now: (system) => model.get("answers")[questionOf(id)]?.[system],
      size: (system, value, keep) => size(id, system, value, keep),
      clear: () => hold(questionOf(id), null),
      write: (text) => kept.answer("words", questionOf(id), text),
      turnTo: (next) => {
        turnTo(next);
        stops.find((stop) => stop.id === next).focus();
      },
    });
    return { id, input, node, ...rest,
      row: make("label", { class: "ws-radio" }, input, make("span", {}, label)) };
  });
  const day = dayPicture(content, ({ stop, circle }) => {
    if (stepping && circle) add(circle);
    else if (!stepping && stop) {
      turnTo(stop);
      reveal(stops.find(({ id }) => id === stop).node);
    }
  });
  const loop = loopControls(content, { add, set: keepLoop, turn: () => {
    stepping = !stepping;
    draw();
    if (stepping) reveal(day.picture);
  } });
  const appear = make("p", { class: "ws-appear ws-quiet", "aria-hidden": "true" },
    words.sizes.appear);

  function draw() {
    const answers = model.get("answers"), steps = stepsNow();
    const told = tellDay(part, answers, {}, systems, words);
    for (const { id, input, node, draw: show } of stops) {
      input.checked = id === open;
      node.hidden = id !== open;
      show(answers[questionOf(id)]);
    }
    day.draw({ steps, open, stepping, told, sizes: (id) => {
      const { stop, system } = circles.get(id);
      return answers[questionOf(stop.id)]?.[system];
    } });
    appear.hidden = stepping || told.length > 0;
    loop.draw(steps, stepping);
  }

  function restore({ answers, words: texts }) {
    model.set("answers", answers);
    model.save_changes();
    for (const { id, tell } of stops) tell(texts[questionOf(id)] ?? "");
    draw();
  }

  el.append(make("fieldset", { class: "ws-field ws-answers ws-day" },
    make("legend", {}, part.legend),
    make("div", { class: "ws-day-stops" }, ...stops.map(({ row }) => row)),
    ...stops.map(({ node }) => node),
    make("div", { class: "ws-drawing" }, day.picture, appear),
    loop.node));
  model.on("change:answers", draw);
  draw();
  const kept = gathering(model.get("exercise"), part.id, restore);
  return () => { kept.stop(); model.off("change:answers", draw); };
}

export default { render };
