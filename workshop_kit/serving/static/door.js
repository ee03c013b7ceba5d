// Changes the key in this page's fragment, which no browser sends, for a cookie; then goes in.

async function enter() {
  const key = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  const opened = key && await fetch(location.pathname, { method: "POST", body: key })
    .then(({ ok }) => ok, () => false);
  if (opened) return location.replace("./");
  document.getElementById("opening").hidden = true;
  document.getElementById("not-opened").hidden = false;
  document.documentElement.dataset.workshopReady = "true";
}

// Another link to the same page loads no page.
addEventListener("hashchange", () => { if (location.hash) enter(); });
enter();
