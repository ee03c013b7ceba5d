// What is asked of the passphrase of a journal: `lock`, `relock`, `bare` (take it away), `unlock` and
// `shut`. See custody.js, of which these are acts.

function locking(page) {
  const as = (same) => same;

  // Whoever changes a lock says its passphrase once more, since a tab may have been left open.
  async function inHand(current) {
    await page.settled();
    const safe = page.journal().safe();
    if (!safe) throw refusal("shut");
    await openLock(safe.lock, current);
    return safe;
  }

  // Nothing is under a lock that was not opened with its passphrase before.
  async function under(safe, passphrase) {
    await openLock(safe.lock, passphrase);
    await page.journal().rewrite(as, { safe });
    await page.changed();
  }

  async function lock({ passphrase }) {
    await page.settled();
    if (page.journal().hasPassphrase()) throw refusal("shut");
    await under(await makeLock(passphrase), passphrase);
  }

  async function relocked({ current, passphrase }) {
    const { key } = await inHand(current);
    await under({ lock: await relock(key, passphrase), key }, passphrase);
  }

  async function bare({ current }) {
    await inHand(current);
    await page.journal().rewrite(as, { safe: null });
    keys.drop();
    await page.changed();
  }

  async function unlock({ passphrase }) {
    if (!passphrase) throw refusal("empty");
    await page.journal().open();
    if (page.journal().isLocked()) await page.journal().unlock(passphrase);
    await page.opened();
  }

  // Closes it for this tab: nobody reads on without the passphrase.
  async function shut() {
    await page.settled();
    if (page.waiting().length) throw refusal("waiting");
    page.journal().shut();
    page.python.ask("forget").catch(() => {});
    await page.opened();
  }

  return { lock, relock: relocked, bare, unlock, shut };
}
