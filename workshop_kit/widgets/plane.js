// needs: sliders, fingers, tones, plane_picture

function render({ model, el }) {
  const part = model.get("part"), words = model.get("words"), exercise = model.get("exercise");
  const phrases = part.phrases, axes = ["curious", "tender"];
  const drawing = planePicture(phrases);
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

  function hearEntries({ entries, moment }) {
    forgetSaid();
    showSaid(entries.find(({ id }) => id === moment)?.words ?? {});
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
    put(toTone(spotOn(drawing.picture, event)), keeping);
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
  el.append(make("fieldset", { class: "ws-field ws-answers ws-plane" },
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
