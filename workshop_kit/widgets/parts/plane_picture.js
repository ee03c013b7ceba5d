// The tone plane: two axes, and points told apart by letter and shape.

const FROM = 20, SIDE = 280, MOST = 10, STEP = 0.5, DISC = 12;
// Points are told apart by letter and shape, and not by colour.
const SHAPES = [
  () => svg("circle", { r: DISC }),
  () => svg("rect", { x: -11, y: -11, width: 22, height: 22, rx: 2 }),
  () => svg("polygon", { points: "0,-16 16,0 0,16 -16,0" }),
];
const letterOf = (turn) => String.fromCharCode(65 + turn);

const along = (value) => FROM + (SIDE * (value + MOST)) / (2 * MOST);
const toPoint = ({ curious, tender }) => [along(curious), along(-tender)];
const toTone = ([x, y]) => {
  const [curious, down] = [x, y].map((at) =>
    Math.round(((at - FROM) / SIDE * 2 * MOST - MOST) / STEP) * STEP)
    .map((value) => Math.min(Math.max(value, -MOST), MOST));
  // Never -0, which JSON keeps as 0.
  return { curious: curious + 0, tender: 0 - down };
};

const mark = (turn) => svg("svg",
  { viewBox: "-17 -17 34 34", class: "ws-mark", "aria-hidden": "true" },
  SHAPES[turn % SHAPES.length](), svg("text", { y: 4.5 }, letterOf(turn)));

function planePicture(phrases) {
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

  return { picture, draw, nearest: (event) => nearestPoint(picture, laid, event) };
}
