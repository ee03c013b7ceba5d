// The line that says where the last change is kept. It speaks when that changes, and is still. Where a
// change could not be kept it offers a copy.

function keptLine(words) {
  const text = make("span", {}, words.nothing_yet);
  const copy = make("button", { type: "button", class: "ws-button", hidden: true,
    onclick: () => request("file", { as: "json" }) }, words.keep_a_file);
  const node = make("p", { class: "ws-kept ws-quiet", role: "status" }, text, copy);
  const tell = (sentence, failed = false) => {
    node.setAttribute("role", failed ? "alert" : "status");
    node.classList.toggle("ws-unkept", failed);
    copy.hidden = !failed;
    if (text.textContent !== sentence) text.textContent = sentence;
  };
  return { node, tell, said: () => text.textContent,
    kept: (home) => tell(fill(words[home], { time: clock(new Date()) })) };
}
