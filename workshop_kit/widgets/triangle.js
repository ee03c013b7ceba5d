// needs: sliders, motives
const CORNERS = { threat: [20, 20], drive: [300, 20], soothing: [160, 262] };
const MIDDLE = [160, 101], WIDTH = 320, HEIGHT = 284, DISC = 12;
const STEP = 4; // 64ths: a slider goes from end to end in 16 steps
const TOUCH = { mouse: 15, touch: 24 }; // how far from its middle a point can be grasped
const STILL = 4; // px within which a press is a tap and not yet a drag
const NEAR = 30; // how far outside the triangle a tap still means its edge

const keyOf = (act, time) => `${act.id}_${time.number}`;
const isPlaced = ({ place }) => place !== null && !place.instead;
const isEmpty = ({ place, landed }) => place === null && landed === null;
const isBlank = ({ name, times }) => name === "" && times.every(isEmpty);
const distance = ([x, y], [a, b]) => Math.hypot(x - a, y - b);

const toPoint = (place) => [0, 1].map((axis) =>
  Object.entries(CORNERS).reduce((sum, [name, corner]) => sum + place[name] * corner[axis], 0));

// The shares at a point; outside the triangle, those of its edge.
function sharesAt([x, y]) {
  const [[ax, ay], [bx, by], [cx, cy]] = Object.values(CORNERS);
  const whole = (by - cy) * (ax - cx) + (cx - bx) * (ay - cy);
  const a = ((by - cy) * (x - cx) + (cx - bx) * (y - cy)) / whole;
  const b = ((cy - ay) * (x - cx) + (ax - cx) * (y - cy)) / whole;
  const weights = [a, b, 1 - a - b].map((weight) => Math.max(weight, 0));
  return toShares(Object.fromEntries(Object.keys(CORNERS).map((name, at) => [name, weights[at]])));
}

// The shares when one of them becomes `share` and the others keep their proportion.
function rescale(from, name, share) {
  const others = Object.keys(CORNERS).filter((other) => other !== name);
  const [first, second] = others.map((other) => from?.[other] ?? 0);
  const part = first + second > 0 ? first / (first + second) : 0.5;
  const rest = Math.round((1 - share) * SHARES), one = Math.round(rest * part);
  return { ...from, [name]: share, [others[0]]: one / SHARES, [others[1]]: (rest - one) / SHARES };
}

// Where each disc is drawn: on its point, or beside it where another disc lies already.
function layOut(points) {
  const laid = new Map();
  const free = (spot) => [...laid.values()].every((other) => distance(spot, other) > 2 * DISC - 3);
  const inside = ([x, y]) => x > DISC && x < WIDTH - DISC && y > DISC && y < HEIGHT - DISC;
  for (const [key, point] of points) {
    const inward = Math.atan2(MIDDLE[1] - point[1], MIDDLE[0] - point[0]);
    const around = [25, 40, 55].flatMap((far) => [0, 1, -1, 2, -2, 3, -3, 4].map((turn) => {
      const angle = inward + (turn * Math.PI) / 4;
      return [point[0] + far * Math.cos(angle), point[1] + far * Math.sin(angle)];
    }));
    laid.set(key, [point, ...around.filter(inside)].find(free) ?? point);
  }
  return laid;
}

// What a pointer does on a drawing: a tap is told with the point it met, if any; a press on a point
// that then moves lifts it, carries it and drops it, kept or not.
function underFinger(picture, { grasp, lift, carry, drop, tap }) {
  let pressed = null;
  const at = ({ clientX, clientY }) => [clientX, clientY];
  picture.addEventListener("pointerdown", (event) => {
    pressed = null;
    if (event.button !== 0 || !event.isPrimary) return;
    pressed = { key: grasp(event), from: at(event) };
    if (pressed.key) picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    if (!pressed?.key) return;
    if (!pressed.lifted && distance(pressed.from, at(event)) < STILL) return;
    if (!pressed.lifted) lift(pressed.key);
    pressed.lifted = true;
    carry(event);
  });
  const end = (kept) => {
    if (pressed?.lifted && pressed.key) drop(kept);
    if (pressed?.lifted) pressed.key = null;
  };
  picture.addEventListener("pointerup", () => end(true));
  picture.addEventListener("pointercancel", () => {
    end(false);
    pressed = null;
  });
  // Where a browser does not know touch-action inside a drawing, the page would move along.
  picture.addEventListener("touchmove", (event) => {
    if (pressed?.lifted && event.cancelable) event.preventDefault();
  }, { passive: false });
  picture.addEventListener("click", (event) => {
    const { lifted, key = null } = pressed ?? {};
    pressed = null;
    if (!lifted) tap(event, key);
  });
}

