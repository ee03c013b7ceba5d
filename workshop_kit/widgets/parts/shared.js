// What every widget of the workshop shares.
//
// The events of a page, all on `document`:
//   workshop:keeper   the keeper has opened the journal; fields answer with workshop:field
//   workshop:field    {exercise, group, question, restore}: a field is there and can be filled;
//                     or {exercise, part, restore}: all the fields of a part
//   workshop:answer   {exercise, group, question, value, heard}: a trainee changed a field; the
//                     keeper sets `heard`
//   workshop:entries  {entries, versions, moment}: the moments, words included, as the journal now
//                     shows them, every version that is kept, and the id of the page's own moment
//   workshop:journal  {home, moments, isLocked, hasPassphrase, isElsewhere}: how the journal stands
//   workshop:kept     {home}: the journal is kept there   workshop:unkept   {sentence}: it is not
//   workshop:home     {home, shared}: where somebody would like to keep the journal from now on, and
//                     whether they have just said that others use this device
//   workshop:request  {what, …, answer}: something asked of the whole journal, see parts/custody.js
//   workshop:ask      tell workshop:entries and workshop:journal again
// `group` is "answers" (numbers and choices), "words" (free text) or "setting".

const say = (name, detail = {}) =>
  document.dispatchEvent(new CustomEvent(`workshop:${name}`, { detail }));

function hear(name, listener) {
  const wrapped = (event) => listener(event.detail);
  document.addEventListener(`workshop:${name}`, wrapped);
  return () => document.removeEventListener(`workshop:${name}`, wrapped);
}

const HEARD_WITHIN = 20000; // ms for the keeper of a page to have read its journal

// Asks something of the journal as a whole; see parts/custody.js for what there is to ask. Until the
// keeper is there to hear it, it waits.
function request(what, more = {}) {
  const detail = { what, ...more };
  say("request", detail);
  return detail.answer ?? new Promise((resolve, reject) => {
    const stop = hear("keeper", () => { stop(); resolve(request(what, more)); });
    setTimeout(() => { stop(); reject(new Error("unheard")); }, HEARD_WITHIN);
  });
}

// A field of the page: `restore` is called with what the journal holds, and `answer` keeps.
function field(exercise, group, question, restore) {
  const { answer, stop } = register({ exercise, group, question, restore });
  return { answer: (value) => answer(group, question, value), stop };
}

// A part with several answers, such as a list that grows: `restore` is called with all that the
// journal holds of them, {answers, words} by question, and `answer(group, question, value)` keeps
// one. Their questions begin with the part's id and "_".
const gathering = (exercise, part, restore) => register({ exercise, part, restore });

// What is answered before a keeper is there to hear it waits here and is told again, so nothing is
// lost.
function register(asked) {
  const unheard = new Map();
  const answer = (group, question, value) => {
    const detail = { exercise: asked.exercise, group, question, value, heard: false };
    say("answer", detail);
    const name = `${group}.${question}`;
    if (detail.heard) unheard.delete(name);
    else unheard.set(name, detail);
  };
  const announce = () => {
    for (const { group, question, value } of [...unheard.values()]) answer(group, question, value);
    if (!unheard.size) say("field", asked);
  };
  const stop = hear("keeper", announce);
  announce();
  return { answer, stop };
}

// The id of a new item of a part's list; by their ids items stand in the order in which they came.
const freshItem = (part) => `${part}_${Date.now().toString(36)}${uniqueEnd()}`;
const uniqueEnd = () => Array.from(crypto.getRandomValues(new Uint8Array(3)), (byte) =>
  (byte % 36).toString(36)).join("");

// make("label", {for: "a"}, "Threat"): attributes by name, listeners by on…, text always as text.
const make = (tag, attributes, ...children) =>
  furnish(document.createElement(tag), attributes, children);

// The same for the elements of a drawing.
const svg = (tag, attributes, ...children) =>
  furnish(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

function furnish(node, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null) node.setAttribute(name, value);
  }
  // Without this JupyterLab takes arrows, Enter and letters for itself: a slider would not move.
  if (["button", "input", "select", "summary"].includes(node.localName)) node.dataset.lmSuppressShortcuts = "true";
  node.append(...children.filter((child) => child !== null));
  return node;
}

// A text area as tall as its text, once it is on the page; an empty one has its own height. One with
// so many letters is as tall as it gets: to measure a megabyte takes a browser many seconds.
const MANY = 20000;
function grow(area) {
  if (!area.isConnected) return void requestAnimationFrame(() => area.isConnected && grow(area));
  const many = area.value.length > MANY;
  area.style.overflowY = many ? "scroll" : "";
  if (many) return void (area.style.height = "60vh");
  area.style.height = "";
  if (area.value) area.style.height = `${area.scrollHeight + 2}px`;
}

// As much of a text as a name or a label can hold.
const NAME = 120;
const inBrief = (text) => text.length > NAME ? `${[...text.slice(0, NAME)].slice(0, -1).join("")}…` : text;

const fill = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// Where this visitor chose to keep the journal: for this visit, else for good, else the default.
const CHOSEN = "workshop-kit:home";
function chosenHome(homes) {
  const chosen = ["sessionStorage", "localStorage"].map((storage) => {
    try { return window[storage].getItem(CHOSEN); } catch { return null; }
  });
  return chosen.find((home) => homes.includes(home)) ?? homes[0];
}

let made = 0;
const freshId = (stem) => `ws-${stem}-${++made}-${Math.random().toString(36).slice(2, 8)}`;

// The name of a system in the middle of a sentence, in small letters unless the language says.
const inside = (system) => system.inside ?? system.name.toLowerCase();

const language = () => document.documentElement.lang || "en-GB";
const clock = (date) => date.toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit" });
// A day and time as they stood on the clock of whoever lived them, `offset` minutes east of UTC.
const calendar = (date, offset) => new Intl.DateTimeFormat(language(), { weekday: "long",
  day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: "UTC" })
  .formatToParts(new Date(date.getTime() + offset * 60000))
  .map(({ type, value }) => (type === "literal" && /\p{L}/u.test(value) ? ", " : value)).join("");
