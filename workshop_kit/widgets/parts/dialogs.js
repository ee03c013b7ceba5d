// Native dialogs that ask for one decision: focus, Escape and the way back are the browser's.

function openDialog(root, title, ...inside) {
  const heading = make("h2", { id: freshId("dialog"), tabindex: -1 }, title);
  const dialog = make("dialog", { class: "ws-dialog", "aria-labelledby": heading.id }, heading, ...inside);
  dialog.addEventListener("close", () => dialog.remove());
  root.append(dialog);
  dialog.showModal();
  return dialog;
}

const paragraphs = (text) => text.map((line) => make("p", {}, line));

// Resolves to the name of the choice that was made, or to "" where there was none. `choices` are
// [name, label]; the last of them changes nothing, and has the focus.
function choose(root, { title, text, choices }) {
  const buttons = choices.map(([name, label], place) =>
    make("button", { class: "ws-button", value: name, autofocus: place === choices.length - 1 }, label));
  const dialog = openDialog(root, title, ...paragraphs(text),
    make("form", { method: "dialog", class: "ws-choices" }, ...buttons));
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue)));
}
