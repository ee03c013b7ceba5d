// Questions to Python, each with a ticket, so that every answer finds its question.

const ANSWER_WITHIN = 5000; // ms; a kernel that says nothing for this long has not kept anything
const LONG_WITHIN = 120000; // ms; for all of a journal at once

function asking(model) {
  const open = new Map();
  const answered = (reply) => {
    const [resolve, reject] = open.get(reply.to) ?? [];
    open.delete(reply.to);
    const { refused: sentence, reason } = reply;
    if (sentence) reject?.(Object.assign(new Error(), { sentence, reason }));
    else resolve?.(reply);
  };
  model.on("msg:custom", answered);
  const ask = (what, more = {}) => new Promise((resolve, reject) => {
    const ticket = freshId("ask");
    open.set(ticket, [resolve, reject]);
    setTimeout(() => {
      if (open.delete(ticket)) reject(new Error("no answer"));
    }, ["replace", "erase", "booklet"].includes(what) ? LONG_WITHIN : ANSWER_WITHIN);
    model.send({ ask: what, ticket, ...more });
  });
  return { ask, stop: () => model.off("msg:custom", answered) };
}
