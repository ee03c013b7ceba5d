// What the pages of one browser tell each other at once: that a journal has changed, never how.

function tabs(heard) {
  const channel = new BroadcastChannel("workshop-kit");
  channel.onmessage = ({ data }) => heard(data);
  return { tell: (what) => channel.postMessage(what), stop: () => channel.close() };
}
