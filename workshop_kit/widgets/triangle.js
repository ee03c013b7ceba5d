// needs: sliders, fingers, motives, acts, triangle_picture, act_fields

const STEP = 4; // 64ths: a slider goes from end to end in 16 steps
const NEAR = 30; // how far outside the triangle a tap still means its edge

function render({ model, el }) {
  const part = model.get("part"), systems = model.get("systems"), words = model.get("words");
  const alone = part.most === 1;
  let acts = [], hand = null, removed = null;
  let carried = null; // what a point that is being dragged was before
  let sliding = null; // the slider that is being moved, and the shares it began with

  const heldAct = () => acts.find(({ id }) => id === hand.id);
  const heldTime = () => heldAct().times.find(({ number }) => number === hand.number);
  const numberOf = (act) => String(acts.indexOf(act) + 1);
  const called = (act) => (alone ? act.name || words.unnamed
    : fill(words.numbered, { number: numberOf(act), name: act.name || words.unnamed }));

  // What the journal holds

  function mirror() {
    model.set("answers", answersOf(acts));
    model.save_changes();
  }

  function keep(act, time) {
    mirror();
    kept.answer("answers", keyOf(act, time), valueOf(time));
  }

  function restore({ answers: held, words: texts }) {
    acts = readActs(part, held, texts, systems);
    for (const act of acts) {
      if (!act.times.length) act.times.push({ number: 1, place: null, landed: null });
    }
    if (!acts.length) acts = [freshAct(part)];
    carried = sliding = removed = null;
    if (!hand || !heldAct() || !heldTime()) takeLast(acts.at(-1));
    mirror();
    draw();
  }

  function fromPython() {
    if (JSON.stringify(model.get("answers")) === JSON.stringify(answersOf(acts))) return;
    restore({ answers: model.get("answers"),
      words: Object.fromEntries(acts.map(({ id, name }) => [id, name])) });
  }

  // What is in hand

  const takeLast = (act) => { hand = { id: act.id, number: act.times.at(-1).number }; };

  // What was begun and left empty goes when something else is taken in hand.
  function take(id, number) {
    hand = { id, number };
    acts = withoutBlanks(acts, hand);
    removed = sliding = null;
    draw();
  }

  function takeKey(key) {
    const [, id, number] = /^(.+)_(\d+)$/.exec(key);
    take(id, Number(number));
  }

  // What a trainee does

  function put(place, keeping = true) {
    const act = heldAct(), time = heldTime();
    time.place = place;
    removed = null;
    if (keeping) keep(act, time);
    draw();
  }

  function putAt(event, keeping) {
    const spot = spotOn(drawing.picture, event), place = sharesAt(spot);
    if (!carried && distance(spot, toPoint(place)) > NEAR) return;
    sliding = null;
    put(place, keeping);
  }

  function slide(name, value, keeping) {
    if (sliding?.name !== name) {
      const { place } = heldTime();
      sliding = { name, place, from: place?.instead ? null : place };
    }
    const { place, from } = sliding;
    put(value === null ? place : rescale(from, name, value / SHARES), keeping);
  }

  function cantTell() {
    const time = heldTime();
    sliding = null;
    if (time.place?.instead) return put(time.aside ?? null);
    time.aside = time.place;
    return put({ instead: "cant_tell" });
  }

  function land(value) {
    heldTime().landed = value;
    removed = null;
    keep(heldAct(), heldTime());
    draw();
  }

  function anotherTime() {
    const act = heldAct(), number = Math.max(...act.times.map((time) => time.number)) + 1;
    act.times.push({ number, place: null, landed: null });
    take(act.id, number);
    question.focus();
  }

  function anotherAct() {
    const act = freshAct(part);
    acts.push(act);
    take(act.id, 1);
    name.focus();
  }

  function keepWhole(act, taken) {
    if (act.name) kept.answer("words", act.id, taken ? null : act.name);
    for (const time of act.times.filter((one) => !isEmpty(one))) {
      kept.answer("answers", keyOf(act, time), taken ? null : valueOf(time));
    }
    mirror();
  }

  function remove() {
    const act = heldAct(), place = acts.indexOf(act);
    const told = called(act);
    acts = acts.filter((one) => one !== act);
    if (!acts.length) acts.push(freshAct(part));
    takeLast(acts[Math.max(place - 1, 0)]);
    sliding = null;
    removed = { act, told };
    keepWhole(act, true);
    draw();
    putBack.focus();
  }

  function bringBack() {
    const { act } = removed;
    acts = [...acts, act].sort((a, b) => (a.id < b.id ? -1 : 1));
    keepWhole(act, false);
    const last = act.times.at(-1);
    take(act.id, last.number);
    mirror();
    removeButton.focus();
  }

  // The fields

  const id = freshId("act");
  const name = make("input", { id, type: "text", autocomplete: "off", oninput: () => {
    heldAct().name = name.value;
    removed = null;
    kept.answer("words", hand.id, name.value);
    draw();
  } });
  const badge = make("span", { class: "ws-badge", "aria-hidden": "true", hidden: alone });
  const question = make("p", { class: "ws-label ws-from", tabindex: "-1" });
  const drawing = trianglePicture(words);
  const tap = make("p", { class: "ws-tap ws-quiet", "aria-hidden": "true" }, words.tap);
  const told = make("p", { class: "ws-told ws-quiet", "aria-hidden": "true" });
  const sliders = Object.entries(systems).map(([system, named]) =>
    [system, rangeInput(named.name, system, [0, SHARES, STEP], () => { sliding = null; },
      (value, keeping) => slide(system, value, keeping))]);
  const folded = make("details", { open: matchMedia("(min-width: 40rem)").matches },
    make("summary", {}, words.sliders),
    ...sliders.map(([, { row }]) => row),
    make("p", { class: "ws-ends ws-quiet", "aria-hidden": "true" },
      make("span", {}, words.share_none), make("span", {}, words.share_all)));

  const button = (label, onclick, more = {}) =>
    make("button", { type: "button", onclick, ...more }, label);
  const unknown = button(words.cant_tell, cantTell);
  const takeBack = button(words.take_back, () => {
    sliding = null;
    put(null);
    question.focus();
  }, { class: "ws-plain" });
  const again = button(words.another_time, anotherTime);
  const next = button(words.another_act, anotherAct);
  const removeButton = button(words.remove, remove, { class: "ws-plain" });
  const putBack = button(words.put_back, bringBack);
  const gone = make("span", {});
  const undo = make("p", { class: "ws-undo", hidden: true }, gone, " ", putBack);

  const landed = landedField(part, words, land);
  const list = actList(systems, words, { numberOf: alone ? () => "" : numberOf, called,
    takeKey: (key) => {
      takeKey(key);
      question.focus();
    } });

  // What is shown

  function draw() {
    const act = heldAct(), time = heldTime();
    const held = { act, key: keyOf(act, time) };
    drawFields(act, time);
    drawing.draw(acts, held, carried ? held.key : null, alone ? () => "" : numberOf);
    drawing.picture.setAttribute("aria-label", tellPicture());
    list.show(acts, held.key);
  }

  function drawFields(act, time) {
    if (name.value !== act.name) name.value = act.name;
    badge.textContent = numberOf(act);
    question.textContent = time === act.times[0] ? words.from : words.from_again;
    tap.hidden = time.place !== null || acts.some(({ times }) => times.some(isPlaced));
    told.textContent = tellMotive(time.place, systems, words);
    for (const [system, { show }] of sliders) {
      const share = time.place?.[system];
      show(Math.round((share ?? 1 / 3) * SHARES), wordForShare(share, words), share !== undefined);
    }
    unknown.setAttribute("aria-pressed", String(Boolean(time.place?.instead)));
    takeBack.hidden = !isPlaced(time);
    landed.show(time.landed);
    again.hidden = alone || act.times.some(({ place }) => place === null);
    next.hidden = alone || isBlank(act) || (part.most > 0 && acts.length >= part.most);
    removeButton.hidden = isBlank(act);
    undo.hidden = removed === null;
    gone.textContent = removed === null ? "" : fill(words.removed, { act: removed.told });
  }

  const tellAct = (act, times) => fill(words.told_act, { act: called(act),
    told: tellInTurn(times.map(({ place }) => tellMotive(place, systems, words)), words) });

  function tellPicture() {
    const corners = Object.values(systems).map((system) => inside(system)).join(", ");
    const placed = acts.map((act) => [act, act.times.filter(({ place }) => place)])
      .filter(([, times]) => times.length).map(([act, times]) => tellAct(act, times));
    return placed.length ? fill(words.picture, { corners, acts: placed.join(". ") })
      : fill(words.picture_none, { corners });
  }

  // Under the finger

  underFinger(drawing.picture, {
    grasp: drawing.nearest,
    lift: (key) => {
      takeKey(key);
      carried = heldTime().place;
    },
    carry: (event) => putAt(event, false),
    drop: (keeping) => {
      const place = keeping ? heldTime().place : carried;
      carried = null;
      put(place, keeping);
    },
    tap: (event, key) => {
      const other = key && key !== keyOf(heldAct(), heldTime());
      if (other && heldTime().place) takeKey(key);
      else putAt(event, true);
    },
  });

  const corner = (system) => make("span", { class: `ws-at-${system}` }, systems[system].name);
  el.append(make("fieldset", { class: "ws-field ws-answers ws-triangle" },
    make("legend", {}, part.legend),
    make("div", { class: "ws-naming" },
      make("label", { for: id, class: "ws-label" }, badge, words.act), name),
    question,
    make("div", { class: "ws-plot" },
      make("p", { class: "ws-corners", "aria-hidden": "true" }, corner("threat"), corner("drive")),
      drawing.picture, tap,
      make("p", { class: "ws-corners", "aria-hidden": "true" }, corner("soothing"))),
    told,
    make("div", { class: "ws-tools" }, unknown, takeBack),
    folded,
    landed.node,
    make("div", { class: "ws-tools" }, again, next, removeButton),
    undo, list.node));
  acts = [freshAct(part)];
  takeLast(acts[0]);
  let kept = { answer: () => {} };
  if (Object.keys(model.get("answers")).length) fromPython();
  else draw();
  model.on("change:answers", fromPython);
  kept = gathering(model.get("exercise"), part.id, restore);
  return () => { kept.stop(); model.off("change:answers", fromPython); };
}

export default { render };
