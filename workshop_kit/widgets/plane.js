// needs: sliders, tones
const FROM = 20, SIDE = 280, MOST = 10, STEP = 0.5, DISC = 12;
const TOUCH = { mouse: 15, touch: 24 }; // how far from its middle a point can be grasped
const STILL = 4; // px within which a press is a tap and not yet a drag
const CONTINUE_FOR = 12 * 60 * 60 * 1000; // the keeper's own: a moment is carried on for so long
// Points are told apart by letter and shape, and not by colour.
const SHAPES = [
  () => svg("circle", { r: DISC }),
  () => svg("rect", { x: -11, y: -11, width: 22, height: 22, rx: 2 }),
  () => svg("polygon", { points: "0,-16 16,0 0,16 -16,0" }),
];
const letterOf = (turn) => String.fromCharCode(65 + turn);
const distance = ([x, y], [a, b]) => Math.hypot(x - a, y - b);

const along = (value) => FROM + (SIDE * (value + MOST)) / (2 * MOST);
const toPoint = ({ curious, tender }) => [along(curious), along(-tender)];
const toTone = ([x, y]) => {
  const [curious, down] = [x, y].map((at) =>
    Math.round(((at - FROM) / SIDE * 2 * MOST - MOST) / STEP) * STEP)
    .map((value) => Math.min(Math.max(value, -MOST), MOST));
  // Never -0, which JSON keeps as 0.
  return { curious: curious + 0, tender: 0 - down };
};

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

const mark = (turn) => svg("svg",
  { viewBox: "-17 -17 34 34", class: "ws-mark", "aria-hidden": "true" },
  SHAPES[turn % SHAPES.length](), svg("text", { y: 4.5 }, letterOf(turn)));

function planeDrawing(phrases) {
  const end = FROM + SIDE, middle = FROM + SIDE / 2;
  const points = svg("g"), asides = svg("g");
  const picture = svg("svg", { viewBox: "0 0 320 320", role: "img" },
    svg("line", { x1: FROM, y1: middle, x2: end, y2: middle, class: "ws-axis" }),
    svg("line", { x1: middle, y1: FROM, x2: middle, y2: end, class: "ws-axis" }),
    asides, points);
  const nodes = phrases.map((_, turn) => svg("g", { class: "ws-point" },
    svg("circle", { r: TOUCH.touch, class: "ws-grasp" }), SHAPES[turn % SHAPES.length](),
    svg("text", { y: 4.5 }, letterOf(turn))));
  let laid = new Map();

  const spotOf = (event) => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY)
      .matrixTransform(picture.getScreenCTM().inverse());
    return [x, y];
  };

  function nearest(event) {
    const spot = spotOf(event), reach = TOUCH[event.pointerType] ?? TOUCH.touch;
    const [id, far] = [...laid].map(([one, at]) => [one, distance(spot, at)])
      .sort((a, b) => a[1] - b[1])[0] ?? [];
    return far <= reach ? id : null;
  }

  // The point in hand is where it is; one that it would hide stands beside it.
  function layOut(tones, hand) {
    laid = new Map();
    const order = [hand, ...phrases.map(({ id }) => id).filter((id) => id !== hand)];
    for (const id of order.filter((one) => tones[one])) {
      const [x, y] = toPoint(tones[id]), side = x < middle ? 1 : -1;
      const free = (spot) => [...laid.values()].every((other) => distance(spot, other) > 2 * DISC);
      const spots = [[x, y], [x + 30 * side, y], [x + 60 * side, y]];
      laid.set(id, spots.find(free) ?? spots[0]);
    }
  }

  function draw(tones, hand) {
    layOut(tones, hand);
    asides.replaceChildren(...phrases.flatMap(({ id }) => {
      if (!laid.has(id)) return [];
      const [x, y] = toPoint(tones[id]), [a, b] = laid.get(id);
      return x === a ? [] : [svg("line", { x1: x, y1: y, x2: a, y2: b, class: "ws-aside" })];
    }));
    phrases.forEach(({ id }, turn) => {
      const node = nodes[turn];
      if (!laid.has(id)) return void node.remove();
      node.setAttribute("transform", `translate(${laid.get(id).join(" ")})`);
      node.classList.toggle("ws-held", id === hand);
      if (!node.parentNode) points.append(node);
    });
  }

  return { picture, draw, nearest, spotOf };
}

