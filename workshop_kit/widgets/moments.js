// needs: sizes, motives, sentences, sorting, tones, flowing, days, dialogs, speaker, entries, history, earlier

// How each kind of part is told: [[question, answer], …] for everything that was answered in it.
const TELLERS = {
  systems: ({ id }, answers, _texts, systems, words) =>
    (isEmpty(answers[id]) ? [] : [[words.systems, tellSizes(answers[id], systems, words.sizes)]]),
  choice: ({ id, legend, choices }, answers) => (isEmpty(answers[id]) ? []
    : [[legend, choices.find((choice) => choice.id === answers[id])?.label ?? answers[id]]]),
  words: ({ prompts }, _answers, texts) => prompts.filter(({ id }) => !isEmpty(texts[id]))
    .map(({ id, label }) => [label, texts[id]]),
  letter: ({ prompt }, _answers, texts) =>
    (isEmpty(texts[prompt.id]) ? [] : [[prompt.label, texts[prompt.id]]]),
  acts: tellActs,
  stems: tellSentences,
  sort: tellSorting,
  tone: tellTones,
  flows: tellFlows,
  day: tellDay,
};

const isEmpty = (value) => value === null || value === undefined || value === "";

function tellSizes(value, systems, words) {
  if (typeof value === "string") return words[value] ?? value;
  return Object.entries(systems).filter(([name]) => name in value).map(([name, system]) =>
    `${system.name}: ${wordFor(value[name], words)}`).join("; ");
}

// Whether a part of today's content asks what is kept under `name`.
const asks = ({ id, prompt, prompts = [] }, name) => name === id || name.startsWith(`${id}_`)
  || [prompt, ...prompts].some((one) => one?.id === name);

function render({ model, el }) {
  const exercises = model.get("exercises"), systems = model.get("systems");
  const settings = model.get("settings"), words = model.get("words");
  const list = make("div", { class: "ws-field ws-moments" });
  const empty = make("p", { class: "ws-quiet" }, words.empty);
  const unfolded = new Set(), line = speaker();
  let shown = [], place = 0; // the moments in the list; where in it something is said
  line.node.tabIndex = -1;

  // Each answer with the question it answers; what was taken back or left open is not shown. What
  // was asked by an earlier version of the words is shown under its own name.
  function told({ exercise, answers, setting, words: texts }) {
    const parts = exercises[exercise]?.parts ?? [];
    const others = (fields) => Object.entries(fields).filter(([name, value]) =>
      !isEmpty(value) && typeof value !== "object" && !parts.some((part) => asks(part, name)));
    return [
      ...parts.flatMap((part) => TELLERS[part.kind]?.(part, answers, texts, systems,
        { ...words, ...words[part.kind] }) ?? []),
      ...(isEmpty(setting) ? [] : [[words.setting, settings[setting] ?? setting]]),
      ...others(answers), ...others(texts),
    ];
  }

  const answered = (answers) => make("dl", {}, ...answers.flatMap(([label, value]) =>
    [make("dt", { class: "ws-quiet" }, label), make("dd", { class: "ws-own" }, String(value))]));

  // What came of it is said in the place of the moment, in a list that is drawn anew by then.
  async function act(moment, what, more, done) {
    place = shown.indexOf(moment.id);
    line.tell("");
    try {
      await request(what, more);
      line.tell(done);
    } catch (error) {
      line.tell(error.sentence ?? words.otherwise, true);
    }
    if (!el.contains(document.activeElement)) line.node.focus();
  }

  async function remove(moment) {
    const title = fill(words.delete_title, { time: calendar(new Date(moment.begun), moment.offset) });
    const choices = [["delete", words.delete], ["", words.leave_as_is]];
    if (await choose(el, { title, text: [words.delete_what, words.delete_files], choices }) !== "delete") return;
    await act(moment, "delete", { id: moment.id }, words.deleted);
  }

  const state = (moment) => ({ version, at, answers }) => make("section", {},
    make("h4", {}, fill(words.as_it_was, { time: calendar(new Date(at), moment.offset) })),
    answers.length ? answered(answers) : make("p", { class: "ws-quiet" }, words.nothing_then),
    make("button", { type: "button", class: "ws-button",
      onclick: () => act(moment, "restore", { version }, words.restored) }, words.restore));

  function article({ moment, now, before }) {
    const history = make("details", { class: "ws-more", open: unfolded.has(moment.id), ontoggle: () =>
      (history.open ? unfolded.add(moment.id) : unfolded.delete(moment.id)) },
    make("summary", {}, words.earlier), ...before.map(state(moment)));
    return make("article", {},
      make("h3", {}, exercises[moment.exercise]?.title ?? moment.exercise, " ",
        make("time", { datetime: moment.begun }, calendar(new Date(moment.begun), moment.offset))),
      now.length ? answered(now) : make("p", { class: "ws-quiet" }, words.nothing_now),
      before.length ? history : null,
      make("button", { type: "button", class: "ws-button", onclick: () => remove(moment) }, words.delete_ask));
  }

  const stop = hear("entries", ({ entries, versions }) => {
    const left = entries.map((moment) => ({ moment, now: told(moment), before: earlier(versions, moment, told) }))
      .filter(({ now, before }) => now.length || before.length).reverse();
    shown = left.map(({ moment }) => moment.id);
    const rows = left.length ? left.map(article) : [empty];
    list.replaceChildren(...rows.slice(0, place), line.node, ...rows.slice(place));
  });
  list.append(empty);
  el.append(list);
  say("ask");
  return stop;
}

export default { render };
