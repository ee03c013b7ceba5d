// Points on a drawing, and the fingers and mice that place and move them.

const TOUCH = { mouse: 15, touch: 24 }; // how far from its middle a point can be grasped
const STILL = 4; // px within which a press is a tap and not yet a drag

const distance = ([x, y], [a, b]) => Math.hypot(x - a, y - b);

// Where an event is, in the drawing's own measure.
function spotOn(picture, event) {
  const { x, y } = new DOMPoint(event.clientX, event.clientY)
    .matrixTransform(picture.getScreenCTM().inverse());
  return [x, y];
}

// The point that an event can grasp, of those laid out by their keys; or null.
function nearestPoint(picture, laid, event) {
  const spot = spotOn(picture, event), reach = TOUCH[event.pointerType] ?? TOUCH.touch;
  const [key, far] = [...laid].map(([one, at]) => [one, distance(spot, at)])
    .sort((a, b) => a[1] - b[1])[0] ?? [];
  return far <= reach ? key : null;
}

// What a pointer does on a drawing: a tap is told with the point it met, if any; a press on a point
// that then moves lifts it, carries it and drops it, kept or not.
function underFinger(picture, { grasp, lift, carry, drop, tap }) {
  let pressed = null;
  const at = ({ clientX, clientY }) => [clientX, clientY];
  picture.addEventListener("pointerdown", (event) => {
    pressed = null;
    if (event.button !== 0 || !event.isPrimary) return;
    pressed = { key: grasp(event), from: at(event) };
    if (pressed.key) picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    if (!pressed?.key) return;
    if (!pressed.lifted && distance(pressed.from, at(event)) < STILL) return;
    if (!pressed.lifted) lift(pressed.key);
    pressed.lifted = true;
    carry(event);
  });
  const end = (kept) => {
    if (pressed?.lifted && pressed.key) drop(kept);
    if (pressed?.lifted) pressed.key = null;
  };
  picture.addEventListener("pointerup", () => end(true));
  picture.addEventListener("pointercancel", () => {
    end(false);
    pressed = null;
  });
  // Where a browser does not know touch-action inside a drawing, the page would move along.
  picture.addEventListener("touchmove", (event) => {
    if (pressed?.lifted && event.cancelable) event.preventDefault();
  }, { passive: false });
  picture.addEventListener("click", (event) => {
    const { lifted, key = null } = pressed ?? {};
    pressed = null;
    if (!lifted) tap(event, key);
  });
}
