// needs: group_talk, pooled
//
// The projector's page: what is open on the page that the group is at, and nothing else.

const settings = pageSettings(), { group } = settings;
const words = group.words.own, talk = groupTalk(settings.baseUrl);
const at = (id) => document.getElementById(id);
let drawn = "";

function only(id) {
  for (const one of ["opening", "closed-door", "ended", "looking"]) at(one).hidden = one !== id;
  document.documentElement.dataset.workshopReady = "true";
}

function show(state) {
  if (state.closed) return only("ended");
  only("looking");
  at("joined").textContent = counted(words, "joined", state.joined);
  const up = state.pictures.filter(({ exercise }) => exercise === state.steps[state.step]);
  at("waiting").hidden = up.length > 0;
  const now = JSON.stringify(up);
  if (now === drawn) return;
  drawn = now;
  at("pictures").replaceChildren(...up.map((one) =>
    pooledPicture(one, group.exercises[one.exercise], group.words.picture, "h2")));
}

async function enter() {
  const key = takeFragment();
  if (key) await talk.tell("wall", "POST", key).catch(() => {});
  const { ended } = await talk.tell("group/state/wall").catch(() => ({}));
  if (ended) only("closed-door");
  else talk.watch("wall", show, () => only("ended"));
}

// Another link to the same page loads no page.
addEventListener("hashchange", () => { if (location.hash) location.reload(); });
enter();
