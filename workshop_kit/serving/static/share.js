// needs: group_talk, coarse
//
// On the page of an exercise, for somebody who has joined a group: says where the group is, and
// offers to share what is pooled of this page, showing exactly what would be sent.

const settings = pageSettings(), { group } = settings;
const words = group.words.own, talk = groupTalk(settings.baseUrl);
const parts = group.exercises[group.exercise]?.parts ?? [];
const path = `group/mine/${group.exercise}`;
let session = null, mine = undefined, turn = 0, stop = null;
// Of the page's moment, once its keeper has read the journal. Until then nothing is offered: what
// would be sent is not known yet.
let found = null, answers = null;

const list = make("dl", { class: "gr-sent" }), old = make("dl", { class: "gr-sent" });
const oldHead = make("p", { class: "gr-head" }, words.sent), listHead = make("p", { class: "gr-head" });
const told = make("p", { role: "status" }), joined = make("p", { class: "ws-quiet" });
const send = make("button", { type: "button", onclick: share });
const back = make("button", { type: "button", class: "ws-plain", onclick: takeBack }, words.take_back);
const opened = make("p", {}, words.opened);
const stands = make("p", { class: "ws-quiet" });
const notes = [stands, make("p", { class: "ws-quiet" }, words.unanimous),
  make("p", { class: "ws-quiet" }, words.promise)];
const offer = make("div", {}, make("p", {}, words.intro), oldHead, old, listHead, list, ...notes,
  make("p", { class: "gr-buttons" }, send, back));
const heading = make("h2", { id: "share-title" }, words.title);
const panel = make("section", { class: "gr-share ws-field", "aria-labelledby": "share-title",
  hidden: true }, heading, opened, offer, told, joined,
make("p", {}, make("a", { class: "alone", href: `${settings.baseUrl}group` }, words.to_group)));
const where = make("p", { class: "gr-here", hidden: true });

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const now = () => coarse(parts, answers, group.bounds);

function describe(node, said) {
  node.replaceChildren(...parts.flatMap((part) => part.questions).flatMap((question) =>
    [make("dt", {}, question.label), make("dd", {}, question.bins[said[question.id]])]));
}

function show() {
  const takesPart = session && !session.closed && session.steps.includes(group.exercise);
  panel.hidden = !parts.length || !takesPart || mine === undefined || !answers;
  const step = session && group.exercises[session.steps[session.step]];
  where.hidden = !step || session.closed || session.steps[session.step] === group.exercise;
  if (!where.hidden) {
    const there = `${settings.baseUrl}voila/render/${step.name}.ipynb`;
    where.replaceChildren(make("a", { href: there }, fill(words.elsewhere, step)));
  }
  if (panel.hidden) return;
  const said = now(), waits = mine !== null && mine !== "none", isNew = !waits || !same(mine, said);
  opened.hidden = mine !== null;
  offer.hidden = mine === null;
  joined.textContent = counted(words, "joined", session.joined);
  stands.textContent = fill(words.stands, { k: session.k });
  oldHead.hidden = old.hidden = back.hidden = !waits;
  listHead.hidden = list.hidden = send.hidden = !isNew;
  listHead.textContent = waits ? words.would_send_now : words.would_send;
  send.textContent = waits ? words.send_again : words.send;
  if (waits) describe(old, mine);
  describe(list, said);
}

async function look() {
  try {
    const all = (await talk.tell("group/mine")).mine;
    if (!all) return gone();
    mine = group.exercise in all ? all[group.exercise] : "none";
    stop ??= talk.watch("page", heard, gone);
  } catch {
    setTimeout(look, TRY_AGAIN);
  }
  show();
}

// One act at a time: a later one takes the place of one that still waits to be heard.
async function act(method, body) {
  const one = ++turn, waits = (error) => { told.textContent = refusedWords(group.words.refused, error); };
  try {
    await talk.insist(path, method, body, waits, () => one === turn);
    told.textContent = "";
  } catch (error) {
    if (one === turn) told.textContent = refusedWords(group.words.refused, error);
  }
  if (one !== turn) return;
  await look();
  (back.hidden ? send.hidden ? heading : send : back).focus();
}

function share() { act("PUT", { answers: now() }); }
function takeBack() { act("DELETE"); }

function gone() {
  stop?.();
  panel.remove();
  where.remove();
}

function heard(state) {
  const before = session?.pictures.length;
  session = state;
  // What waited may have been opened meanwhile.
  if (before !== undefined && before !== state.pictures.length) look();
  show();
}

heading.tabIndex = -1;
document.getElementById("onward").before(panel);
document.getElementById("main").prepend(where);
hear("entries", ({ entries, moment }) => {
  found = entries.find(({ id }) => id === moment)?.answers ?? {};
});
hear("journal", ({ isLocked }) => {
  answers = isLocked ? null : found;
  show();
});
look();
say("ask");
