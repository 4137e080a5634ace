// What this window has changed since it last sent something: gathered, and sent to the server that keeps it.
import type { Client } from "../rpc/connection.js";
import { delay } from "../rpc/delay.js";
import { nextClient, useServer } from "../rpc/store.js";
import { notifyFailure } from "./notices.js";
import { onStored } from "./storage.js";

/** In localStorage: the revision that it is at. */
export const revisionKey = "window-memory.revision";
/** Changes within this time go to the server together, ms. */
const gatherMs = 200;

/** Not sent yet. */
const changes = new Map<string, string | null>();

/** Once. */
export function gatherChanges(): void {
  onStored((key, value) => changes.set(key, value));
}

/** The server has nothing: it gets all that there is. */
export function sendEverything(): void {
  for (const [key, value] of Object.entries(localStorage)) changes.set(key, String(value));
}

/** Sends what was gathered so far, and from now on every change. */
export async function sendChanges(): Promise<never> {
  let wake = (): void => undefined;
  onStored(() => wake());
  window.addEventListener("pagehide", () => {
    const { client } = useServer.getState();
    if (client !== null && changes.size > 0) void send(client);
  });
  for (;;) {
    if (changes.size === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    await delay(gatherMs);
    await send(await nextClient());
  }
}

/** What a broken connection did not deliver goes over the next one. */
async function send(client: Client): Promise<void> {
  const sent = new Map(changes);
  changes.clear();
  try {
    const known = localStorage.getItem(revisionKey);
    const { revision } = await client.window.remember({ known, changes: Object.fromEntries(sent) });
    if (revision !== null) localStorage.setItem(revisionKey, revision);
  } catch (error) {
    if (useServer.getState().client === client)
      return notifyFailure("The server did not keep the window’s last changes", error);
    for (const [key, value] of sent) if (!changes.has(key)) changes.set(key, value);
  }
}
