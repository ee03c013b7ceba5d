function sizes(value, systems, words) {
  if (typeof value === "string") return words[value] ?? value;
  return Object.entries(systems).filter(([name]) => name in value).map(([name, system]) =>
    `${system.name}: ${words.steps.find(({ up_to }) => value[name] <= up_to).word}`).join("; ");
}

const isEmpty = (value) => value === null || value === undefined || value === "";

function render({ model, el }) {
  const exercises = model.get("exercises"), systems = model.get("systems");
  const settings = model.get("settings"), words = model.get("words");
  const list = make("div", { class: "ws-field ws-moments" });

  // Each answer with the question it answers; what was taken back or left open is not shown.
  function answers({ exercise, answers, setting, words: texts }) {
    const { labels } = exercises[exercise] ?? { labels: {} };
    return [
      ...Object.entries(answers).filter(([, value]) => !isEmpty(value)).map(([question, value]) =>
        question === "systems" ? [words.systems, sizes(value, systems, words)]
          : [labels[question] ?? question, labels[`${question}.${value}`] ?? String(value)]),
      ...(isEmpty(setting) ? [] : [[words.setting, settings[setting] ?? setting]]),
      ...Object.entries(texts).filter(([, text]) => !isEmpty(text)).map(([question, text]) =>
        [labels[question] ?? question, text]),
    ];
  }

  function article(moment) {
    return make("article", {},
      make("h3", {}, exercises[moment.exercise]?.title ?? moment.exercise, " ",
        make("time", { datetime: moment.begun }, calendar(new Date(moment.begun), moment.offset))),
      make("dl", {}, ...answers(moment).flatMap(([label, value]) =>
        [make("dt", { class: "ws-quiet" }, label), make("dd", { class: "ws-own" }, value)])));
  }

  const stop = hear("entries", ({ entries }) => {
    const left = entries.filter((moment) => answers(moment).length);
    list.replaceChildren(...(left.length ? left.reverse().map(article)
      : [make("p", { class: "ws-quiet" }, words.empty)]));
  });
  list.append(make("p", { class: "ws-quiet" }, words.empty));
  el.append(list);
  say("ask");
  return stop;
}

export default { render };
