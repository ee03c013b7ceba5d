// needs: sizes, motives, sentences, sorting, tones, flowing, days

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

  function article(moment, answers) {
    return make("article", {},
      make("h3", {}, exercises[moment.exercise]?.title ?? moment.exercise, " ",
        make("time", { datetime: moment.begun }, calendar(new Date(moment.begun), moment.offset))),
      make("dl", {}, ...answers.flatMap(([label, value]) =>
        [make("dt", { class: "ws-quiet" }, label), make("dd", { class: "ws-own" }, String(value))])));
  }

  const stop = hear("entries", ({ entries }) => {
    const left = entries.map((moment) => [moment, told(moment)]).filter(([, answers]) => answers.length);
    list.replaceChildren(...(left.length ? left.reverse().map((one) => article(...one))
      : [make("p", { class: "ws-quiet" }, words.empty)]));
  });
  list.append(make("p", { class: "ws-quiet" }, words.empty));
  el.append(list);
  say("ask");
  return stop;
}

export default { render };
