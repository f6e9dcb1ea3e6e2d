// Keeps a page of the editor's desk up to date: after each change it takes what is new on the page, in place.

/** @type {EventSource | undefined} */
let events;

// A browser opens at most six connections to a host: a hidden page closes its own.
function listen() {
  if (document.visibilityState === "hidden") {
    events?.close();
    events = undefined;
  } else if (!events) {
    events = new EventSource("/_portolan/events");
    events.addEventListener("message", update);
  }
}

document.addEventListener("visibilitychange", listen);
listen();

async function update() {
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  const main = document.querySelector("main");
  if (!next || !main || next.innerHTML === main.innerHTML) return;
  const focus = document.activeElement;
  const place = focus && main.contains(focus) ? [...main.querySelectorAll("a, button")].indexOf(focus) : -1;
  main.replaceChildren(...document.importNode(next, true).childNodes);
  // The one that was focused may be gone; the one in its place is near.
  const near = [...main.querySelectorAll("a, button")].at(place);
  if (place >= 0 && near instanceof HTMLElement) near.focus({ preventScroll: true });
}
