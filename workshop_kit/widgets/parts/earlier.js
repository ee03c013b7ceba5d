// How a moment was told before, the latest state first: [{version, at, answers}, …]. A state that tells
// the same as the one after it is left out. After entries and history.

function earlier(versions, moment, told) {
  const own = versions.filter(({ id }) => id === moment.id)
    .sort((a, b) => byTime(b.changed, a.changed) || byText(b.version, a.version));
  let after = JSON.stringify(told(moment));
  return own.flatMap(({ version, changed }) => {
    const answers = told(asOf(own, version)), text = JSON.stringify(answers);
    if (text === after) return [];
    after = text;
    return [{ version, at: changed, answers }];
  });
}