function render({ model, el }) {
  const part = model.get("part"), words = model.get("words"), exercise = model.get("exercise");
  const phrases = part.phrases, axes = ["curious", "tender"];
  const drawing = planeDrawing(phrases);
  let tones = {}, hand = phrases[0].id, carried = null, sliding = null;

  const nameOf = (id) => `${part.id}_${id}`;
  const answers = () => Object.fromEntries(Object.entries(tones)
    .map(([id, tone]) => [nameOf(id), tone]));

  function mirror() {
    model.set("answers", answers());
    model.save_changes();
  }

  function read(held) {
    tones = Object.fromEntries(phrases.map(({ id }) => [id, held[nameOf(id)]])
      .filter(([, value]) => isTone(value))
      .map(([id, { curious, tender }]) => [id, { curious, tender }]));
    carried = sliding = null;
    draw();
  }

  function fromPython() {
    if (JSON.stringify(model.get("answers")) !== JSON.stringify(answers())) {
      read(model.get("answers"));
    }
  }

  function take(id) {
    hand = id;
    sliding = null;
    draw();
  }

  function put(tone, keeping = true) {
    const { [hand]: _, ...others } = tones;
    tones = tone ? { ...others, [hand]: tone } : others;
    if (keeping) {
      mirror();
      kept.answer("answers", nameOf(hand), tone);
    }
    draw();
  }

  function slide(axis, value, keeping) {
    sliding ??= { before: tones[hand] ?? null };
    put(value === null ? sliding.before
      : { curious: 0, tender: 0, ...tones[hand], [axis]: value }, keeping);
  }

  // The phrases, and what the trainee wrote of each elsewhere on the page. Their words stay here.

  const group = freshId("phrase");
  const rows = phrases.map(({ id, label }, turn) => {
    const said = make("p", { id: freshId("said"), class: "ws-said ws-own", hidden: true });
    const told = make("p", { id: freshId("told"), class: "ws-told ws-quiet", hidden: true });
    const input = make("input", { type: "radio", name: group, value: id, autocomplete: "off",
      "aria-describedby": `${said.id} ${told.id}`, onchange: () => take(id) });
    const choice = make("label", { class: "ws-radio" }, input, mark(turn),
      make("span", {}, label));
    return { id, input, said, told,
      node: make("div", { class: "ws-phrase" }, choice, said, told) };
  });

  function showSaid(texts) {
    for (const { id, said } of rows) {
      if (!(id in texts)) continue;
      const text = (texts[id] ?? "").trim();
      said.hidden = text === "";
      said.textContent = text && fill(words.said, { text });
    }
  }

  const forgetSaid = () => showSaid(Object.fromEntries(phrases.map(({ id }) => [id, ""])));

  // The page's own moment is the latest of its exercise, if it is not too old to be carried on.
  function hearEntries({ entries }) {
    const last = entries.filter((moment) => moment.exercise === exercise).at(-1);
    const current = last && Date.now() - Date.parse(last.changed) < CONTINUE_FOR;
    forgetSaid();
    if (current) showSaid(last.words);
  }

  const hearAnswer = ({ exercise: of, group: kind, question, value }) => {
    if (of === exercise && kind === "words") showSaid({ [question]: value });
  };

  // The fields

  const sliders = axes.map((axis) => [axis, rangeInput(fill(words.from_to, part[axis]), "tone",
    [-MOST, MOST, STEP], () => { sliding = null; },
    (value, keeping) => slide(axis, value, keeping))]);
  const takeBack = make("button", { type: "button", class: "ws-plain", onclick: () => {
    sliding = null;
    put(null);
    rows.find(({ id }) => id === hand).input.focus();
  } }, words.take_back);
  const tap = make("p", { class: "ws-tap ws-quiet", "aria-hidden": "true" }, words.tap);

  function draw() {
    const tone = tones[hand];
    drawing.draw(tones, hand);
    drawing.picture.setAttribute("aria-label", tellPicture());
    for (const [axis, { show }] of sliders) {
      show(tone?.[axis] ?? 0, tone ? wordForTone(tone[axis], part[axis], words) : words.unplaced,
        Boolean(tone));
    }
    for (const { id, input, told } of rows) {
      input.checked = id === hand;
      told.hidden = !tones[id];
      told.textContent = tones[id] ? tellTone(tones[id], part, words) : "";
    }
    takeBack.hidden = !tone;
    tap.hidden = Object.keys(tones).length > 0;
  }

  function tellPicture() {
    const ends = axes.map((axis) => fill(words.from_to_within, part[axis])).join(words.and);
    const points = phrases.map(({ id, label }, turn) => ({ id, label, letter: letterOf(turn) }))
      .filter(({ id }) => tones[id])
      .map((one) => fill(words.picture_point,
        { ...one, told: tellTone(tones[one.id], part, words) }));
    return points.length ? fill(words.picture, { ends, points: points.join(". ") })
      : fill(words.picture_none, { ends });
  }

  const putAt = (event, keeping) => {
    sliding = null;
    put(toTone(drawing.spotOf(event)), keeping);
  };

  underFinger(drawing.picture, {
    grasp: drawing.nearest,
    lift: (id) => {
      take(id);
      carried = tones[id];
    },
    carry: (event) => putAt(event, false),
    drop: (keeping) => put(keeping ? tones[hand] : carried, keeping),
    tap: (event, id) => {
      if (id && id !== hand && tones[hand]) take(id);
      else putAt(event, true);
    },
  });

  const end = (axis, side) =>
    make("span", { class: `ws-end ws-${axis}-${side}` }, part[axis][side]);
  el.append(make("fieldset", { class: "ws-field ws-plane" },
    make("legend", {}, part.legend),
    ...rows.map(({ node }) => node),
    make("div", { class: "ws-plot" },
      make("div", { class: "ws-ends-of-axes", "aria-hidden": "true" },
        ...axes.flatMap((axis) => [end(axis, "least"), end(axis, "most")])),
      drawing.picture, tap),
    ...sliders.map(([, { row }]) => row), takeBack));
  let kept = { answer: () => {} }, asked = false;
  read(model.get("answers"));
  model.on("change:answers", fromPython);
  const stops = [hear("entries", hearEntries), hear("answer", hearAnswer)];
  kept = gathering(exercise, part.id, ({ answers: held }) => {
    read(held);
    mirror();
    forgetSaid();
    if (!asked) say("ask");
    asked = true;
  });
  return () => {
    kept.stop();
    stops.forEach((stop) => stop());
    model.off("change:answers", fromPython);
  };
}

export default { render };
