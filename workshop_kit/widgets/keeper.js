// needs: entries, journal_file, stores
//
// The keeper of a page: hears what its fields say, writes it into the journal, and says so.

const MINUTE = 60 * 1000; // ms
const ANSWER_WITHIN = 5000; // ms; a kernel that says nothing for this long has not kept anything
const AGAIN_AFTER = 3000; // ms between attempts to keep what could not be kept

// Questions to Python, each with a ticket, so that every answer finds its question.
function asking(model) {
  const open = new Map();
  const answered = (reply) => {
    const [resolve, reject] = open.get(reply.to) ?? [];
    open.delete(reply.to);
    if (reply.refused) reject?.(Object.assign(new Error(), { sentence: reply.refused }));
    else resolve?.(reply);
  };
  model.on("msg:custom", answered);
  const ask = (what, more = {}) => new Promise((resolve, reject) => {
    const ticket = freshId("ask");
    open.set(ticket, [resolve, reject]);
    setTimeout(() => {
      if (open.delete(ticket)) reject(new Error("no answer"));
    }, ANSWER_WITHIN);
    model.send({ ask: what, ticket, ...more });
  });
  return { ask, stop: () => model.off("msg:custom", answered) };
}

function download(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  make("a", { href: url, download: `${name}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

// The line that says where the last change is kept. It speaks when that changes, and is still.
function keptLine(words) {
  const node = make("p", { class: "ws-kept ws-quiet", role: "status" }, words.nothing_yet);
  const tell = (sentence, failed) => {
    node.setAttribute("role", failed ? "alert" : "status");
    node.classList.toggle("ws-unkept", failed);
    if (node.textContent !== sentence) node.textContent = sentence;
  };
  return {
    node,
    kept: (home) => tell(fill(words[home], { time: clock(new Date()) }), false),
    failed: (error, otherwise) => tell(error.sentence
      ?? (error.name === "VersionError" ? words.newer : otherwise), true),
  };
}

async function render({ model, el }) {
  const exercise = model.get("exercise"), content = model.get("content"), words = model.get("words");
  const homes = model.get("homes"), python = asking(model);
  const stores = {
    browser: browserStore,
    visit: () => visitStore(document.documentElement.dataset.workshopSample),
    file: () => fileStore(python.ask),
  };
  let home = chosenHome(homes), store = stores[home]();
  const versions = new Map(); // by version: what was read, and what was written here
  const unwritten = new Set(), untold = new Set(); // not yet in the store; not yet told to Python
  const waiting = new Map(); // the page's fields, by name
  let record = null, writing = false, again = null;

  const line = keptLine(words);
  const which = make("p", { class: "ws-moment ws-quiet", hidden: true });
  el.append(make("div", { class: "ws-field ws-keeper" }, which));
  // In reach of the eye wherever somebody writes, if the page has such a place.
  (document.querySelector("[data-ws-kept]") ?? el.firstChild).prepend(line.node);
  line.node.hidden = !exercise;

  const shown = () => fold(versions.values());
  const announce = () => say("entries", { entries: shown(), moment: record?.id });

  function fillField({ group, question, part, restore }) {
    const moment = shown().find(({ id }) => id === record.id);
    if (part) restore({ answers: ofPart(part, moment?.answers), words: ofPart(part, moment?.words) });
    else restore((group === "setting" ? moment?.setting : moment?.[group][question]) ?? null);
  }

  function answered(detail) {
    if (detail.heard || detail.exercise !== exercise) return;
    detail.heard = true;
    record.changed = later(record.changed);
    setField(record, detail.group, detail.question, detail.value, record.changed);
    versions.set(record.version, record);
    unwritten.add(record);
    if (detail.group !== "words") untold.add(record);
    // While Python is busy with an earlier change, this one would be nowhere if the page were left.
    if (writing) store.draft?.(record);
    keep();
  }

  // One write at a time, and none forgotten: what changes meanwhile is written right after it.
  async function keep() {
    if (writing) return;
    clearTimeout(again);
    writing = true;
    try {
      while (unwritten.size) {
        const [one] = unwritten, now = structuredClone(one);
        await store.put(now);
        if (one.changed === now.changed) unwritten.delete(one);
        if (untold.delete(one)) tellPython([now]);
        line.kept(home);
        say("kept", { home });
        announce();
      }
    } catch (error) {
      showFailure(error, words.failed);
      again = setTimeout(keep, AGAIN_AFTER);
    } finally {
      writing = false;
    }
  }

  function showFailure(error, otherwise) {
    line.node.hidden = false;
    line.failed(error, otherwise);
    say("unkept", { sentence: line.node.textContent });
  }

  // Python is told numbers and choices; nobody waits for it, and it may not be there.
  function tellPython(records) {
    if (home === "file" || !records.length) return;
    python.ask("numbers", { records: records.map(withoutWords) }).then(({ unreadable }) => {
      if (unreadable) showFailure({}, words.damaged);
    }, () => {});
  }

  // A page that draws the whole journal tells all of it; any other only what happens on it.
  const tellAll = () => tellPython(model.get("whole") ? [...versions.values()]
    : [...versions.values()].filter(({ id }) => id === record.id));

  function turnTo(moment) {
    record = begin(exercise, content, moment);
    for (const one of waiting.values()) fillField(one);
    showWhich();
    announce();
  }

  function showWhich() {
    const last = shown().filter((moment) => moment.exercise === exercise).at(-1);
    which.hidden = !last;
    if (!last) return;
    const here = shown().find(({ id }) => id === record.id);
    const [sentence, label, next] = here
      ? [words.continuing, words.new, null] : [words.earlier, words.carry_on, last];
    const { begun, offset } = here ?? last;
    const time = calendar(new Date(begun), offset);
    which.replaceChildren(fill(sentence, { time }), " ",
      make("button", { type: "button", class: "ws-plain", onclick: () => {
        turnTo(next);
        which.querySelector("button")?.focus();
      } }, label));
  }

  // Reads the journal, and carries on a moment that was touched not long ago.
  async function open() {
    versions.clear();
    try {
      const held = await store.all(), whole = held.filter(readable);
      for (const one of whole) versions.set(one.version, one);
      if (whole.length < held.length) showFailure({}, words.damaged);
    } catch (error) {
      showFailure(error, words.opening_failed);
    }
    for (const one of unwritten) versions.set(one.version, one);
    const last = shown().filter((moment) => moment.exercise === exercise).at(-1);
    const fresh = last && Date.now() - Date.parse(last.changed) < model.get("carry_on") * MINUTE;
    record = begin(exercise, content, fresh ? last : null);
    for (const one of waiting.values()) fillField(one);
    tellAll();
    showWhich();
    announce();
  }

  // Keeps the journal elsewhere from now on. What was kept for this visit goes along; what was kept
  // in the browser stays there.
  async function move(next) {
    if (!homes.includes(next)) return;
    if (next !== home) {
      const from = store, to = stores[next]();
      if (home === "visit") {
        for (const one of await from.all()) await to.put(one);
      }
      remember(next);
      if (home === "visit") from.clear();
      [home, store] = [next, to];
      await open();
    }
    remember(next);
    say("kept", { home });
  }

  // Everything that is kept, with what could not be kept laid on top.
  async function keepAsFile() {
    const held = await store.all().catch(() => [...versions.values()]);
    const all = new Map([...held, ...unwritten].map((one) => [one.version, one]));
    download(writeJournal({ entries: [...all.values()], deleted: [] }), words.file_name);
  }

  await open();
  const stops = [
    python.stop,
    hear("answer", answered),
    hear("field", (one) => {
      if (one.exercise !== exercise) return;
      waiting.set(one.part ?? fieldName(one.group, one.question), one);
      fillField(one);
    }),
    hear("home", (choice) => move(choice.home).catch((error) => showFailure(error, words.failed))),
    hear("export", (detail) => {
      if (detail.heard) return;
      detail.heard = true;
      keepAsFile();
    }),
    hear("ask", announce),
  ];
  // Who leaves between a change and its turn to be written leaves nothing behind.
  const leaving = () => unwritten.forEach((one) => store.put(structuredClone(one)).catch(() => {}));
  addEventListener("pagehide", leaving);
  model.on("workshop:attached", tellAll);
  say("kept", { home });
  say("keeper");
  return () => {
    stops.forEach((stop) => stop());
    removeEventListener("pagehide", leaving);
    line.node.remove();
    model.off("workshop:attached", tellAll);
  };
}

export default { render };