// The triangle without its points. Its corners have the colours and lines of the circles.
function emptyTriangle() {
  const along = ([x, y], [a, b]) => [x + (a - x) * 0.17, y + (b - y) * 0.17].join(",");
  const corners = Object.entries(CORNERS).map(([name, corner]) => {
    const [one, other] = Object.values(CORNERS).filter((end) => end !== corner);
    const points = [corner.join(","), along(corner, one), along(corner, other)].join(" ");
    return svg("polygon", { points, class: `ws-corner ws-${name}` });
  });
  const points = Object.values(CORNERS).join(" ");
  return [svg("polygon", { points, class: "ws-sides" }), ...corners];
}

function triangleDrawing(words) {
  const lines = svg("g"), discs = svg("g"), names = svg("g");
  const parked = svg("text", { x: 6, y: HEIGHT - 6, class: "ws-parked" }, words.told_cant_tell);
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" },
    ...emptyTriangle(), parked, lines, discs, names);
  const nodes = new Map();
  let laid = new Map();

  const spotOf = (event) => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY)
      .matrixTransform(picture.getScreenCTM().inverse());
    return [x, y];
  };

  function nearest(event) {
    const spot = spotOf(event), reach = TOUCH[event.pointerType] ?? TOUCH.touch;
    const [key, far] = [...laid].map(([one, at]) => [one, distance(spot, at)])
      .sort((a, b) => a[1] - b[1])[0] ?? [];
    return far <= reach ? key : null;
  }

  function disc(key, label) {
    if (!nodes.has(key)) {
      const text = svg("text", { y: 4.5 });
      nodes.set(key, { text, node: svg("g", { class: "ws-point", "data-point": key },
        svg("circle", { r: TOUCH.touch, class: "ws-grasp" }), svg("circle", { r: DISC }), text) });
    }
    const { node, text } = nodes.get(key);
    text.textContent = label;
    return node;
  }

  // Acts nobody can tell the place of stand beside the triangle, in rows that grow upwards.
  const park = (count) => [20 + 28 * (count % 4), HEIGHT - 36 - 28 * Math.floor(count / 4)];

  function draw(acts, held, dragged, labelOf) {
    const placed = new Map(), beside = new Map();
    for (const act of acts) {
      for (const time of act.times) {
        if (isPlaced(time)) placed.set(keyOf(act, time), toPoint(time.place));
        else if (time.place) beside.set(keyOf(act, time), park(beside.size));
      }
    }
    // While one is dragged the others stay where they are.
    if (!dragged) laid = new Map([...layOut(placed), ...beside]);
    else laid.set(dragged, placed.get(dragged));
    parked.toggleAttribute("hidden", !beside.size);
    lines.replaceChildren(...acts.map((act) => joined(act, held)), ...[...placed].flatMap(aside));
    for (const [key, { node }] of nodes) {
      if (laid.has(key)) continue;
      node.remove();
      nodes.delete(key);
    }
    for (const act of acts) {
      for (const time of act.times.filter((one) => laid.has(keyOf(act, one)))) {
        const key = keyOf(act, time), node = disc(key, labelOf(act));
        node.setAttribute("transform", `translate(${laid.get(key).join(" ")})`);
        node.classList.toggle("ws-held", key === held.key);
        node.classList.toggle("ws-of-held", act === held.act);
        if (!node.parentNode) discs.append(node);
      }
    }
    const top = nodes.get(held.key)?.node;
    if (top && !dragged && top !== discs.lastElementChild) discs.append(top);
    names.replaceChildren(...caption(held.act, placed));
  }

  // The times of one act, joined by a thin line.
  function joined(act, held) {
    const points = act.times.filter(isPlaced).map((time) => laid.get(keyOf(act, time)).join(","));
    return svg("polyline", { points: points.join(" "),
      class: act === held.act ? "ws-line ws-of-held" : "ws-line" });
  }

  function aside([key, [x, y]]) {
    const [a, b] = laid.get(key);
    if (x === a && y === b) return [];
    return [svg("line", { x1: x, y1: y, x2: a, y2: b, class: "ws-aside" }),
      svg("circle", { cx: x, cy: y, r: 3, class: "ws-true" })];
  }

  // The name of the act in hand: beside its line, where that is long enough, or under its point.
  function caption(act, placed) {
    const spots = act.times.map((time) => keyOf(act, time)).filter((key) => placed.has(key))
      .map((key) => laid.get(key));
    if (!act.name.trim() || !spots.length) return [];
    const text = act.name.length > 22 ? `${act.name.slice(0, 21)}…` : act.name;
    const wide = 7.2 * text.length, [[x, y], [a, b]] = [spots[0], spots[1] ?? spots[0]];
    const middle = (x + a) / 2, low = Math.max(y, b) + 28;
    const within = (left) => Math.min(Math.max(left, 2), WIDTH - wide - 2) + wide / 2;
    if (distance([x, y], [a, b]) > 60 && Math.abs(y - b) > 40) {
      // On the side where the triangle ends, if there is room, and else on the other.
      const right = middle >= WIDTH / 2 ? middle + 8 + wide < WIDTH : middle - 8 - wide < 0;
      return [label(text, within(right ? middle + 8 : middle - 8 - wide), (y + b) / 2 + 4)];
    }
    const high = Math.min(y, b) - 20;
    return [label(text, within(middle - wide / 2), low < HEIGHT ? low : high)];
  }

  const label = (text, x, y) => svg("text", { class: "ws-called", x, y }, text);

  return { picture, draw, nearest, spotOf };
}

