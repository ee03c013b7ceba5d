// needs: flowing, chips

// The picture: I stand in the middle, what goes out goes to the left, what comes comes from the
// right, and a loop below is from me to me. A flow is told by the shape of its line and its end.
const WIDE = 320, LEFT = 136, RIGHT = 184, MIDDLE = WIDE / 2;
const LINE = 17, APART = 15; // between lines of a name; between two arrows of one name
const LETTERS = 17; // to a line of a name
const ENDS = { out: "M0 0L-11 -6V6Z", let_in: "M0 0L-11 -6V6Z", offered: "M-9 -6L0 0L-9 6",
  turned_away: "M0 -9V9" };
const REACH = { let_in: RIGHT + 3, offered: RIGHT + 22, turned_away: RIGHT + 52 };
const ROUND = { let_in: 0, offered: 32, turned_away: 70 }; // degrees that the loop stays open

// What was only offered is drawn as that; whatever became of it is drawn in its place.
const arriving = (taps) => {
  const became = ["let_in", "turned_away"].filter((flow) => taps[flow]);
  return became.length || !taps.offered ? became : ["offered"];
};

const flowLine = (flow, d, x, y, degrees) => svg("g", { class: `ws-flow ws-${flow}` },
  svg("path", { d, class: "ws-line" }),
  svg("path", { d: ENDS[flow], class: "ws-end",
    transform: `translate(${x} ${y}) rotate(${degrees})` }));

function straight(flow, y) {
  const [from, to] = flow === "out" ? [LEFT - 3, 6] : [WIDE - 4, REACH[flow]];
  return flowLine(flow, `M${from} ${y}H${flow === "turned_away" ? to : to + 6}`, to, y, 180);
}

// A loop that leaves at the bottom on the left and comes round to arrive on the right.
function loop(flow, bottom, radius, half) {
  const rise = Math.sqrt(radius ** 2 - half ** 2), centre = bottom + rise;
  const open = Math.asin(half / radius);
  const at = (angle) => [MIDDLE + radius * Math.cos(angle), centre + radius * Math.sin(angle)];
  const last = open - Math.PI / 2 + ROUND[flow] * Math.PI / 180;
  const [x, y] = at(last), [startX, startY] = at(-Math.PI / 2 - open);
  // The head covers the end of its line.
  const [stopX, stopY] = at(last + (flow === "let_in" ? 6 / radius : 0));
  const degrees = Math.atan2(-Math.cos(last), Math.sin(last)) * 180 / Math.PI;
  return flowLine(flow, `M${startX} ${startY}A${radius} ${radius} 0 1 0 ${stopX} ${stopY}`,
    x, y, degrees);
}

// A name in lines short enough for its side.
function inLines(name) {
  const lines = [];
  for (const word of name.match(new RegExp(`\\S{1,${LETTERS}}`, "g")) ?? []) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && longer.length <= LETTERS) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

const writeName = (lines, x, y, side) => lines.map((line, place) =>
  svg("text", { x, y: y + place * LINE, class: `ws-who ws-${side}` }, line));

function flowPicture(part, answers, words) {
  const tapped = tappedIn(part, answers), nodes = [];
  const heading = (label, x, y, side) =>
    nodes.push(...writeName(inLines(label), x, y, `${side} ws-heading`));
  heading(words.to_others, 4, 18, "start");
  heading(words.from_others, WIDE - 4, 18, "end");
  let down = 40;
  for (const { taps, label } of tapped.filter(({ id }) => id !== "myself")) {
    const lines = inLines(label), coming = arriving(taps), first = down + lines.length * LINE;
    if (taps.out) {
      nodes.push(...writeName(lines, 4, down + 12, "start"), straight("out", first + 7));
    }
    if (coming.length) nodes.push(...writeName(lines, WIDE - 4, down + 12, "end"));
    coming.forEach((flow, place) => nodes.push(straight(flow, first + 7 + place * APART)));
    down = first + 7 + Math.max(coming.length, 1) * APART + 6;
  }
  const bottom = Math.max(down, 76);
  const loops = arriving(tapped.find(({ id }) => id === "myself")?.taps ?? {});
  loops.forEach((flow, place) =>
    nodes.push(loop(flow, bottom + 1, 24 + 14 * place, 9 + 8 * place)));
  const under = bottom + [20, 68, 94][loops.length];
  heading(part.myself, MIDDLE, under, "middle");
  const height = under + LINE * (inLines(part.myself).length - 1) + 8;
  const drawn = FLOWS.filter((flow) => tapped.some(({ taps }) =>
    (flow === "out" ? taps.out : arriving(taps).includes(flow))));
  const me = [
    svg("rect", { x: LEFT, y: 2, width: RIGHT - LEFT, height: bottom - 2, rx: 14, class: "ws-me" }),
    svg("text", { x: MIDDLE, y: 24, class: "ws-who ws-middle ws-heading" }, words.me),
  ];
  return { height, nodes: [...me, ...nodes], drawn };
}

