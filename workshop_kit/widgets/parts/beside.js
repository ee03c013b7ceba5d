// The words that belong beside a row of numbers, which are in the page and nowhere else.

function wordsBeside(changed) {
  let moments = new Map();
  const stop = hear("entries", ({ entries }) => {
    moments = new Map(entries.map(({ id, words }) => [id, words]));
    changed();
  });
  return {
    ask: () => say("ask"),
    told: ([moment, questions]) => questions.map((question) => moments.get(moment)?.[question])
      .filter(Boolean).join("; "),
    stop,
  };
}
