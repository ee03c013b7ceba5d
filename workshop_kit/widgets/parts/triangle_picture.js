// The triangle: its corners, the points in it, and what shares a point stands for.

const CORNERS = { threat: [20, 20], drive: [300, 20], soothing: [160, 262] };
const MIDDLE = [160, 101], WIDTH = 320, HEIGHT = 284, DISC = 12;

const keyOf = (act, time) => `${act.id}_${time.number}`;
const isPlaced = ({ place }) => place !== null && !place.instead;

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

function trianglePicture(words) {
  const lines = svg("g"), discs = svg("g"), names = svg("g");
  const parked = svg("text", { x: 6, y: HEIGHT - 6, class: "ws-parked" }, words.told_cant_tell);
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" },
    ...emptyTriangle(), parked, lines, discs, names);
  const nodes = new Map();
  let laid = new Map();

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

  return { picture, draw, nearest: (event) => nearestPoint(picture, laid, event) };
}
