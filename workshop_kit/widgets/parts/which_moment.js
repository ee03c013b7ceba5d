// The line that says which moment a page carries on, with a way to another.

function whichMoment(words, turnTo) {
  const node = make("p", { class: "ws-moment ws-quiet", hidden: true });
  // `here` is the page's own moment, `last` the last one of its exercise; either may be missing.
  function show(here, last) {
    node.hidden = !last;
    if (!last) return;
    const [sentence, label, next] = here
      ? [words.continuing, words.new, null] : [words.earlier, words.carry_on, last];
    const { begun, offset } = here ?? last;
    node.replaceChildren(fill(sentence, { time: calendar(new Date(begun), offset) }), " ",
      make("button", { type: "button", class: "ws-plain", onclick: () => {
        turnTo(next);
        node.querySelector("button")?.focus();
      } }, label));
  }
  return { node, show };
}
