// A served page: brings its controls to life and stays in touch with the kernel behind them.
//
// It speaks as much of the Jupyter messaging protocol (5.3) as widgets need, and hosts the
// workshop's own widgets by anywidget's contract: `render({ model, el })`.

const settings = JSON.parse(document.getElementById("jupyter-config-data").textContent);
// Milliseconds. A pulse that is missed and the wait for a recovery come to less than five seconds.
const PULSE_EVERY = 1500, PULSE_WITHIN = 1800, BANNER_AFTER = 1200;
const AGAIN_AFTER = 250, AGAIN_AT_MOST = 1000, ROOM_AFTER = 3000;
const banner = document.getElementById("banner");
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const seen = () => document.visibilityState === "visible";

const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
  byte.toString(16).padStart(2, "0")).join("");

class NotThere extends Error {}
class Full extends Error {}

async function ask(path, options = {}) {
  const response = await fetch(`${settings.baseUrl}workshop/${path}`, { cache: "no-store", ...options });
  if (response.status === 404) throw new NotThere();
  if (response.status === 503) throw new Full();
  if (!response.ok) throw new Error(String(response.status));
  return response.status === 204 ? null : response.json();
}

// One connection to one kernel. `heard(commId, data)` gets what its comms say.
class Kernel {
  constructor(id, heard, gone) {
    this.session = random();
    this.heard = heard;
    const base = new URL(settings.baseUrl, location.href);
    base.protocol = base.protocol.replace("http", "ws");
    this.socket = new WebSocket(`${base}api/kernels/${id}/channels?session_id=${this.session}`);
    this.open = new Promise((resolve, reject) => {
      this.socket.onopen = resolve;
      this.socket.addEventListener("close", () => reject(new Error("closed")));
    });
    this.socket.onclose = () => gone(this);
    this.open.catch(() => {});
    this.socket.onmessage = ({ data }) => this.receive(JSON.parse(data));
  }

  receive({ header, content }) {
    if (header.msg_type === "comm_msg") this.heard(content.comm_id, content.data);
  }

  send(type, content) {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    this.socket.send(JSON.stringify({
      channel: "shell", content, metadata: { version: "1.0.0" }, parent_header: {}, buffers: [],
      header: { msg_id: random(), msg_type: type, session: this.session, username: "",
        version: "5.3", date: new Date().toISOString() },
    }));
  }

  close() {
    this.socket.onclose = null;
    this.socket.close();
  }
}

// A widget's model as anywidget describes it. It outlives its kernel: what the page changed is
// told to the next one, and what it asks meanwhile finds nobody.
class Model {
  constructor(state) {
    this.state = state;
    this.own = new Set();
    this.unsaved = new Set();
    this.listeners = [];
  }

  get(name) { return this.state[name]; }

  set(name, value) {
    this.own.add(name);
    this.unsaved.add(name);
    this.change(name, value);
  }

  change(name, value) {
    if (JSON.stringify(this.state[name]) === JSON.stringify(value)) return;
    this.state[name] = value;
    this.fire(`change:${name}`, value);
  }

  save_changes() {
    const state = Object.fromEntries([...this.unsaved].map((name) => [name, this.state[name]]));
    this.unsaved.clear();
    if (Object.keys(state).length) this.tell({ method: "update", state, buffer_paths: [] });
  }

  send(content) { this.tell({ method: "custom", content }); }

  tell(data) { this.kernel?.send("comm_msg", { comm_id: this.id, data }); }

  on(names, listener) {
    for (const name of names.split(" ")) this.listeners.push([name, listener]);
  }

  off(names, listener) {
    const gone = names?.split(" ");
    this.listeners = this.listeners.filter(([name, one]) =>
      (gone && !gone.includes(name)) || (listener && one !== listener));
  }

  fire(name, ...values) {
    for (const [one, listener] of [...this.listeners]) if (one === name) listener(...values);
  }

  heard({ method, state, content }) {
    if (method === "update") for (const [name, value] of Object.entries(state)) this.change(name, value);
    else if (method === "custom") this.fire("msg:custom", content);
  }

