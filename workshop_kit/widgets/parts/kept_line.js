// The line that says where the last change is kept. It speaks when words begin to be kept there, or
// are not; while that stays as it is, the time moves on in silence. Where a change could not be kept
// it offers a copy.

function keptLine(words) {
  const text = make("span", {}, words.nothing_yet);
  const copy = make("button", { type: "button", class: "ws-button", hidden: true,
    onclick: () => request("file", { as: "json" }) }, words.keep_a_file);
  const node = make("p", { class: "ws-kept ws-quiet", role: "status" }, text, copy);
  let told = null;
  const tell = (sentence, failed = false, what = sentence) => {
    node.setAttribute("aria-live", what === told ? "off" : failed ? "assertive" : "polite");
    told = what;
    node.setAttribute("role", failed ? "alert" : "status");
    node.classList.toggle("ws-unkept", failed);
    copy.hidden = !failed;
    if (text.textContent !== sentence) text.textContent = sentence;
  };
  return { node, tell, said: () => text.textContent,
    kept: (home) => tell(fill(words[home], { time: clock(new Date()) }), false, home) };
}
