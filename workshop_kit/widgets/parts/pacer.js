const LENGTHS = { in: { least: 3, most: 7, usual: 5 }, out: { least: 3, most: 9, usual: 6 } };
const SETTLED = 0.5, HALFWAY = 0.75; // of the shape's full size
const QUIET = 0.03, LOWER = 196, HIGHER = 262, SOUNDING = 1.6; // gain, Hz, Hz, s

// The breath that is under way at `now` (seconds): `breath` itself, or one after it, at the lengths
// wanted by then. Each begins exactly where one before it ended, so that nothing drifts.
function breathAt(now, breath, wanted) {
  const over = now - breath.began - breath.in - breath.out;
  return over < 0 ? breath : { ...wanted, began: now - over % (wanted.in + wanted.out) };
}

// Which way a breath goes at `now`, and how far the shape is open, from 0 to 1.
function phaseAt(now, breath) {
  const since = now - breath.began;
  const turn = since < breath.in ? "in" : "out";
  const share = turn === "in" ? since / breath.in : (since - breath.in) / breath.out;
  const open = (1 - Math.cos(Math.PI * share)) / 2;
  return { turn, open: turn === "in" ? open : 1 - open };
}

// 5 is "5 …", 5.5 is "5 and a half …".
const inHalves = (count, whole, half) => {
  const rounded = Math.round(count * 2) / 2;
  return fill(rounded % 1 ? half : whole, { whole: Math.floor(rounded) });
};

// A sine that rises where the breath turns in, and falls where it turns out.
function softTone() {
  let context = null, sounding = null;
  function hush() {
    if (!sounding) return;
    sounding.volume.gain.setTargetAtTime(0, context.currentTime, 0.03);
    sounding.sine.stop(context.currentTime + 0.2);
    sounding = null;
  }
  function turn(way) {
    if (!context) return;
    hush();
    if (context.state === "suspended") context.resume();
    const now = context.currentTime, [from, to] = way === "in" ? [LOWER, HIGHER] : [HIGHER, LOWER];
    const sine = context.createOscillator(), swell = context.createGain();
    const volume = context.createGain();
    sine.frequency.setValueAtTime(from, now);
    sine.frequency.exponentialRampToValueAtTime(to, now + SOUNDING);
    swell.gain.setValueAtTime(0, now);
    swell.gain.linearRampToValueAtTime(QUIET, now + SOUNDING / 3);
    swell.gain.linearRampToValueAtTime(0, now + SOUNDING);
    sine.connect(swell).connect(volume).connect(context.destination);
    sine.start(now);
    sine.stop(now + SOUNDING);
    sounding = { sine, volume };
  }
  return {
    turn, hush,
    // A browser lets a page sound only after a tap, so not before it is asked for.
    allow: () => { context ??= new AudioContext(); },
    rest: () => { hush(); context?.suspend(); },
    end: () => { hush(); context?.close(); context = null; },
  };
}

// One length of the breath, as a native range input.
function lengthInput(way, words, change) {
  const { least, most, usual } = LENGTHS[way];
  let now = usual, before = usual;
  const range = rangeInput(words[`length_${way}`], "soothing", [least, most, 0.5],
    () => { before = now; }, (length) => set(length ?? before));
  const set = (length) => {
    now = length;
    range.show(length, inHalves(length, words.seconds, words.seconds_half), true);
    change(length);
  };
  return { row: range.row, show: () => set(now) };
}

const tick = (label, onchange) => {
  const input = make("input", { type: "checkbox", autocomplete: "off", onchange });
  return { input, row: make("label", { class: "ws-radio" }, input, make("span", {}, label)) };
};

function shape() {
  const ring = svg("svg", { viewBox: "0 0 200 200", class: "ws-breath-ring" },
    svg("circle", { cx: 100, cy: 100, r: 97 }));
  const disc = svg("svg", { viewBox: "0 0 200 200", class: "ws-breath-disc" },
    svg("circle", { cx: 100, cy: 100, r: 97 }));
  const word = make("span", { class: "ws-breath-word" });
  return { disc, word, node: make("div", { class: "ws-breath", role: "img" }, ring, disc, word) };
}

// The breathing pacer: a shape that grows and settles for as long as somebody likes.
function pacer(words) {
  const { disc, word, node: picture } = shape(), tone = softTone(), wanted = {};
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let breath = null, turn = null, frame = null;

  function step() {
    const now = performance.now() / 1000;
    breath = breathAt(now, breath, wanted);
    const phase = phaseAt(now, breath);
    if (phase.turn !== turn) {
      turn = phase.turn;
      word.textContent = words[turn];
      tone.turn(turn);
    }
    if (!still.input.checked) open(SETTLED + (1 - SETTLED) * phase.open);
    frame = requestAnimationFrame(step);
  }

  const open = (size) => { disc.style.transform = `scale(${size.toFixed(4)})`; };

  function start() {
    breath = { ...wanted, began: performance.now() / 1000 };
    draw();
    step();
  }

  function stop() {
    cancelAnimationFrame(frame);
    breath = turn = frame = null;
    word.textContent = "";
    tone.hush();
    draw();
  }

  function draw() {
    const moves = !still.input.checked;
    picture.classList.toggle("ws-moving", moves && breath !== null);
    picture.classList.toggle("ws-still", !moves);
    if (!moves) open(HALFWAY);
    else if (!breath) open(SETTLED);
    button.textContent = breath ? words.stop : words.start;
    if (wanted.in && wanted.out) tell(moves);
  }

  function tell(moves) {
    const says = (length) => inHalves(length, words.seconds, words.seconds_half);
    const sentence = !moves ? words.picture_still : breath ? words.picture : words.picture_at_rest;
    picture.setAttribute("aria-label",
      fill(sentence, { in: says(wanted.in), out: says(wanted.out) }));
    rate.textContent = inHalves(60 / (wanted.in + wanted.out), words.rate, words.rate_half);
  }

  const button = make("button", { type: "button", onclick: () => (breath ? stop() : start()) });
  const lengths = ["in", "out"].map((way) => lengthInput(way, words, (length) => {
    wanted[way] = length;
    draw();
  }));
  const rate = make("p", { class: "ws-quiet" });
  const still = tick(words.still, () => draw());
  const sound = tick(words.tone, () => (sound.input.checked ? tone.allow() : tone.end()));
  const prefer = () => {
    still.input.checked = calm.matches;
    draw();
  };
  const hide = () => { if (document.hidden) tone.rest(); };

  const node = make("div", { class: "ws-pacer" }, picture, button,
    ...lengths.map(({ row }) => row), rate, still.row, sound.row);
  calm.addEventListener("change", prefer);
  document.addEventListener("visibilitychange", hide);
  prefer();
  lengths.forEach(({ show }) => show());

  // Whoever comes back finds it silent and at rest.
  function leave() {
    if (breath) stop();
    sound.input.checked = false;
    tone.end();
  }
  return {
    node, leave,
    end: () => {
      leave();
      calm.removeEventListener("change", prefer);
      document.removeEventListener("visibilitychange", hide);
    },
  };
}