  attach(kernel, id, state) {
    Object.assign(this, { kernel, id });
    for (const [name, value] of Object.entries(state)) if (!this.own.has(name)) this.change(name, value);
    this.unsaved = new Set(this.own);
    this.save_changes();
    this.fire("workshop:attached");
  }
}

const models = new Map(); // by place: the cell's id and the number of its output
const byId = new Map(); // by the id of the comm in the kernel of today

function statesOf(kernel) {
  return new Promise((resolve, reject) => {
    const comm = random();
    byId.set(comm, { heard: ({ method, states }) => { if (method === "update_states") resolve(states); } });
    kernel.socket.addEventListener("close", () => reject(new Error("closed")));
    kernel.send("comm_open", { comm_id: comm, target_name: "jupyter.widget.control", data: {} });
    kernel.send("comm_msg", { comm_id: comm, data: { method: "request_states" } });
  });
}

async function mount(model, host) {
  const stem = model.get("_anywidget_id").split(".").at(-2);
  const widget = (await import(settings.modules[stem])).default;
  await widget.render({ model, el: host });
}

function place(cell, output) {
  const host = document.createElement("div");
  const here = document.querySelector(`[data-cell="${CSS.escape(cell)}"]`);
  here.querySelector(".waiting")?.remove();
  here.append(host);
  if (output.text) host.textContent = output.text;
  if (output.failed) host.append(document.getElementById("part-failed").content.cloneNode(true));
  return host;
}

// Connects to a kernel: its widgets take the places of the page, or carry on those that are there.
async function attach(id, signal) {
  byId.clear();
  const kernel = new Kernel(id, (comm, data) => byId.get(comm)?.heard(data), lost);
  signal.addEventListener("abort", () => { if (kernel !== live) kernel.close(); });
  try {
    // A kernel that is not there refuses the socket too; what was asked says why.
    const asked = ask(`visits/${id}`, { signal });
    const open = kernel.open.catch((error) => asked.then(() => { throw error; }));
    const [{ cells }] = await Promise.all([asked, open]);
    const states = await statesOf(kernel);
    const mounting = [];
    for (const [cell, outputs] of Object.entries(cells)) {
      outputs.forEach((output, number) => {
        const key = `${cell} ${number}`, known = models.get(key);
        const state = states[output.model]?.state;
        if (known && state) {
          byId.set(output.model, known);
          known.attach(kernel, output.model, state);
        } else if (!known) {
          const host = place(cell, output);
          if (!state) return models.set(key, new Model({}));
          const model = new Model(state);
          Object.assign(model, { kernel, id: output.model });
          models.set(key, model);
          byId.set(output.model, model);
          mounting.push(mount(model, host).catch(() => place(cell, { failed: true })));
        }
      });
    }
    await Promise.all(mounting);
    // The kernel may have died while its controls took their places.
    if (kernel.socket.readyState !== WebSocket.OPEN) throw new Error("closed");
    return kernel;
  } catch (error) {
    kernel.close();
    throw error;
  }
}

let kernelId = settings.kernelId, live = null, recovering = false, leaving = false, attempt = null;

function tell(trouble) {
  for (const line of banner.children) line.hidden = line.dataset.trouble !== trouble;
  banner.hidden = false;
}

// Says that the connection has gone, or that there is no room for another page, if somebody is
// looking and it has not come right meanwhile.
async function warn(error) {
  await pause(BANNER_AFTER);
  if (live || resting || !seen()) return;
  tell(error instanceof Full ? "full" : "lost");
}

// Attaches to the page's kernel, or where that is over to a new one.
async function reach(signal) {
  try {
    if (kernelId) return await attach(kernelId, signal);
  } catch (error) {
    if (!(error instanceof NotThere)) throw error;
  }
  const body = JSON.stringify({ notebook: settings.notebook, language: settings.language });
  ({ kernelId } = await ask("visits", { method: "POST", body, signal }));
  return attach(kernelId, signal);
}

