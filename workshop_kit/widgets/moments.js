function sizes(value, systems, words) {
  if (typeof value === "string") return words[value] ?? value;
  return Object.entries(systems)
    .map(([name, system]) =>
      `${system.name} ${name in value ? fill(words.out_of_ten, { size: value[name] }) : words.unplaced}`)
    .join(", ");
}

function render({ model, el }) {
  const exercises = model.get("exercises"), systems = model.get("systems");
  const settings = model.get("settings"), words = model.get("words");
  const list = make("div", { class: "ws-field ws-moments" });

  function article(moment) {
    const { title, labels } = exercises[moment.exercise] ?? { title: moment.exercise, labels: {} };
    const rows = [
      ...Object.entries(moment.answers).map(([question, value]) => [labels[question] ?? question,
        value === null ? null
          : typeof value === "object" || question === "systems" ? sizes(value, systems, words)
            : labels[`${question}.${value}`] ?? value]),
      ["", moment.setting && (settings[moment.setting] ?? moment.setting)],
      ...Object.entries(moment.words).map(([question, text]) => [labels[question] ?? question, text]),
    ].filter(([, value]) => value);
    const begun = new Date(moment.begun);
    return make("article", {},
      make("h3", {}, title, " ", make("time", { datetime: moment.begun }, calendar(begun))),
      ...rows.map(([label, value]) =>
        make("p", {}, ...(label ? [make("span", { class: "ws-quiet" }, label), " "] : []),
          make("span", { class: "ws-own" }, value))));
  }

  const stop = hear("entries", ({ entries }) => {
    list.replaceChildren(...(entries.length ? [...entries].reverse().map(article)
      : [make("p", { class: "ws-quiet" }, words.empty)]));
  });
  list.append(make("p", { class: "ws-quiet" }, words.empty));
  el.append(list);
  say("ask");
  return stop;
}

export default { render };
