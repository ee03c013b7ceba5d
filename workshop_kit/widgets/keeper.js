// needs: journal, stores
//
// The keeper of a page: hears what its fields say, writes it into the journal, and says so.

const CONTINUE_FOR = 12 * 60 * 60 * 1000; // a moment is carried on for twelve hours
const ANSWER_WITHIN = 5000; // ms; a kernel that says nothing for this long has not kept anything
const AGAIN_AFTER = 3000; // ms between attempts to keep what could not be kept

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
    which.replaceChildren(fill(sentence, { time: calendar(new Date((here ?? last).begun), (here ?? last).offset) }), " ",
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
