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

type Changes = Map<string, string | null>;
/** Not sent yet. */
const changes: Changes = new Map();
/** The server did not keep them. They go to it again after a later change, apart: they may be what it refuses. */
const refused: Changes = new Map();
/** How many calls are under way. */
let sending = 0;

/** Something is to be sent that was not, or did not arrive. */
let isDue = true;
let wake = (): void => undefined;
function due(): void {
  isDue = true;
  wake();
}

/** Once. */
export function gatherChanges(): void {
  onStored((key, value) => {
    changes.set(key, value);
    refused.delete(key);
  });
}

/** The server has nothing: it gets all that there is. */
export function sendEverything(): void {
  for (const [key, value] of Object.entries(localStorage)) changes.set(key, String(value));
}

/** The server lacks changes that it would not get at the page's end. Never in the desktop app. */
export function hasUndelivered(): boolean {
  const isOnTheWay = changes.size > 0 || sending > 0;
  return refused.size > 0 || (isOnTheWay && useServer.getState().client === null);
}

/** Sends what was gathered so far, and from now on every change. */
export async function sendChanges(): Promise<never> {
  onStored(due);
  useServer.subscribe(({ client }, before) => {
    if (client !== null && client !== before.client) due();
  });
  window.addEventListener("pagehide", () => {
    const { client } = useServer.getState();
    if (client !== null) void send(client);
  });
  for (;;) {
    if (!isDue)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    await delay(gatherMs);
    await nextClient();
    const { client } = useServer.getState(); // a promise answers with another proxy of it, which equals none
    if (client === null) continue;
    isDue = false;
    await send(client);
  }
}

async function send(client: Client): Promise<void> {
  if (changes.size > 0 && !(await deliver(client, changes))) return;
  if (refused.size > 0) await deliver(client, refused);
}

/** False if they did not arrive. What a broken connection did not deliver goes over the next one. */
async function deliver(client: Client, waiting: Changes): Promise<boolean> {
  const sent = new Map(waiting);
  waiting.clear();
  sending += 1;
  try {
    const known = localStorage.getItem(revisionKey);
    const { revision } = await client.window.remember({ known, changes: Object.fromEntries(sent) });
    if (revision !== null) localStorage.setItem(revisionKey, revision);
    return true;
  } catch (error) {
    await delay(0); // a connection that broke is noticed by then
    const isBroken = useServer.getState().client !== client;
    for (const [key, value] of sent) if (!changes.has(key)) (isBroken ? changes : refused).set(key, value);
    if (isBroken) due();
    else notifyFailure("The server did not keep the window’s last changes", error);
    return false;
  } finally {
    sending -= 1;
  }
}
