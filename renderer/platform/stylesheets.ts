// The stylesheets of parts that are loaded later. A part that could not be loaded is asked for again;
// the loader does not ask again for its stylesheet, so one that a lost server did not deliver is
// asked for here, over the next connection.
import { useServer } from "../rpc/store.js";

/** Once, at the start of the page. */
export function keepStylesheets(): void {
  const failed = new Set<HTMLLinkElement>();
  document.addEventListener(
    "error",
    ({ target }) => {
      if (target instanceof HTMLLinkElement && target.rel === "stylesheet") failed.add(target);
    },
    { capture: true }, // it does not bubble
  );
  useServer.subscribe(({ client }, before) => {
    if (client === null || client === before.client) return;
    for (const link of failed) link.replaceWith(link.cloneNode());
    failed.clear();
  });
}
