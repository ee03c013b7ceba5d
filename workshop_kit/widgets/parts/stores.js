// The homes of a journal. Each offers, alike:
//   open()             {versions, deleted, lock}: everything that is kept; `lock` is null without one
//   put(record)        one version, in place of an earlier state of it
//   remove(id, at)     drops the versions of a moment and leaves {id, at} in their place
//   replace(contents)  everything at once, in place of what `open` told last
//   clear()            everything, and the place itself
// All reject when they fail, and then nothing has changed. Two refusals have reasons: "deleted", the
// moment was deleted elsewhere, and "outdated", the journal is another one than `open` told of.
// A home that has to wait for somebody else has `draft(record)` too, which is done at once.

const DATABASE = "workshop-kit", VISIT = "workshop-kit:visit", DRAFT = "workshop-kit:draft:";
const MINE = "workshop-kit:mine";
const AT_ONCE = 500; // records written before the page may draw again

const nothing = () => ({ versions: [], deleted: [], lock: null });

const promised = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// Home "browser": IndexedDB, on the disk before it is called kept.
// How a database of each version becomes one of the next.
const UPGRADES = [
  function versionsOfMoments(database) {
    database.createObjectStore("versions", { keyPath: "version" });
  },
  // "state" holds what there is one of: {name, role: "journal"}, a journal's own name, which it
  // changes when all of it changes; {role: "write"}, the name of the last write; {role: "lock"}.
  // No two records may have one role, so a write under a former name fails by itself.
  function deletionsAndLock(database) {
    database.createObjectStore("deleted", { keyPath: "id" });
    const state = database.createObjectStore("state", { keyPath: "name" });
    state.createIndex("role", "role", { unique: true });
    state.put({ role: "journal", name: uuid() });
  },
];

function browserStore() {
  let opening = null, journal = null, write = null; // the journal and the write that `open` told of
  const forget = () => { opening = null; };

  // Who only looks leaves no trace: null where nothing was ever kept.
  async function connect(make) {
    const request = indexedDB.open(DATABASE, UPGRADES.length);
    let nobody = false;
    request.onupgradeneeded = ({ oldVersion }) => {
      nobody = !make && oldVersion === 0;
      if (nobody) request.transaction.abort();
      else for (const upgrade of UPGRADES.slice(oldVersion)) upgrade(request.result);
    };
    const database = await promised(request).catch((error) => {
      if (!nobody) throw error;
      return null;
    });
    if (!database) return forget();
    // A browser may close the database behind a page's back; it is opened again when needed again.
    database.onclose = database.onversionchange = () => { database.close(); forget(); };
    return database;
  }
  const failed = (error) => { forget(); throw error; };
  const database = async (make) =>
    (await (opening ??= connect(make).catch(failed))) ?? (make ? (opening = connect(true).catch(failed)) : null);

  const begin = (database, mode) => {
    const transaction = database.transaction(["versions", "deleted", "state"], mode, { durability: "strict" });
    const [versions, deleted, state] = ["versions", "deleted", "state"].map((name) => transaction.objectStore(name));
    let cause = null;
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(cause ?? transaction.error);
    });
    done.catch(() => {});
    const fail = (error) => { cause ??= error; };
    return { transaction, versions, deleted, state, done, fail };
  };
  const named = async (state) => new Map((await promised(state.getAll())).map((one) => [one.role, one]));

  // Marks a write. Where the journal is no longer the one that `open` told of, all of it fails.
  function sign({ state, fail }) {
    if (journal) state.put({ role: "journal", name: journal }).onerror = () => fail(refusal("outdated"));
    state.put({ role: "write", name: "write", is: uuid() });
  }

  async function open() {
    const there = await database(false);
    if (!there) {
      journal = write = null;
      return nothing();
    }
    const { versions, deleted, state } = begin(there, "readonly");
    const [records, gone, told] = await Promise.all([
      promised(versions.getAll()), promised(deleted.getAll()), named(state)]);
    journal = told.get("journal").name;
    write = told.get("write")?.is ?? null;
    return { versions: records, deleted: gone, lock: told.get("lock")?.lock ?? null };
  }

  // Without waiting for any answer, so that a page that is being left cannot take the change along.
  async function put(record) {
    const writing = begin(await database(true), "readwrite");
    sign(writing);
    // This fails, and with it all the rest, where the moment was deleted.
    writing.deleted.add({ id: record.id }).onerror = () => writing.fail(refusal("deleted"));
    writing.deleted.delete(record.id);
    writing.versions.put(record);
    writing.transaction.commit?.();
    await writing.done;
    if (!journal) journal = (await named(begin(await database(true), "readonly").state)).get("journal").name;
  }

  async function remove(id, at) {
    const writing = begin(await database(true), "readwrite");
    sign(writing);
    writing.deleted.put({ id, at });
    const cursor = writing.versions.openCursor();
    cursor.onsuccess = () => {
      if (!cursor.result) return;
      if (cursor.result.value.id === id) cursor.result.delete();
      cursor.result.continue();
    };
    await writing.done;
  }

  async function replace(contents, progress = () => {}) {
    const writing = begin(await database(true), "readwrite"), next = uuid();
    const { versions, deleted, state, transaction } = writing;
    try {
      const told = await named(state);
      if ((journal && told.get("journal").name !== journal) || (told.get("write")?.is ?? null) !== write) {
        throw refusal("outdated");
      }
      for (const store of [versions, deleted, state]) store.clear();
      state.put({ role: "journal", name: next });
      if (contents.lock) state.put({ role: "lock", name: "lock", lock: contents.lock });
      for (const one of contents.deleted) deleted.put(one);
      for (const [place, one] of contents.versions.entries()) {
        const written = versions.put(one);
        if (place % AT_ONCE === AT_ONCE - 1) {
          await promised(written);
          progress(place + 1, contents.versions.length);
        }
      }
    } catch (error) {
      writing.fail(error);
      try { transaction.abort(); } catch { /* It has ended by itself. */ }
    }
    await writing.done;
    [journal, write] = [next, null];
  }

  async function clear() {
    (await opening?.catch(() => null))?.close();
    forget();
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(DATABASE);
      request.onsuccess = resolve;
      request.onerror = () => reject(request.error);
    });
    journal = write = null;
  }

  return { open, put, remove, replace, clear };
}

