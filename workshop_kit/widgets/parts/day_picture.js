// The picture: a row for each stop, a column for each system.
const WIDE = 320, HEAD = 28, ROW = 48, FIRST = 138, COLUMN = 72, LARGEST = 22, RING = 6;
const LINE = 14; // letters of a label that stand on one line

// A label on as many lines as it needs.
function lines(label) {
  const found = [""];
  for (const word of label.split(" ")) {
    const longer = `${found.at(-1)} ${word}`.trim();
    if (found.at(-1) && longer.length > LINE) found.push(word);
    else found[found.length - 1] = longer;
  }
  return found;
}

// The line of the loop from one circle to the next, bent so that there and back are two lines; the
// same way once more bends further. An arrowhead stands before the end.
function arrow(from, to, again) {
  const across = to.x - from.x, down = to.y - from.y, length = Math.hypot(across, down);
  const bend = Math.min(0.22 * length, 22) * (1 + again / 2);
  const middle = { x: (from.x + to.x) / 2 - (down / length) * 2 * bend,
    y: (from.y + to.y) / 2 + (across / length) * 2 * bend };
  const turned = Math.hypot(to.x - middle.x, to.y - middle.y);
  const way = { x: (to.x - middle.x) / turned, y: (to.y - middle.y) / turned };
  const at = (back, side) => {
    const x = to.x - way.x * back - way.y * side, y = to.y - way.y * back + way.x * side;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  return {
    line: `M ${from.x} ${from.y} Q ${middle.x.toFixed(1)} ${middle.y.toFixed(1)} ${at(10, 0)}`,
    head: `M ${at(4, 0)} L ${at(13, 5)} L ${at(13, -5)} Z`,
  };
}

// The whole day: a row of three circles for each stop, and the loop over them.
function dayPicture({ part, systems, words }, tapped) {
  const names = Object.keys(systems), circles = new Map(), rows = new Map();
  const high = HEAD + ROW * part.stops.length + 4;
  const picture = svg("svg", { viewBox: `0 0 ${WIDE} ${high}`, role: "img", class: "ws-day-picture",
    onclick: ({ target }) => tapped(target.dataset ?? {}) });
  names.forEach((name, column) => picture.append(svg("text", { x: FIRST + COLUMN * column, y: 16,
    class: "ws-day-system" }, systems[name].name)));
  const places = svg("g"), loop = svg("g", { class: "ws-loop" }), taps = svg("g");
  part.stops.forEach((stop, row) => {
    const top = HEAD + ROW * row, y = top + ROW / 2;
    const band = svg("rect", { x: 1, y: top, width: WIDE - 2, height: ROW, rx: 8,
      class: "ws-day-band" });
    const said = lines(stop.label);
    const label = svg("text", { class: "ws-day-stop" }, ...said.map((line, number) =>
      svg("tspan", { x: 8, y: y + 5 + 15 * (number - (said.length - 1) / 2) }, line)));
    rows.set(stop.id, { band, label });
    places.append(band, label);
    taps.append(svg("rect", { x: 0, y: top, width: FIRST - COLUMN / 2, height: ROW,
      class: "ws-day-tap", "data-stop": stop.id }));
    names.forEach((name, column) => {
      const x = FIRST + COLUMN * column, id = `${stop.id}_${name}`;
      const ring = svg("circle", { cx: x, cy: y, r: RING, class: "ws-day-ring" });
      const disc = svg("circle", { cx: x, cy: y, r: 0, class: `ws-disc ws-${name}` });
      circles.set(id, { ring, disc, x, y });
      places.append(ring, disc);
      taps.append(svg("rect", { x: x - COLUMN / 2, y: top, width: COLUMN, height: ROW,
        class: "ws-day-tap", "data-stop": stop.id, "data-circle": id }));
    });
  });
  picture.append(places, loop, taps);

  function drawLoop(steps) {
    const seen = new Map();
    const arrows = steps.slice(1).map((id, place) => {
      const pair = `${steps[place]} ${id}`, again = seen.get(pair) ?? 0;
      seen.set(pair, again + 1);
      return arrow(circles.get(steps[place]), circles.get(id), again);
    });
    loop.replaceChildren(
      ...arrows.map(({ line }) => svg("path", { d: line, class: "ws-loop-halo" })),
      ...arrows.map(({ line }) => svg("path", { d: line, class: "ws-loop-line" })),
      ...[...new Set(steps)].map((id) => svg("circle", { cx: circles.get(id).x,
        cy: circles.get(id).y, r: 3.5, class: id === steps[0] ? "ws-loop-start" : "ws-loop-dot" })),
      ...arrows.map(({ head }) => svg("path", { d: head, class: "ws-loop-head" })));
  }

  return {
    picture,
    draw: ({ sizes, steps, open, stepping, told }) => {
      for (const [id, { ring, disc }] of circles) {
        const size = sizes(id);
        disc.setAttribute("r", radius(size, LARGEST));
        disc.classList.toggle("ws-nothing", size === 0);
        // A place without a size stays empty, unless a loop can be drawn through it.
        ring.classList.toggle("ws-shown", stepping || steps.includes(id));
      }
      for (const [id, { band, label }] of rows) {
        band.classList.toggle("ws-open", id === open);
        label.classList.toggle("ws-open", id === open);
      }
      picture.classList.toggle("ws-day-drawn", stepping);
      drawLoop(steps);
      picture.setAttribute("aria-label", told.length === 0 ? words.picture_none
        : fill(words.picture, { told: told.map((one) => one.join(": ")).join(". ") }));
    },
  };
}
