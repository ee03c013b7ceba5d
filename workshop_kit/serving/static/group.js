// needs: group_talk, pooled
//
// A participant's page: joins a group, follows it, and shows what was shared and what is open.

const settings = pageSettings(), { group } = settings;
const words = group.words.own, talk = groupTalk(settings.baseUrl);
const at = (id) => document.getElementById(id);
const address = ({ name }) => `${settings.baseUrl}voila/render/${name}.ipynb`;
let stop = null, session = null, opened = "";

function put(node, text) {
  node.textContent = text;
  node.hidden = !text;
}

function enter() {
  at("join").hidden = true;
  at("inside").hidden = false;
  stop ??= talk.watch("page", (state) => { session = state; show(); },
    () => out(words.ended), (error) => put(at("told"), refusedWords(group.words.refused, error)));
  lookAtMine();
}

function out(sentence) {
  stop?.();
  stop = session = null;
  opened = "";
  at("inside").hidden = true;
  at("join").hidden = false;
  put(at("said"), sentence);
  at("title").focus();
}

function show() {
  put(at("told"), "");
  at("joined").textContent = counted(words, "joined", session.joined);
  at("locked").textContent = session.locked ? words.locked : words.unlocked;
  const here = group.exercises[session.steps[session.step]];
  at("here").replaceChildren(make("a", { class: "ws-button begin", href: address(here) },
    fill(words.go, here)));
  at("steps").replaceChildren(...session.steps.map((id, step) => make("li", {},
    make("a", { href: address(group.exercises[id]), "aria-current": step === session.step ? "step" : null },
      group.exercises[id].title))));
  const drawn = JSON.stringify(session.pictures);
  if (drawn === opened) return;
  if (opened) lookAtMine();
  opened = drawn;
  at("pictures").replaceChildren(...session.pictures.map((one) =>
    pooledPicture(one, group.exercises[one.exercise], group.words.picture)));
  at("no-pictures").hidden = session.pictures.length > 0;
}

async function lookAtMine() {
  let mine;
  try {
    ({ mine } = await talk.tell("group/mine"));
  } catch {
    return setTimeout(lookAtMine, TRY_AGAIN);
  }
  if (!mine) return undefined;
  at("mine").replaceChildren(...Object.entries(mine).map(([id, waits]) => {
    const sentence = fill(waits ? words.shared_waiting : words.shared_opened, group.exercises[id]);
    return make("li", {}, make("span", {}, `${sentence} `), waits
      ? make("button", { type: "button", class: "ws-button", onclick: () => takeBack(id) }, words.take_back)
      : null);
  }));
  at("no-mine").hidden = at("mine").children.length > 0;
}

async function takeBack(id) {
  const waits = (error) => put(at("told"), refusedWords(group.words.refused, error));
  await talk.insist(`group/mine/${id}`, "DELETE", undefined, waits).then(() => put(at("told"), ""), waits);
  await lookAtMine();
  at("mine-title").focus();
}

at("join").addEventListener("submit", async (event) => {
  event.preventDefault();
  at("join-button").disabled = true;
  put(at("said"), "");
  try {
    await talk.tell("group/join", "POST", { code: at("code").value });
    at("code").value = "";
    enter();
    at("title").focus();
  } catch (error) {
    put(at("said"), refusedWords(group.words.refused, error));
    at("code").focus();
  } finally {
    at("join-button").disabled = false;
  }
});

at("leave").addEventListener("click", async () => {
  const waits = (error) => put(at("told"), refusedWords(group.words.refused, error));
  stop?.();
  await talk.insist("group/leave", "POST", {}, waits).catch(() => {});
  out(words.left);
});

const code = takeFragment();
if (code) at("code").value = code;
const { mine } = await talk.tell("group/mine").catch(() => ({ mine: null }));
if (mine) enter();
else at("join").hidden = false;
document.documentElement.dataset.groupReady = "true";
