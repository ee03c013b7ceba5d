// needs: group_talk, pooled
//
// The facilitator's page: prepares a session, leads it, and closes it. How the session stands is
// what the server says; only the code and the links are this browser's, since the server keeps no
// more than hashes of them.

const SHOWN = "workshop-kit:lead", EVERY = 10_000; // ms between two looks at the clock
const settings = pageSettings(), { group } = settings;
const words = group.words.own, talk = groupTalk(settings.baseUrl);
const at = (id) => document.getElementById(id);
let session = null, heardAt = 0, drawn = "", stop = null;

const shown = {
  read: () => { try { return JSON.parse(localStorage.getItem(SHOWN)) ?? {}; } catch { return {}; } },
  add: (more) => { try { localStorage.setItem(SHOWN, JSON.stringify({ ...shown.read(), ...more })); } catch { /* It is on the screen. */ } },
};

function only(id) {
  for (const one of ["opening", "closed-door", "plan", "running", "over"]) at(one).hidden = one !== id;
  document.documentElement.dataset.workshopReady = "true";
}

const refuse = (error) => { at("told").textContent = error ? refusedWords(group.words.refused, error) : ""; };

// Before a session

let order = [], left = new Set();

function choose({ steps, minutes }) {
  order = [...steps, ...Object.keys(group.exercises).filter((id) => !steps.includes(id))];
  left = new Set(order.filter((id) => !steps.includes(id)));
  at("minutes").value = minutes;
  list();
}

function move(id, by) {
  const from = order.indexOf(id), to = from + by;
  [order[from], order[to]] = [order[to], order[from]];
  list();
  at(`move-${by}-${id}`)?.focus();
}

function list() {
  at("steps").replaceChildren(...order.map((id, place) => {
    const { title } = group.exercises[id];
    const arrow = (by, name, sign) => make("button", { type: "button", id: `move-${by}-${id}`,
      class: "ws-button gr-move", "aria-label": fill(words[name], { title }),
      "aria-disabled": place + by < 0 || place + by >= order.length ? "true" : null,
      onclick: () => { if (order[place + by]) move(id, by); } }, sign);
    return make("li", {}, make("label", { class: "ws-radio" },
      make("input", { type: "checkbox", checked: !left.has(id), onchange: ({ target }) => {
        if (target.checked) left.delete(id); else left.add(id);
        sum();
      } }), make("span", {}, title)), arrow(-1, "earlier", "\u2191"), arrow(1, "later", "\u2193"));
  }));
  sum();
}

const steps = () => order.filter((id) => !left.has(id));
const minutesOf = (ids) => ids.reduce((all, id) => all + group.exercises[id].minutes, 0);

function sum() {
  at("meant").textContent = fill(words.meant, { sum: minutesOf(steps()), minutes: at("minutes").value });
  at("begin").disabled = !steps().length;
}

at("sheet").addEventListener("change", () => choose(group.outlines[at("sheet").selectedIndex]));
at("minutes").addEventListener("input", sum);
at("plan").addEventListener("submit", async (event) => {
  event.preventDefault();
  at("begin").disabled = true;
  const plan = { k: at("k").valueAsNumber, minutes: at("minutes").valueAsNumber, steps: steps() };
  try {
    shown.add(await talk.tell("group/session", "POST", plan));
    refuse();
    lead();
  } catch (error) {
    refuse(error);
  } finally {
    at("begin").disabled = false;
  }
});

// While it runs

async function act(said) {
  try {
    shown.add(await talk.tell("group/lead", "POST", said));
    refuse();
  } catch (error) {
    refuse(error);
  }
  if (session) show();
}

function show() {
  if (session.closed) return showOver();
  only("running");
  showRoom();
  showStep();
  showPicture();
}

function showRoom() {
  const { code, address, qr, wall } = shown.read(), isKnown = Boolean(code) && !session.locked;
  at("joined").textContent = counted(words, "joined", session.joined);
  at("code-known").hidden = !isKnown;
  at("code-gone").hidden = isKnown;
  at("code-gone").textContent = session.locked ? words.code_locked : words.code_gone;
  if (isKnown) {
    for (const one of document.querySelectorAll("[data-code]")) one.textContent = code;
    for (const one of document.querySelectorAll("[data-address]")) one.textContent = fill(words.code_read, { address });
    for (const one of document.querySelectorAll("[data-qr]")) one.src = qr;
  }
  at("near").hidden = !isKnown || !/^(localhost|127\.|\[::1\])/.test(new URL(address).hostname);
  at("wall-link").hidden = !wall;
  if (wall) at("wall-link").href = wall;
  at("count").textContent = session.locked ? words.locked : words.count;
  at("lock").hidden = session.locked;
  at("let-in").hidden = !session.locked && isKnown;
  at("let-in-how").hidden = at("let-in").hidden;
  at("recount-all").hidden = session.pictures.length > 0;
}

