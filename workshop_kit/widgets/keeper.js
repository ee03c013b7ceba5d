const DATABASE = "workshop-kit", VISIT = "workshop-kit:visit";
const DRAFT = "workshop-kit:draft:";
const CONTINUE_FOR = 12 * 60 * 60 * 1000; // a moment is carried on for twelve hours
const ANSWER_WITHIN = 5000; // ms; a kernel that says nothing for this long has not kept anything
const AGAIN_AFTER = 3000; // ms between attempts to keep what could not be kept

const promised = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// Home "browser": IndexedDB, one record a version, on the disk before it is called kept.
function browserStore() {
  const opened = (async () => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore("versions", { keyPath: "version" });
    const database = await promised(request);
    database.onversionchange = () => database.close();
    return database;
  })();
  opened.catch(() => {});
  return {
    all: async () => promised((await opened).transaction("versions").objectStore("versions").getAll()),
    put: async (record) => {
      const transaction = (await opened).transaction("versions", "readwrite", { durability: "strict" });
      transaction.objectStore("versions").put(record);
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
    },
  };
}

// Home "visit": the tab's own storage, which ends with the tab. A sample journal fills it once.
function visitStore(sample) {
  const read = async () => {
    const held = sessionStorage.getItem(VISIT);
    if (held !== null || !sample) return JSON.parse(held ?? "[]");
    return (await (await fetch(sample)).json()).entries;
  };
  const write = (records) => sessionStorage.setItem(VISIT, JSON.stringify(records));
  return {
    all: read,
    put: async (record) =>
      write([...(await read()).filter(({ version }) => version !== record.version), record]),
    clear: () => sessionStorage.removeItem(VISIT),
  };
}

// Home "file": Python writes it. Until it has said so, the words are also a draft in the browser.
function fileStore(ask) {
  const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(DRAFT));
  const keep = async (records) => {
    await ask("keep", { records });
    for (const { version, changed } of records) {
      const draft = JSON.parse(localStorage.getItem(DRAFT + version) ?? "null");
      if (draft?.changed === changed) localStorage.removeItem(DRAFT + version);
    }
  };
  return {
    all: async () => {
      const held = drafts().map((key) => JSON.parse(localStorage.getItem(key)));
      if (held.length) await keep(held);
      return (await ask("open")).versions;
    },
    put: async (record) => {
      localStorage.setItem(DRAFT + record.version, JSON.stringify(record));
      await keep([record]);
    },
  };
}

// Questions to Python, each with a ticket, so that every answer finds its question.
function asking(model) {
  const open = new Map();
  model.on("msg:custom", (reply) => {
    const [resolve, reject] = open.get(reply.to) ?? [];
    open.delete(reply.to);
    if (reply.refused) reject?.(Object.assign(new Error(), { sentence: reply.refused }));
    else resolve?.(reply);
  });
  return (ask, more = {}) => new Promise((resolve, reject) => {
    const ticket = freshId("ask");
    open.set(ticket, [resolve, reject]);
    setTimeout(() => reject(new Error("no answer")), ANSWER_WITHIN);
    model.send({ ask, ticket, ...more });
  });
}

// crypto.randomUUID needs a secure context, which plain http in a room is not.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function fields(record) {
  return [
    ...(record.setting !== null || "setting" in record.times ? [["setting", "setting", record.setting]] : []),
    ...Object.entries(record.answers).map(([question, value]) => ["answers", question, value]),
    ...Object.entries(record.words).map(([question, value]) => ["words", question, value]),
  ];
}

const fieldName = (group, question) => (group === "setting" ? "setting" : `${group}.${question}`);

function put(record, group, question, value, at) {
  if (group === "setting") record.setting = value;
  else record[group][question] = value;
  record.times[fieldName(group, question)] = at;
}

// Each moment once: of every field the version that changed it last. Twin of entries.fold.
function fold(versions) {
  const ordered = [...versions].sort((a, b) =>
    Date.parse(a.changed) - Date.parse(b.changed) || (a.version < b.version ? -1 : 1));
  const moments = new Map();
  for (const version of ordered) {
    const shown = moments.get(version.id) ?? { answers: {}, words: {}, setting: null, times: {} };
    for (const [group, question, value] of fields(version)) {
      const name = fieldName(group, question), at = version.times[name] ?? version.changed;
      if (shown.times[name] && Date.parse(at) < Date.parse(shown.times[name])) continue;
      put(shown, group, question, value, at);
    }
    moments.set(version.id, { ...version, ...shown });
  }
  return [...moments.values()].sort((a, b) => Date.parse(a.begun) - Date.parse(b.begun)
    || (a.id < b.id ? -1 : 1));
}

const withoutWords = (record) => ({ ...record, words: {}, times: Object.fromEntries(
  Object.entries(record.times).filter(([name]) => !name.startsWith("words."))) });

// What this page can read. Anything else is left where it is, and said.
const readable = (record) => ["id", "version", "exercise", "begun", "changed"].every((name) =>
  typeof record?.[name] === "string") && ["answers", "words", "times"].every((name) =>
  record[name] !== null && typeof record[name] === "object") && !isNaN(Date.parse(record.changed));

function begin(exercise, content, from) {
  const now = new Date();
  return {
    id: from?.id ?? uuid(), version: uuid(), parent: from?.version ?? null, exercise, content,
    begun: from?.begun ?? now.toISOString(), offset: from?.offset ?? -now.getTimezoneOffset(),
    changed: now.toISOString(), setting: null, answers: {}, words: {}, times: {},
  };
}

