// The journal of a page, over one of its homes: everything that is kept there, and every change to
// it. `contents` is {entries, deleted}, as they can be read; what cannot is left where it is.

const KEY = "workshop-kit:key"; // of a journal with a passphrase that is open in this tab
const TRIES = 5; // to write everything anew while other pages write too

const isSame = (one, other) => sorted(one) === sorted(other);

// The key goes from page to page with its tab, and no further.
const keys = {
  recall: (lock) => {
    const held = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return held?.lock === lock.key ? fromBase64(held.key) : null;
  },
  hold: (lock, key) => sessionStorage.setItem(KEY, JSON.stringify({ lock: lock.key, key: toBase64(key) })),
  drop: () => sessionStorage.removeItem(KEY),
};

function journalOver(store, home) {
  const versions = new Map(), deleted = new Map(); // by version; by moment
  const sealed = new WeakMap(); // what was read, as it is stored
  let lock = null, key = null, damaged = [];

  const isLocked = () => lock !== null && key === null;
  const contents = () => ({ entries: [...versions.values()], deleted: [...deleted.values()] });
  // What is stored already is not sealed anew, so that another passphrase is another lock alone.
  const dress = (record, with_) => (!with_ ? record
    : (with_ === key && sealed.get(record)) || sealRecord(with_, record));

  // A version as it can be read, or null.
  function read(record) {
    try {
      const one = record.sealed === undefined ? record : openRecord(key, record);
      return readable(one) ? one : null;
    } catch {
      return null;
    }
  }

  // No draft stays open to all once there is a passphrase.
  async function sealDrafts() {
    for (const one of store.drafts?.() ?? []) {
      if (one.sealed === undefined) await put(one).catch(() => {});
    }
  }

  async function open() {
    const held = await store.open();
    if (lock?.key !== held.lock?.key) key = null;
    lock = held.lock;
    if (lock) key ??= keys.recall(lock);
    [versions, deleted].forEach((map) => map.clear());
    for (const one of held.deleted) deleted.set(one.id, one);
    damaged = [];
    if (isLocked()) return;
    if (key) await sealDrafts();
    for (const record of held.versions) {
      const one = read(record);
      if (!one) damaged.push(record);
      else versions.set(one.version, one);
      if (one && one !== record) sealed.set(one, record);
    }
  }

  async function put(record) {
    if (isLocked()) throw refusal("shut");
    await store.put(key ? sealRecord(key, record) : record);
  }

  async function remove(id, at) {
    try {
      await store.remove(id, at);
    } catch (error) {
      if (error.reason !== "outdated") throw error;
      await open();
      await store.remove(id, at);
    }
  }

  // Writes what `change` makes of everything, or nothing of it, whoever else writes meanwhile. With
  // `safe`, {lock, key}, it is under that passphrase from now on; with null, under none.
  async function rewrite(change, { safe, progress } = {}) {
    for (let left = TRIES; ; left -= 1) {
      await open();
      if (isLocked()) throw refusal("shut");
      const next = change(contents()), under = safe === undefined ? { lock, key } : safe ?? { lock: null, key: null };
      const records = next.entries.map((one) => dress(one, under.key));
      // Nothing is locked that could not be opened again.
      if (safe && !records.every((one, at) => isSame(openRecord(safe.key, one), next.entries[at]))) {
        throw refusal("lost");
      }
      records.push(...damaged);
      try {
        await store.replace({ versions: records, deleted: next.deleted, lock: under.lock }, progress);
      } catch (error) {
        if (error.reason !== "outdated" || !left) throw error;
        continue;
      }
      if (under.lock) keys.hold(under.lock, under.key);
      return open();
    }
  }

  // Opens it for this tab; it is read anew after that.
  async function unlock(passphrase) {
    key = await openLock(lock, passphrase);
    keys.hold(lock, key);
  }

  // Whoever comes after needs the passphrase.
  function shut() {
    keys.drop();
    key = null;
    versions.clear();
  }

  return { home, open, put, remove, rewrite, unlock, shut, contents, isLocked,
    hasPassphrase: () => lock !== null, safe: () => (lock && key ? { lock, key } : null), versions, deleted,
    damaged: () => damaged, clear: () => store.clear(),
    draft: store.draft && ((record) => store.draft(key ? sealRecord(key, record) : record)) };
}