const keyTo = (flow, words) => make("li", {},
  svg("svg", { viewBox: "0 0 46 20", "aria-hidden": "true", class: "ws-sample" },
    flow === "turned_away" ? flowLine(flow, "M44 10H14", 14, 10, 180)
      : flowLine(flow, "M44 10H10", 4, 10, 180)),
  words[flow]);

function ticks(label, change) {
  const input = make("input", { type: "checkbox", autocomplete: "off",
    onchange: () => change(input.checked) });
  return { input, node: make("label", { class: "ws-chip" }, input, make("span", {}, label)) };
}

// What can be tapped for one person or place, or for oneself.
function tapRow({ id, label }, flows, words, tap, prefix = "") {
  const chips = flows.map((flow) =>
    [flow, ticks(words[prefix + flow], (on) => tap(id, flow, on))]);
  const node = make("fieldset", { class: "ws-taps" }, make("legend", {}, label),
    make("div", { class: "ws-chips" }, ...chips.map(([, { node: chip }]) => chip)));
  const show = (taps = {}) => {
    for (const [flow, { input }] of chips) input.checked = Boolean(taps[flow]);
  };
  return { node, show };
}

function render({ model, el }) {
  const part = model.get("part"), words = model.get("words");
  const chosen = new Set(); // whose row is shown, even with nothing tapped
  const aside = new Map(); // taps of a row that was put away
  let opened = false;
  const nameOf = (id) => `${part.id}_${id}`;
  const tapsOf = (id) => model.get("answers")[nameOf(id)];

  const people = part.people.map((person) => ({ id: person.id,
    chip: ticks(person.label, (on) => (on ? bring(person.id) : putAway(person.id))),
    row: tapRow(person, FLOWS, words, tap) }));
  const myself = tapRow({ id: "myself", label: part.myself }, FLOWS.slice(1), words, tap,
    "tap_myself_");
  const picture = svg("svg", { role: "img", class: "ws-threeflows" });
  const key = make("ul", { class: "ws-key ws-quiet" });
  const shown = make("div", {}, picture, key);

  function keep(id, taps) {
    const { [nameOf(id)]: _, ...others } = model.get("answers");
    const value = taps && Object.keys(taps).length ? taps : null;
    show(value ? { ...others, [nameOf(id)]: value } : others);
    kept.answer("answers", nameOf(id), value);
  }

  function tap(id, flow, on) {
    const { [flow]: _, ...others } = tapsOf(id) ?? {};
    chosen.add(id);
    keep(id, on ? { ...others, [flow]: 1 } : others);
  }

  function bring(id) {
    chosen.add(id);
    if (aside.has(id)) keep(id, aside.get(id));
    else draw();
    aside.delete(id);
  }

  function putAway(id) {
    chosen.delete(id);
    if (!tapsOf(id)) return draw();
    aside.set(id, tapsOf(id));
    keep(id, null);
  }

  function show(answers) {
    model.set("answers", answers);
    model.save_changes();
    draw();
  }

  function restore({ answers }) {
    // A row that was brought before the journal had opened stays.
    if (opened) chosen.clear();
    opened = true;
    aside.clear();
    show(answers);
  }

  function draw() {
    const answers = model.get("answers");
    for (const { id, chip, row } of people) {
      const here = chosen.has(id) || Boolean(tapsOf(id));
      chip.input.checked = here;
      row.node.hidden = !here;
      row.show(tapsOf(id));
    }
    myself.show(tapsOf("myself"));
    const told = tellFlows(part, answers, {}, model.get("systems"), words);
    shown.hidden = !told.length;
    picture.setAttribute("aria-label", told.map(([flow, names]) =>
      fill(words.picture, { flow, names })).join(" "));
    const { height, nodes, drawn } = flowPicture(part, answers, words);
    picture.setAttribute("viewBox", `0 0 ${WIDE} ${height}`);
    picture.replaceChildren(...nodes);
    key.replaceChildren(...drawn.map((flow) => keyTo(flow, words)));
  }

  el.append(make("fieldset", { class: "ws-field ws-answers ws-flows" },
    make("legend", {}, part.legend),
    make("div", { class: "ws-chips", role: "group", "aria-label": words.who },
      make("p", { class: "ws-quiet", "aria-hidden": "true" }, words.who),
      ...people.flatMap(({ chip, row }) => [chip.node, row.node])),
    myself.node, shown));
  model.on("change:answers", draw);
  draw();
  const kept = gathering(model.get("exercise"), part.id, restore);
  return () => { kept.stop(); model.off("change:answers", draw); };
}

export default { render };
