// In a browser the server keeps what the window remembers, too: localStorage belongs to one address, and the next start of
// the server has another port. A tab that is opened takes over what the server has, and every change goes to the server.
import { isDesktop } from "../rpc/bridge.js";
import type { Client, Connection } from "../rpc/connection.js";
import { delay } from "../rpc/delay.js";
import { problemOf, problemText } from "../rpc/problem.js";
import { type ServerKnowledge, useServer } from "../rpc/store.js";
import { notify, notifyFailure } from "./notices.js";
import { onStored } from "./storage.js";

/** In localStorage: the revision that it is at. */
const revisionKey = "window-memory.revision";
/** In sessionStorage: this tab has taken over what there was. After a reload it has everything already. */
const takenKey = "window-memory.taken";
/** A server that takes longer to respond is not waited for, ms. */
const patienceMs = 2000;
/** Changes within this time go to the server together, ms. */
const gatherMs = 200;

/** Not sent yet. */
const changes = new Map<string, string | null>();

/** What the server has could not be read. What is sent now would replace it. */
let isUnread = false;

/** Once, before the modules run that read localStorage. Waits for the server for at most 2 s. */
export async function takeOverMemory(connecting: Promise<Connection>): Promise<void> {
  if (isDesktop || sessionStorage.getItem(takenKey) !== null) return;
  const memory = await Promise.race([recalled(connecting), delay(patienceMs)]);
  if (!memory) return;
  if ("failure" in memory) {
    isUnread = true;
    return sayUnread(memory.failure);
  }
  const { revision, entries } = memory;
  sessionStorage.setItem(takenKey, "yes");
  if (revision === null) for (const [key, value] of Object.entries(localStorage)) changes.set(key, String(value));
  if (revision === null || entries === null) return;
  localStorage.clear();
  for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
  localStorage.setItem(revisionKey, revision);
}

/** Null without a server that can tell. */
async function recalled(connecting: Promise<Connection>) {
  const connection = await connecting.catch(() => null); // the window shows why it has no connection
  const known = localStorage.getItem(revisionKey);
  return connection?.client.window.recall({ known }).catch((failure: unknown) => ({ failure })) ?? null;
}

function sayUnread(failure: unknown): void {
  const why = problemText(problemOf(failure));
  notify("bad", `What the last window kept could not be read, and this window keeps nothing. ${why}`, {
    title: "Reload",
    run: () => location.reload(),
  });
}

/** From now on every change goes to the server. */
export function keepMemory(): void {
  if (isDesktop || isUnread) return;
  onStored((key, value) => changes.set(key, value));
  void sendChanges(); // runs for the page's life; handles its own failures
}

async function sendChanges(): Promise<never> {
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
    const { client } = await serverWhere((server) => server.client !== null);
    if (client !== null) await send(client);
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

function serverWhere(isReady: (server: ServerKnowledge) => boolean): Promise<ServerKnowledge> {
  return new Promise((resolve) => {
    const now = useServer.getState();
    if (isReady(now)) return resolve(now);
    const stop = useServer.subscribe((server) => {
      if (!isReady(server)) return;
      stop();
      resolve(server);
    });
  });
}