function showStep() {
  const id = session.steps[session.step], exercise = group.exercises[id];
  at("now").textContent = fill(words.now, { step: session.step + 1, steps: session.steps.length, title: exercise.title });
  at("back").disabled = session.step === 0;
  at("on").disabled = session.step === session.steps.length - 1;
  for (const notes of document.querySelectorAll("[data-notes]")) notes.hidden = notes.dataset.notes !== id;
  at("no-notes").hidden = Boolean(document.querySelector(`[data-notes="${id}"]`));
  at("promise").hidden = !exercise.parts.length;
  showTime();
}

function showTime() {
  if (!session || session.closed) return;
  const minutes = Math.floor((session.since + (Date.now() - heardAt) / 1000) / 60);
  const since = minutes < 1 ? words.since_none : minutes === 1 ? words.since_one : fill(words.since, { count: minutes });
  at("timer").textContent = fill(words.timer, { minutes: group.exercises[session.steps[session.step]].minutes, since });
  at("whole").textContent = fill(words.meant, { sum: minutesOf(session.steps), minutes: session.minutes });
}

function showPicture() {
  const id = session.steps[session.step], isPooled = group.exercises[id].parts.length > 0;
  const waits = session.waiting[id] ?? 0;
  at("picture-none").hidden = isPooled;
  at("pooling").hidden = !isPooled;
  at("waiting").textContent = waits ? counted(words, "waiting", waits) : words.waiting_none;
  const isOpenable = session.locked && waits >= session.k;
  at("needs").textContent = session.locked ? fill(words.needs, { k: session.k }) : words.needs_lock;
  at("needs").hidden = isOpenable;
  at("open").disabled = !isOpenable;
  at("let-go").disabled = !waits;
  const here = session.pictures.filter(({ exercise }) => exercise === id), now = JSON.stringify(here);
  if (now === drawn) return;
  drawn = now;
  at("pictures").replaceChildren(...here.map((one) => {
    const button = make("button", { type: "button", class: "ws-button",
      onclick: () => act({ act: "show", exercise: id, number: one.number, up: !one.shown }) },
    one.shown ? words.take_down : words.put_up);
    return make("div", { class: "gr-opened" }, pooledPicture(one, group.exercises[id], group.words.picture),
      one.shown ? null : make("p", { class: "ws-quiet" }, words.down), make("p", {}, button));
  }));
}

const here = () => session.steps[session.step];
const acts = {
  lock: () => act({ act: "lock" }).then(() => shown.add({ code: "" })).then(show),
  "let-in": () => act({ act: "let_in" }),
  recount: () => act({ act: "recount" }),
  "wall-new": () => act({ act: "wall" }),
  back: () => act({ act: "go", step: session.step - 1 }),
  on: () => act({ act: "go", step: session.step + 1 }),
  open: () => act({ act: "open", exercise: here() }),
  "let-go": () => act({ act: "let_go", exercise: here() }),
  "close-sure": () => act({ act: "close" }),
  forget: async () => {
    await act({ act: "forget" });
    shown.add({ code: "", wall: "" });
  },
};
for (const [id, does] of Object.entries(acts)) at(id).addEventListener("click", does);
at("large").addEventListener("click", () => at("projected").showModal());

// After it

function showOver() {
  only("over");
  const now = JSON.stringify(session.pictures);
  if (now === drawn) return;
  drawn = now;
  at("left").replaceChildren(...session.pictures.map((one) =>
    pooledPicture(one, group.exercises[one.exercise], group.words.picture)));
}

function prepare(isHost) {
  stop?.();
  stop = null;
  session = null;
  only(isHost ? "plan" : "closed-door");
}

function lead() {
  stop?.();
  drawn = "";
  let isKnown = false;
  stop = talk.watch("lead", (state) => {
    isKnown = true;
    refuse();
    session = state;
    heardAt = Date.now();
    show();
  }, async () => {
    if (isKnown) at("told").textContent = words.forgotten;
    prepare((await who()).host);
  }, refuse);
}

const who = () => talk.tell("group/host").catch(() => ({}));

const key = takeFragment();
if (key) await talk.tell("lead", "POST", key).catch(() => {});
choose(group.outlines[at("sheet").selectedIndex]);
setInterval(showTime, EVERY);
const { host, leads } = await who();
if (leads) lead();
else prepare(host);
addEventListener("hashchange", () => { if (location.hash) location.reload(); });
