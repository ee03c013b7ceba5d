function render({ model, el }) {
  const { legend, steps } = model.get("part"), words = model.get("words");
  const text = make("p", { class: "ws-step", tabindex: "-1" });
  const button = (label, by) => make("button", { type: "button", onclick: () => turn(by) }, label);
  const back = button(words.back, -1), on = button(words.onward, 1), again = button(words.again, -Infinity);
  let here = 0;

  function turn(by) {
    here = Math.max(0, here + by);
    draw();
    text.focus();
  }

  function draw() {
    text.textContent = steps[here];
    // Each button has its place, so that a thumb that taps on goes on.
    back.classList.toggle("ws-away-now", here === 0);
    back.disabled = here === 0;
    on.hidden = here === steps.length - 1;
    again.hidden = !on.hidden;
  }

  draw();
  el.append(make("div", { class: "ws-field ws-sitting", role: "group", "aria-label": legend },
    text, make("p", { class: "ws-turns" }, back, on, again)));
}

export default { render };
