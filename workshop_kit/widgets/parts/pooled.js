// A picture of the group: for each question a small table whose rows are drawn, too. What can be
// read is what can be seen.

function pooledPicture(picture, exercise, words, heading = "h3") {
  const counts = Object.fromEntries(picture.questions.map((one) => [one.question, one.bins]));
  const title = picture.number > 1 ? fill(words.another, exercise) : exercise.title;
  const parts = exercise.parts.map((part) => make("div", { class: "gr-part" },
    make("p", { class: "gr-legend" }, part.legend),
    make("div", { class: "gr-questions" }, ...part.questions.map((question) =>
      pooledQuestion(question, counts[question.id] ?? [], picture.pages, words)))));
  const isJoined = picture.questions.some(({ bins }) => bins.some(({ ids }) => ids.length > 1));
  return make("section", { class: "gr-picture" },
    make(heading, {}, title),
    make("p", { class: "gr-stands" }, fill(words.stands_on, { count: picture.pages })),
    pooledSentence(picture, exercise, words),
    ...parts,
    isJoined ? make("p", { class: "ws-quiet" }, words.joined) : null);
}

function binWords(question, bin, words) {
  const all = bin.ids.map((id) => question.bins[id]), last = all.pop();
  return all.length ? all.join(", ") + words.or + last : last;
}

function pooledQuestion(question, bins, pages, words) {
  if (!bins.length) {
    return make("div", { class: "gr-question" },
      make("p", { class: "gr-about" }, question.label), make("p", { class: "gr-withheld" }, words.withheld));
  }
  const system = ["threat", "drive", "soothing"].includes(question.about) ? ` ws-${question.about}` : "";
  return make("table", { class: `gr-question${system}` },
    make("caption", { class: "gr-about" }, question.label),
    make("tbody", {}, ...bins.map((bin) => make("tr", {},
      make("th", { scope: "row" }, binWords(question, bin, words)),
      make("td", {}, make("span", { class: "gr-count" }, String(bin.count)), bar(bin.count / pages))))));
}

const bar = (share) => svg("svg", { class: "gr-bar", viewBox: "0 0 100 10",
  preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
svg("rect", { class: "gr-rail", width: 100, height: 10 }),
svg("rect", { class: "gr-fill", width: 100 * share, height: 10 }));

// One sentence: where the most pages agree. Of equals, the first.
function pooledSentence(picture, exercise, words) {
  const known = exercise.parts.flatMap((part) => part.questions);
  const all = picture.questions.flatMap(({ question, bins }) => bins.map((bin) => ({ bin, question })));
  const most = all.reduce((best, one) => (best && best.bin.count >= one.bin.count ? best : one), null);
  if (!most) return null;
  const question = known.find(({ id }) => id === most.question);
  return make("p", {}, fill(words.sentence, { count: most.bin.count, pages: picture.pages,
    question: question.label, answer: binWords(question, most.bin, words) }));
}
