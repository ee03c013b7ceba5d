// What is asked of a journal as a whole (workshop:request), by the privacy panel, the list of moments
// and the questions of Welcome. `detail.answer` becomes a promise; where it fails, the error has a
// `sentence` for whoever asked.
//   weigh {home}        what is kept here and there, before a move; null where nothing has to move
//   move {home, take}   keeps the journal there from now on; takes "all" along, what is "mine", or "none"
//   file {as}           hands out a copy, as "json" or "csv"; as "json" it is locked if the journal is
//   bring {file, passphrase, progress}   joins a file that was kept
//   delete {id}   restore {version}   erase
//   lock, relock, bare, unlock, shut   what concerns the passphrase, see parts/locking.js

const TYPES = { json: "application/json", csv: "text/csv;charset=utf-8" };

function download(text, name, as) {
  const url = URL.createObjectURL(new Blob([text], { type: TYPES[as] }));
  make("a", { href: url, download: `${name}.${as}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

// The sentence for a fault, by its reason or by the name that the browser gives it.
const FAULTS = { QuotaExceededError: "full", SecurityError: "denied", InvalidStateError: "denied",
  NotReadableError: "unreadable", NotFoundError: "unreadable", VersionError: "newer_here" };
const sentenceFor = (error, words) => error.sentence
  ?? words.refused[error.reason] ?? words.refused[FAULTS[error.name]] ?? words.refused.otherwise;

function custody(page) {
  const { words } = page;
  const momentsOf = (journal) => fold(journal.versions.values()).length;

  // Whatever can be read of the journal; where that is nothing, what this page holds of it.
  async function everything() {
    await page.journal().open().catch(() => {});
    if (page.journal().isLocked()) throw refusal("shut");
    const { entries, deleted } = page.journal().contents();
    const all = new Map([...entries, ...page.waiting()].map((one) => [one.version, one]));
    return { entries: [...all.values()], deleted };
  }

  async function weigh({ home }) {
    await page.settled();
    const here = page.journal();
    if (here.home === home) return null;
    const there = page.over(home);
    // A home that cannot be opened has nothing to take along.
    await here.open().catch(() => {});
    await there.open();
    return { here: momentsOf(here), there: momentsOf(there), isLockedHere: here.isLocked(),
      isLockedThere: there.isLocked(), hasPassphrase: here.hasPassphrase() };
  }

  async function move({ home, take }) {
    await page.settled();
    const from = page.journal(), to = page.over(home);
    const bare = home === "visit";
    if (take === "all") await moveJournal(from, to, { bare });
    if (take === "mine" && mine().size) await moveJournal(from, to, { bare, wanted: mine() });
    remember(home);
    await page.turnTo(to);
  }

  async function file({ as }) {
    const held = await everything();
    const safe = page.journal().safe();
    const whole = () => (safe ? sealDocument(safe.lock, safe.key, held) : writeJournal(held));
    const text = as === "csv" ? toCsv(held.entries) : whole();
    download(text, words.file_name, as);
  }

  // A locked file opens with the key of the journal here, if it was locked with it, or a passphrase.
  async function read(text, passphrase) {
    try {
      return readJournal(text);
    } catch (error) {
      if (error.reason !== "locked") throw error;
    }
    const locked = readLocked(text), safe = page.journal().safe();
    try {
      if (safe) return openLocked(safe.key, locked);
    } catch { /* It has another key. */ }
    if (passphrase === undefined) throw refusal("locked");
    if (!passphrase) throw refusal("empty");
    return openDocument(text, passphrase);
  }

  // What a file brings is counted in moments: those with something new, and those that were here.
  async function bring({ file, passphrase, progress }) {
    if (file.size > MOST_BYTES) throw refusal("large");
    const theirs = await read(textOf(new Uint8Array(await file.arrayBuffer())), passphrase);
    await page.settled();
    const journal = page.journal();
    let before = null;
    await journal.rewrite((here) => join(before = here, theirs), { progress });
    await page.changed();
    return tally(before, theirs, journal.contents());
  }

  async function remove({ id }) {
    await page.settled();
    await page.journal().remove(id, new Date().toISOString());
    await page.changed();
  }

  // A moment as it stood when a version was written; what it is now stays in its history.
  async function restore({ version }) {
    await page.settled();
    await page.journal().open();
    const { entries } = page.journal().contents();
    if (!entries.some((one) => one.version === version)) throw refusal("gone");
    await page.journal().put(takenBack(entries, version));
    await page.changed();
  }

  async function erase() {
    if (page.alone && page.homes.includes("file")) throw refusal("elsewhere");
    page.letGo();
    await page.settled();
    const homes = [...new Set(["browser", "visit", ...page.homes])];
    const cleared = await Promise.allSettled(homes.map((home) => page.over(home).clear()));
    clearSmallStorages();
    const failed = cleared.find(({ status }) => status === "rejected");
    if (failed) throw failed.reason;
    const left = await indexedDB.databases?.() ?? [];
    if (left.some(({ name }) => name === DATABASE)) throw refusal("not_erased");
    await page.changed({ erased: true });
    page.tell(words.erased);
  }

  const acts = { weigh, move, file, bring, delete: remove, restore, erase, ...locking(page) };
  return (detail) => {
    if (!acts[detail.what] || detail.answer) return;
    detail.answer = acts[detail.what](detail).catch((error) => {
      throw Object.assign(new Error(error.message), { reason: error.reason, sentence: sentenceFor(error, words) });
    });
  };
}

function tally(before, theirs, after) {
  const known = new Map(before.entries.map((one) => [one.version, one.changed]));
  const kept = new Set(after.entries.map(({ id }) => id));
  const brought = new Map(); // by moment: whether it brought something new
  for (const one of theirs.entries) {
    const isNew = !known.has(one.version) || byTime(one.changed, known.get(one.version)) > 0;
    brought.set(one.id, brought.get(one.id) || isNew);
  }
  const stay = [...brought].filter(([id]) => kept.has(id));
  const came = stay.filter(([, isNew]) => isNew).length;
  const gone = new Set(before.entries.map(({ id }) => id).filter((id) => !kept.has(id)));
  return { came, here: stay.length - came, gone: gone.size, away: brought.size - stay.length };
}