// How the act in hand landed.
function landedField(part, words, land) {
  const name = freshId("landed");
  const radios = part.landed.map(({ id, label }) => {
    const input = make("input", { type: "radio", name, value: id, autocomplete: "off",
      onchange: () => land(id) });
    return { input, row: make("label", { class: "ws-radio" }, input, make("span", {}, label)) };
  });
  const clear = make("button", { type: "button", class: "ws-plain", onclick: () => {
    land(null);
    radios[0].input.focus();
  } }, words.landed_back);
  const show = (landed) => {
    for (const { input } of radios) input.checked = input.value === landed;
    clear.hidden = landed === null;
  };
  return { show, node: make("fieldset", { class: "ws-landed" }, make("legend", {}, words.landed),
    make("div", { class: "ws-row" }, ...radios.map(({ row }) => row)), clear) };
}

// The acts so far, with a button for each time. Rows are made anew only when they come and go, so
// that a button keeps its focus.
function actList(systems, words, { numberOf, called, takeKey }) {
  const list = make("ul", { class: "ws-list" });
  const node = make("div", { class: "ws-listed" },
    make("p", { class: "ws-label" }, words.acts), list);
  let rows = [], drawn = "";

  function row({ times }) {
    const number = make("span", { class: "ws-badge", "aria-hidden": "true" });
    const title = make("span", { class: "ws-name" });
    const buttons = times.map(() => make("button", { type: "button",
      onclick: ({ currentTarget }) => takeKey(currentTarget.dataset.key) }));
    const show = (act, heldKey) => {
      number.textContent = numberOf(act);
      number.hidden = !number.textContent;
      title.textContent = act.name || words.unnamed;
      act.times.forEach((time, turn) => {
        const place = tellMotive(time.place, systems, words), key = keyOf(act, time);
        const told = turn ? fill(words.told_again, { told: place }) : place;
        buttons[turn].textContent = told;
        buttons[turn].dataset.key = key;
        buttons[turn].setAttribute("aria-pressed", String(key === heldKey));
        buttons[turn].setAttribute("aria-label", fill(words.told_act, { act: called(act), told }));
      });
    };
    return { show, item: make("li", {}, number, title,
      make("span", { class: "ws-times" }, ...buttons)) };
  }

  function show(acts, heldKey) {
    const keys = acts.flatMap((act) => act.times.map((time) => keyOf(act, time)));
    node.hidden = keys.length < 2;
    const { key: focused } = list.contains(document.activeElement)
      ? document.activeElement.dataset : {};
    const anew = drawn !== keys.join();
    if (anew) {
      rows = acts.map(row);
      list.replaceChildren(...rows.map(({ item }) => item));
      drawn = keys.join();
    }
    acts.forEach((act, place) => rows[place].show(act, heldKey));
    if (anew && focused) list.querySelector(`[data-key="${focused}"]`)?.focus();
  }

  return { node, show };
}

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

  const valueOf = ({ place, landed }) =>
    (place || landed ? { ...place, ...(landed ? { landed } : {}) } : null);

  const answers = () => Object.fromEntries(acts.flatMap((act) => act.times
    .filter((time) => !isEmpty(time)).map((time) => [keyOf(act, time), valueOf(time)])));

  function mirror() {
    model.set("answers", answers());
    model.save_changes();
  }

  function keep(act, time) {
    mirror();
    kept.answer("answers", keyOf(act, time), valueOf(time));
  }

  const freshAct = () => ({ id: freshItem(part.id), name: "",
    times: [{ number: 1, place: null, landed: null }] });

  function restore({ answers: held, words: texts }) {
    acts = readActs(part, held, texts, systems);
    for (const act of acts) {
      if (!act.times.length) act.times.push({ number: 1, place: null, landed: null });
    }
    if (!acts.length) acts = [freshAct()];
    carried = sliding = removed = null;
    if (!hand || !heldAct() || !heldTime()) takeLast(acts.at(-1));
    mirror();
    draw();
  }

  function fromPython() {
    if (JSON.stringify(model.get("answers")) === JSON.stringify(answers())) return;
    restore({ answers: model.get("answers"),
      words: Object.fromEntries(acts.map(({ id, name }) => [id, name])) });
  }

  // What is in hand

  const takeLast = (act) => { hand = { id: act.id, number: act.times.at(-1).number }; };

  // What was begun and left empty goes when something else is taken in hand.
  function take(id, number) {
    hand = { id, number };
    const blank = (act) => act.id !== id && isBlank(act);
    acts = acts.filter((act) => !blank(act));
    for (const act of acts) {
      const left = act.times.filter((time) =>
        !isEmpty(time) || (act.id === id && time.number === number));
      act.times = left.length ? left : act.times.slice(0, 1);
    }
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
    const spot = drawing.spotOf(event), place = sharesAt(spot);
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
    const act = freshAct();
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
    if (!acts.length) acts.push(freshAct());
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
  const drawing = triangleDrawing(words);
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
  const list = actList(systems, words, { numberOf: alone ? () => "" : numberOf, called, takeKey });

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
    again.hidden = act.times.some(({ place }) => place === null);
    next.hidden = alone || isBlank(act) || (part.most > 0 && acts.length >= part.most);
    removeButton.hidden = isBlank(act);
    undo.hidden = removed === null;
    gone.textContent = removed === null ? "" : fill(words.removed, { act: removed.told });
  }

  const tellAct = (act, times) => fill(words.told_act, { act: called(act),
    told: tellInTurn(times.map(({ place }) => tellMotive(place, systems, words)), words) });

  function tellPicture() {
    const corners = Object.values(systems).map((system) => system.name.toLowerCase()).join(", ");
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
  el.append(make("fieldset", { class: "ws-field ws-triangle" },
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
  acts = [freshAct()];
  takeLast(acts[0]);
  let kept = { answer: () => {} };
  if (Object.keys(model.get("answers")).length) fromPython();
  else draw();
  model.on("change:answers", fromPython);
  kept = gathering(model.get("exercise"), part.id, restore);
  return () => { kept.stop(); model.off("change:answers", fromPython); };
}

export default { render };