function remember(home) {
  const [here, there] = home === "visit" ? [sessionStorage, localStorage] : [localStorage, sessionStorage];
  there.removeItem(CHOSEN);
  here.setItem(CHOSEN, home);
}

function download(entries, name) {
  const text = JSON.stringify({ format: "workshop-kit/journal", version: 1, entries }, null, 2);
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  make("a", { href: url, download: `${name}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

async function render({ model, el }) {
  const exercise = model.get("exercise"), content = model.get("content"), words = model.get("words");
  const ask = asking(model), homes = model.get("homes");
  const stores = {
    browser: browserStore,
    visit: () => visitStore(document.documentElement.dataset.workshopSample),
    file: () => fileStore(ask),
  };
  const waiting = new Map();
  let home = chosenHome(homes), store = stores[home]();
  let versions = [], record = begin(exercise, content, null);
  let writing = false, again = null, numbersChanged = false;

  const line = make("p", { class: "ws-kept ws-quiet", role: "status" }, words.nothing_yet);
  const which = make("p", { class: "ws-moment ws-quiet", hidden: true });
  const tell = (sentence) => { if (line.textContent !== sentence) line.textContent = sentence; };

  const all = () => [...versions.filter(({ version }) => version !== record.version),
    ...(record.touched ? [plain(record)] : [])];
  const shown = () => fold(all());
  const plain = ({ touched, ...rest }) => structuredClone(rest);
  const announce = () => say("entries", { entries: shown() });
  const fillField = ({ group, question, restore }) => {
    const moment = shown().find(({ id }) => id === record.id);
    const value = group === "setting" ? moment?.setting : moment?.[group][question];
    restore(value ?? null);
  };

  // One write at a time; what changes while it runs is written right after it.
  async function keep() {
    clearTimeout(again);
    if (writing) return;
    writing = true;
    try {
      for (let written = null; written !== record.changed;) {
        const now = plain(record), tellPython = numbersChanged;
        await store.put(now);
        written = now.changed;
        if (tellPython) known([now]);
        numbersChanged = numbersChanged && !tellPython;
        kept();
      }
    } catch (error) {
      unkept(error.sentence ?? words.failed);
      again = setTimeout(keep, AGAIN_AFTER);
    } finally {
      writing = false;
    }
  }

  function kept() {
    line.classList.remove("ws-unkept");
    line.setAttribute("role", "status");
    tell(fill(words[home], { time: clock(new Date()) }));
    say("kept", { home });
    announce();
  }

  function unkept(sentence) {
    line.setAttribute("role", "alert");
    line.classList.add("ws-unkept");
    tell(sentence);
    say("unkept", { sentence });
  }

  // Python is told numbers and choices; nobody waits for it, and it may not be there.
  function known(records) {
    if (home !== "file") ask("numbers", { records: records.map(withoutWords) }).catch(() => {});
  }

  function answered(detail) {
    const { group, question, value } = detail;
    if (detail.exercise !== exercise) return;
    detail.heard = true;
    if (group !== "words") numbersChanged = true;
    record.changed = new Date(Math.max(Date.now(), Date.parse(record.changed) + 1)).toISOString();
    record.touched = true;
    put(record, group, question, value, record.changed);
    keep();
  }

  function turnTo(moment) {
    record = begin(exercise, content, moment);
    showWhich();
    for (const one of waiting.values()) fillField(one);
  }

  function showWhich() {
    const mine = shown().filter((moment) => moment.exercise === exercise);
    const here = mine.find(({ id }) => id === record.id), last = mine.at(-1);
    which.hidden = !last;
    if (!last) return;
    const [sentence, label, next] = here
      ? [words.continuing, words.new, null] : [words.earlier, words.carry_on, last];
    which.replaceChildren(fill(sentence, { time: calendar(new Date((here ?? last).begun)) }), " ",
      make("button", { type: "button", class: "ws-plain", onclick: () => {
        versions = all();
        turnTo(next);
        which.querySelector("button")?.focus();
      } }, label));
  }

  async function open() {
    let last = null;
    try {
      const held = await store.all();
      versions = held.filter(readable);
      if (versions.length < held.length) unkept(words.damaged);
      last = fold(versions).filter((moment) => moment.exercise === exercise).at(-1) ?? null;
    } catch (error) {
      versions = [];
      unkept(error.sentence ?? (error.name === "VersionError" ? words.newer : words.opening_failed));
    }
    if (last && Date.now() - Date.parse(last.changed) > CONTINUE_FOR) last = null;
    const { id, parent, begun, offset } = begin(exercise, content, last);
    // What was answered while the journal was opening belongs to the moment it carries on.
    Object.assign(record, { id, parent, begun, offset });
    known(versions);
    showWhich();
    announce();
  }

  async function move({ home: next }) {
    if (!homes.includes(next)) return;
    const from = store;
    remember(next);
    if (next !== home) {
      const mine = await from.all();
      store = stores[next]();
      if (home === "visit") {
        for (const version of mine) await store.put(version);
        from.clear();
      }
      home = next;
      await open();
    }
    say("kept", { home });
  }

  const stops = [
    hear("field", (one) => {
      if (one.exercise !== exercise) return;
      waiting.set(fieldName(one.group, one.question), one);
      fillField(one);
    }),
    hear("answer", answered),
    hear("home", (choice) => move(choice).catch((error) => unkept(error.sentence ?? words.failed))),
    hear("export", () => download(all(), words.file_name)),
    hear("ask", announce),
  ];
  if (exercise) el.append(make("div", { class: "ws-field ws-keeper" }, line, which));
  model.on("workshop:attached", () => known(all()));
  await open();
  say("kept", { home });
  say("keeper");
  return () => stops.forEach((stop) => stop());
}

export default { render };
