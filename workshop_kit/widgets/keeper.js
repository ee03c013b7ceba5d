// needs: noble, entries, history, journal_file, journal_csv, lock, stores, journal, moving, resting, page_moment, asking, tabs, kept_line, which_moment, locking, custody
//
// The keeper of a page: hears what its fields say, writes it into the journal, and says so. What is
// asked of the journal as a whole is done in parts/custody.js.

const MINUTE = 60 * 1000; // ms
const AGAIN_AFTER = 3000; // ms between attempts to keep what could not be kept

async function render({ model, el }) {
  const exercise = model.get("exercise"), words = model.get("words"), homes = model.get("homes");
  const python = asking(model), page = pageMoment(exercise, model.get("content"));
  const stores = {
    browser: browserStore,
    visit: () => visitStore(document.documentElement.dataset.workshopSample),
    file: () => fileStore(python.ask),
  };
  const over = (home) => journalOver(stores[home](), home);
  let journal = over(chosenHome(homes));
  const unwritten = new Set(), untold = new Set(); // not yet in the journal; not yet told to Python
  const waiting = new Map(); // the page's fields, by name
  let keeping = null, again = null;

  const line = keptLine(words), which = whichMoment(words, turnTo);
  el.append(make("div", { class: "ws-field ws-keeper" }, which.node));
  // In reach of the eye wherever somebody writes, if the page has such a place.
  (document.querySelector("[data-ws-kept]") ?? el.firstChild).prepend(line.node);
  line.node.hidden = !exercise;

  // Without a kernel nobody reaches the file.
  const isElsewhere = () => journal.home === "file" && model.get("alone") === true;
  const shown = () => fold(journal.versions.values());
  const momentNow = () =>
    fold([...journal.versions.values()].filter(({ id }) => id === page.record().id))[0];

  function announce() {
    const entries = shown(), versions = [...journal.versions.values()];
    // Nobody answers into a journal that is closed; what waits to be kept stays in sight.
    document.documentElement.toggleAttribute("data-workshop-locked", journal.isLocked() && !unwritten.size);
    which.show(momentNow(), entries.filter((moment) => moment.exercise === exercise).at(-1));
    say("entries", { entries, versions, moment: page.record().id });
    say("journal", { home: journal.home, moments: entries.length, isElsewhere: isElsewhere(),
      isLocked: journal.isLocked(), hasPassphrase: journal.hasPassphrase() });
  }

  function fillField({ group, question, part, restore }) {
    const moment = momentNow();
    if (part) restore({ answers: ofPart(part, moment?.answers), words: ofPart(part, moment?.words) });
    else restore((group === "setting" ? moment?.setting : moment?.[group][question]) ?? null);
  }

  function turnTo(moment) {
    page.turnTo(moment);
    waiting.forEach(fillField);
    announce();
  }

  function answered(detail) {
    // What is said to a journal that is closed waits in its field until it is open.
    if (detail.heard || detail.exercise !== exercise || journal.isLocked()) return;
    detail.heard = true;
    note(detail.group, detail.question, detail.value);
    keep();
  }

  function note(group, question, value) {
    const moment = momentNow();
    const before = group === "setting" ? moment?.setting : moment?.[group][question];
    for (const one of page.change(group, question, before ?? null, value)) {
      journal.versions.set(one.version, one);
      unwritten.add(one);
      if (group !== "words") untold.add(one);
      // While Python is busy with an earlier change, this one would be nowhere if the page were left.
      if (keeping) journal.draft?.(one);
    }
  }

  // One write at a time, and none forgotten: what changes meanwhile is written right after it.
  const keep = () => (keeping ??= keepAll().finally(() => { keeping = null; }));

  async function keepAll() {
    clearTimeout(again);
    try {
      while (unwritten.size && !journal.isLocked()) await keepOne([...unwritten][0]);
    } catch (error) {
      showFailure(error, words.failed);
      again = setTimeout(keep, AGAIN_AFTER);
    }
  }

  async function keepOne(one) {
    const now = structuredClone(one);
    try {
      await journal.put(now);
    } catch (error) {
      // It was another journal that was opened, or the moment has been deleted in another tab.
      if (!["deleted", "outdated"].includes(error.reason) || !await catchUp()) throw error;
      return;
    }
    page.markKept(one, now.changed);
    if (journal.home === "browser") rememberMine(now.version);
    if (one.changed === now.changed) unwritten.delete(one);
    if (untold.delete(one)) tellPython([now]);
    line.kept(journal.home);
    say("kept", { home: journal.home });
    announce();
  }

  function showFailure(error, otherwise) {
    line.node.hidden = false;
    line.tell(error.sentence ?? (error.name === "VersionError" ? words.newer : otherwise), true);
    say("unkept", { sentence: line.said() });
  }

  // Of a journal that it cannot read, Python is told numbers and choices; nobody waits for it, and it
  // may not be there.
  function tellPython(records) {
    if ((journal.home === "file" && !journal.hasPassphrase()) || !(records.length || model.get("whole"))) return;
    python.ask("numbers", { records: records.map(withoutWords) }).then(({ unreadable }) => {
      if (unreadable) showFailure({}, words.damaged);
    }, () => {});
  }

  // A page that draws the whole journal tells all of it, also that it is empty; any other only what
  // happens on it.
  const tellAll = () => tellPython([...journal.versions.values()].filter(({ id }) =>
    model.get("whole") || id === page.record().id));

  async function read() {
    try {
      if (!isElsewhere()) await journal.open();
      if (journal.damaged().length) showFailure({}, words.damaged);
    } catch (error) {
      showFailure(error, words.opening_failed);
      return false;
    } finally {
      for (const one of unwritten) journal.versions.set(one.version, one);
    }
    return true;
  }

  // Reads the journal, and carries on a moment that was touched not long ago.
  async function open() {
    await read();
    const last = shown().filter((moment) => moment.exercise === exercise).at(-1);
    const fresh = last && Date.now() - Date.parse(last.changed) < model.get("carry_on") * MINUTE;
    turnTo(fresh ? last : null);
    tellAll();
  }

  const isGone = (one) => journal.deleted.has(one.id)
    || (page.wasKept(one) && !journal.versions.has(one.version));

  // Whatever of a version was said after its moment was deleted; without a deletion, all that waits.
  const saidSince = (one) => page.unkept(one).filter(([group, question]) => {
    const at = journal.deleted.get(one.id)?.at;
    return !at || byTime(one.times[fieldName(group, question)], at) > 0;
  });

  function drop(one) {
    for (const set of [unwritten, untold]) set.delete(one);
    journal.versions.delete(one.version);
  }

  // The journal was changed by somebody else. Where the page's moment is no longer there it is let
  // go, and what was said since is kept under a new one.
  async function catchUp({ erased = false } = {}) {
    if (erased) {
      unwritten.forEach(drop);
      turnTo(null);
    }
    const home = chosenHome(homes);
    if (home !== journal.home) journal = over(home);
    if (!await read()) return false;
    const gone = [...unwritten].filter(isGone), said = gone.flatMap(saidSince);
    gone.forEach(drop);
    if (isGone(page.record())) turnTo(null);
    for (const [group, question, value] of said) note(group, question, value);
    if (said.length) waiting.forEach(fillField);
    announce();
    if (journal.isLocked() && unwritten.size) showFailure({}, words.locked_meanwhile);
    python.ask("forget").then(tellAll, () => {});
    keep();
    return true;
  }

  const others = tabs((what) => catchUp(what));
  const inCustody = custody({
    words, homes, over, python, alone: model.get("alone") === true,
    journal: () => journal,
    // Everything that was said so far has been kept, or has been refused for now.
    settled: keep,
    waiting: () => [...unwritten],
    // Nobody writes anything back of what is about to be erased.
    letGo: () => {
      others.tell({ erased: true });
      unwritten.forEach(drop);
    },
    changed: async (how) => {
      others.tell(how ?? {});
      await catchUp(how);
    },
    turnTo: async (next) => {
      journal = next;
      await open();
      others.tell({});
    },
    // The journal was opened or closed in this tab. Whatever was said before is kept now.
    opened: async () => {
      await open();
      say("keeper");
      keep();
    },
    tell: (sentence) => line.tell(sentence),
  });

  await open();
  const stops = [
    python.stop,
    others.stop,
    hear("answer", answered),
    hear("field", (one) => {
      if (one.exercise !== exercise) return;
      waiting.set(one.part ?? fieldName(one.group, one.question), one);
      fillField(one);
    }),
    hear("request", inCustody),
    hear("ask", announce),
  ];
  // Who leaves between a change and its turn to be written leaves nothing behind.
  const leaving = () => unwritten.forEach((one) => journal.put(structuredClone(one)).catch(() => {}));
  // A page that slept may have missed what others did.
  const woken = async () => {
    if (document.visibilityState === "visible" && await read() && isGone(page.record())) catchUp();
  };
  addEventListener("pagehide", leaving);
  document.addEventListener("visibilitychange", woken);
  model.on("workshop:attached", tellAll);
  say("kept", { home: journal.home });
  say("keeper");
  return () => {
    stops.forEach((stop) => stop());
    removeEventListener("pagehide", leaving);
    document.removeEventListener("visibilitychange", woken);
    line.node.remove();
    model.off("workshop:attached", tellAll);
  };
}

export default { render };
