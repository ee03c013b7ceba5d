// The loop by native controls: a list of all circles, the steps in words, and the ways back.
function loopControls({ part, systems, words }, { add, set, turn }) {
  const circles = circlesOfDay(part, systems), id = freshId("step");
  const option = (value, text) => make("option", { value }, text);
  const choice = make("select", { id, autocomplete: "off", "data-lm-suppress-shortcuts": "true" },
    option("", words.choose), ...part.stops.map((stop) => make("optgroup", { label: stop.label },
      ...Object.keys(systems).map((system) => {
        const circle = `${stop.id}_${system}`;
        return option(circle, tellStep(circle, circles, systems, words));
      }))));
  const button = make("button", { type: "button", onclick: turn }, words.draw);
  const how = make("p", { class: "ws-quiet", hidden: true }, words.drawing);
  const adding = make("div", { class: "ws-day-add" },
    make("label", { for: id, class: "ws-label" }, words.which), choice,
    make("button", { type: "button", onclick: () => {
      if (choice.value) add(choice.value);
      choice.value = "";
      (adding.hidden ? last : choice).focus();
    } }, words.add));
  const list = make("ol", { class: "ws-day-steps", "aria-live": "polite",
    "aria-label": words.steps });
  const full = make("p", { class: "ws-quiet" }, words.full);
  let steps = [];
  const shorten = (kept) => () => {
    set(kept());
    (steps.length ? last : choice).focus();
  };
  const last = make("button", { type: "button", class: "ws-plain",
    onclick: shorten(() => steps.slice(0, -1)) }, words.back_step);
  const all = make("button", { type: "button", class: "ws-plain", onclick: shorten(() => []) },
    words.back_loop);
  const node = make("fieldset", { class: "ws-loop-controls" }, make("legend", {}, part.loop),
    button, how, adding, full, list, make("div", { class: "ws-day-backs" }, last, all));

  return {
    node,
    draw: (now, stepping) => {
      steps = now;
      button.textContent = stepping ? words.drawn : words.draw;
      how.hidden = !stepping;
      // Only what changed, so that only a new step is read out.
      while (list.children.length > steps.length) list.lastChild.remove();
      steps.forEach((step, place) => {
        const text = tellStep(step, circles, systems, words);
        if (!list.children[place]) list.append(make("li", {}, text));
        else if (list.children[place].textContent !== text) list.children[place].textContent = text;
      });
      const room = steps.length < MOST_STEPS;
      adding.hidden = !room;
      full.hidden = room;
      last.hidden = all.hidden = steps.length === 0;
    },
  };
}