// Home "visit": the tab's own storage, which ends with the tab. A sample journal fills it once.
function visitStore(sample) {
  let told = null; // what `open` told last, as text
  const read = async () => {
    told = sessionStorage.getItem(VISIT);
    if (told === null && sample) return { ...nothing(), versions: (await (await fetch(sample)).json()).entries };
    const held = JSON.parse(told ?? "[]");
    // Until deletions were kept this was a list of versions.
    return Array.isArray(held) ? { ...nothing(), versions: held } : { ...held, lock: null };
  };
  const write = ({ versions, deleted }) => sessionStorage.setItem(VISIT, JSON.stringify({ versions, deleted }));
  return {
    open: read,
    put: async (record) => {
      const { versions, deleted } = await read();
      if (deleted.some(({ id }) => id === record.id)) throw refusal("deleted");
      write({ versions: [...versions.filter(({ version }) => version !== record.version), record], deleted });
    },
    remove: async (id, at) => {
      const { versions, deleted } = await read();
      write({ versions: versions.filter((one) => one.id !== id),
        deleted: [...deleted.filter((one) => one.id !== id), { id, at }] });
    },
    replace: async (contents) => {
      if (sessionStorage.getItem(VISIT) !== told) throw refusal("outdated");
      write(contents);
    },
    clear: async () => sessionStorage.removeItem(VISIT),
  };
}

// Home "file": Python writes it. Until it has said so, the words are also a draft in the browser.
function fileStore(ask) {
  let state = null; // of the file, as `open` told it last
  const draft = (record) => localStorage.setItem(DRAFT + record.version, JSON.stringify(record));
  const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(DRAFT));
  async function keep(record) {
    const { deleted = [] } = await ask("keep", { records: [record] });
    const key = DRAFT + record.version;
    if (localStorage.getItem(key) === JSON.stringify(record)) localStorage.removeItem(key);
    if (deleted.includes(record.id)) throw refusal("deleted");
  }
  return {
    open: async () => {
      for (const key of drafts()) {
        // A draft that is refused stays where it is, and the journal opens all the same.
        await keep(JSON.parse(localStorage.getItem(key))).catch(() => {});
      }
      const { versions, deleted, lock, ...told } = await ask("open");
      state = told.state;
      return { versions, deleted, lock };
    },
    draft,
    // What is still only a draft, for the journal was locked meanwhile.
    drafts: () => drafts().map((key) => JSON.parse(localStorage.getItem(key))),
    put: async (record) => {
      draft(record);
      await keep(record);
    },
    remove: async (id, at) => void await ask("remove", { id, at }),
    replace: async (contents) => void await ask("replace", { ...contents, state }),
    clear: async () => {
      for (const key of drafts()) localStorage.removeItem(key);
      await ask("erase");
    },
  };
}

// The choice of a home: *for this visit* is this tab's alone.
function remember(home) {
  if (home !== "visit") sessionStorage.removeItem(CHOSEN);
  (home === "visit" ? sessionStorage : localStorage).setItem(CHOSEN, home);
}

// The versions that were written in this tab. On a device that others use, only these are surely
// the words of whoever sits at it.
const mine = () => new Set(JSON.parse(sessionStorage.getItem(MINE) ?? "[]"));
function rememberMine(version) {
  const known = mine();
  if (known.has(version)) return;
  try { sessionStorage.setItem(MINE, JSON.stringify([...known, version])); } catch { /* Full: then none is. */ }
}

// Everything that the workshop ever left in the browser's two small storages.
function clearSmallStorages() {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) if (key.startsWith(DATABASE)) storage.removeItem(key);
  }
}
