// A line that says what came of something, where it was asked for.
function speaker() {
  const node = make("p", { class: "ws-told", role: "status" });
  const tell = (sentence, failed = false) => {
    node.setAttribute("role", failed ? "alert" : "status");
    node.textContent = sentence;
  };
  return { node, tell };
}