// Gets back to the kernel, or to a new one, in silence while that works.
async function recover() {
  if (recovering || resting) return;
  recovering = true;
  for (let again = AGAIN_AFTER; !live; again = Math.min(2 * again, AGAIN_AT_MOST)) {
    attempt = new AbortController();
    try {
      live = await reach(attempt.signal);
    } catch (error) {
      warn(error);
      await pause(again);
    }
  }
  banner.hidden = true;
  recovering = false;
  // Whoever waited for it has not been idle.
  stir();
  document.documentElement.dataset.workshopReady = "true";
}

function lost(kernel) {
  if (kernel !== live || leaving) return;
  live = null;
  delete document.documentElement.dataset.workshopReady;
  recover();
}

// A network that has gone closes no socket, so the page asks while somebody looks at it. It asks
// the server, not the kernel: a busy kernel is not a dead one, and one that starts may take a while.
async function watch() {
  for (;;) {
    await pause(PULSE_EVERY);
    if (!seen() || resting) continue;
    await ask("pulse", { signal: AbortSignal.timeout(PULSE_WITHIN) }).catch(() => {
      const kernel = live;
      kernel?.close();
      attempt?.abort();
      if (kernel) lost(kernel);
      warn();
    });
  }
}

// A page where nobody stirs lets go of its kernel, so that another has room. Whatever is done on it
// brings it back; what is written meanwhile is kept as ever.
let resting = false, idle = null;
const SIGNS = ["pointerdown", "keydown", "input", "scroll", "visibilitychange"];

function stir(sign) {
  clearTimeout(idle);
  idle = setTimeout(rest, Math.min(settings.idleAfter, 2 ** 31 - 1));
  // The line that says it rests may itself scroll the page, and to read on needs no kernel.
  if (!resting || sign?.type === "scroll" || !seen()) return;
  resting = false;
  banner.hidden = true;
  recover();
}

function rest() {
  if (!live) return stir();
  resting = true;
  live.close();
  live = null;
  delete document.documentElement.dataset.workshopReady;
  ask(`visits/${kernelId}/end`, { method: "POST" }).catch(() => {});
  kernelId = null;
  tell("resting");
}

// Asks, now and then, whether somebody has left. Not all who wait ask at once.
async function waitForRoom() {
  for (;;) {
    await pause(ROOM_AFTER * (1 + Math.random()));
    if (await ask("room").then(() => true, () => false)) location.reload();
  }
}

// A keyboard that comes up leaves the field that is written in where it can be seen, and the bar
// with it. Some make the page shorter, and some, as on an iPhone, lie over its foot.
const view = window.visualViewport, bar = document.querySelector("#companion .ws-reach");
view?.addEventListener("resize", () => {
  const over = view.scale > 1 ? 0 : Math.max(0, innerHeight - view.height - view.offsetTop);
  document.documentElement.style.setProperty("--ws-over", `${over}px`);
  const field = document.activeElement;
  if (!field?.matches("textarea, input[type=text]")) return;
  field.scrollIntoView({ block: "nearest" });
  const { top, bottom } = field.getBoundingClientRect(), edge = bar.getBoundingClientRect().top;
  if (over) scrollBy(0, Math.max(0, Math.min(bottom - edge + 8, top - 8)));
});

const { default: companion } = await import(settings.modules.companion);
companion.wire(document.getElementById("companion"));

if (kernelId) {
  addEventListener("pagehide", () => {
    leaving = true;
    if (kernelId) navigator.sendBeacon(`${settings.baseUrl}workshop/visits/${kernelId}/end`);
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    leaving = false;
    live?.close();
    if (live) lost(live);
  });
  for (const sign of SIGNS) document.addEventListener(sign, stir, { capture: true, passive: true });
  stir();
  recover();
  watch();
} else {
  // A page without questions has no kernel, and a keeper all the same.
  const { default: keeper } = await import(settings.modules.keeper);
  await keeper.render({ model: new Model(settings.keeper), el: document.createElement("div") });
  document.documentElement.dataset.workshopReady = "true";
  if (settings.waits) waitForRoom();
}
