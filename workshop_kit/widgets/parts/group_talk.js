// Speaks with the server about a group: says what a page does, and hears what changes.

const COME_BACK = 2000; // ms until a socket that closed is opened anew
const TRY_AGAIN = 3000; // ms until what could not be kept is tried again
// What is over by itself; anything else is told and left to whoever reads it.
const PASSING = ["locked", "full", "unreachable", "damaged", "unwritable"];

class GroupRefused extends Error {
  constructor(reason, seconds) {
    super(reason);
    Object.assign(this, { reason, seconds });
  }
}

const pageSettings = () => JSON.parse(document.getElementById("jupyter-config-data").textContent);

function groupTalk(base) {
  async function tell(path, method = "GET", body = undefined) {
    const sent = typeof body === "string" ? body : JSON.stringify(body);
    const answer = await fetch(base + path, { method, body: sent, cache: "no-store" })
      .catch(() => { throw new GroupRefused("unreachable"); });
    const said = answer.status === 204 ? {} : await answer.json()
      .catch(() => { throw new GroupRefused("failed"); });
    if (!answer.ok) throw new GroupRefused(said.reason ?? "failed", said.seconds);
    return said;
  }

  // Says it until it has been heard, and tells meanwhile why it has not; `isStill` may end it.
  async function insist(path, method, body, waits, isStill = () => true) {
    for (;;) {
      try {
        return await tell(path, method, body);
      } catch (error) {
        if (!PASSING.includes(error.reason) || !isStill()) throw error;
        waits(error);
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN));
        if (!isStill()) throw error;
      }
    }
  }

  // Hears how the session stands, now and whenever it changes, until the key has ended.
  function watch(role, heard, ended, lost = () => {}) {
    let socket = null, again = null, stopped = false;
    const place = new URL(`${base}group/changes/${role}`, location.href);
    place.protocol = place.protocol.replace("http", "ws");

    function connect() {
      clearTimeout(again);
      if (stopped || (socket && socket.readyState < WebSocket.CLOSING)) return;
      const mine = socket = new WebSocket(place);
      socket.onmessage = ({ data }) => heard(JSON.parse(data));
      socket.onclose = () => { if (mine === socket) look(); };
    }

    // A socket does not say why it closed, and behind some proxies none opens.
    async function look() {
      if (stopped) return;
      try {
        const state = await tell(`group/state/${role}`);
        if (stopped) return;
        if (state.ended) return void (stop(), ended());
        heard(state);
      } catch (error) {
        lost(error);
      }
      clearTimeout(again);
      again = setTimeout(connect, COME_BACK);
    }

    const woken = () => { if (document.visibilityState === "visible") { connect(); look(); } };
    function stop() {
      stopped = true;
      clearTimeout(again);
      socket?.close();
      document.removeEventListener("visibilitychange", woken);
      removeEventListener("online", woken);
    }
    document.addEventListener("visibilitychange", woken);
    addEventListener("online", woken);
    connect();
    return stop;
  }

  return { tell, insist, watch };
}

const refusedWords = (words, error) =>
  fill(words[error.reason] ?? words.failed, { seconds: error.seconds });

const counted = (words, name, count) =>
  fill(words[`${name}_${new Intl.PluralRules(language()).select(count)}`] ?? words[name], { count });

// Takes the key out of the address, where it would stay in the browser's history.
function takeFragment() {
  const key = decodeURIComponent(location.hash.slice(1));
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  return key;
}
