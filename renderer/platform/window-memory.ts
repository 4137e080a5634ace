// In a browser the server keeps what the window remembers, too: localStorage belongs to one address,
// and the next start of the server has another port. A tab that is opened takes over what the server
// has, and every change goes to the server.
import { isDesktop } from "../rpc/bridge.js";
import type { Client, Connection } from "../rpc/connection.js";
import { delay } from "../rpc/delay.js";
import { problemOf, problemText } from "../rpc/problem.js";
import { nextClient } from "../rpc/store.js";
import { gatherChanges, revisionKey, sendChanges, sendEverything } from "./memory-changes.js";
import { notify, notifyLasting } from "./notices.js";
import { patienceMs as quietMs } from "./progress.js";

/** In sessionStorage: this tab has taken over what there was. After a reload it has everything already. */
const takenKey = "window-memory.taken";
/** The window opens without the memory when the server takes longer to send it, ms. */
const patienceMs = 2000;

type Memory = Awaited<ReturnType<Client["window"]["recall"]>>;
type Outcome = Memory | { readonly failure: unknown };

/**
 * The memory that was not here when the window opened. Until it is, nothing is
 * sent: that would replace what the server has.
 */
let missing: Promise<Outcome> | null = null;

/** The user has begun to work in a window without its memory. */
let isUsed = false;

/** False while the window's changes, unsaved edits included, end with the page. */
export const isRemembering = (): boolean => missing === null;

/** Once, before the modules run that read localStorage. Waits for the server for at most 2 s. */
export async function takeOverMemory(connecting: Promise<Connection>): Promise<void> {
  if (isDesktop || sessionStorage.getItem(takenKey) !== null) return;
  const coming = recalled(connecting);
  // A page that is refused shows why at once.
  const memory = await Promise.race([connecting.then(() => coming).catch(() => null), delay(patienceMs)]);
  if (memory && !("failure" in memory)) takeOver(memory);
  else missing = coming;
}

/** By the page's first connection, or, if it was refused, by the one that the user's next address brings. */
async function recalled(connecting: Promise<Connection>): Promise<Outcome> {
  const client = await connecting.then((connection) => connection.client).catch(nextClient);
  const known = localStorage.getItem(revisionKey);
  return client.window.recall({ known }).catch((failure: unknown) => ({ failure }));
}

function takeOver(memory: Memory): void {
  sessionStorage.setItem(takenKey, "yes");
  if (memory.revision === null) sendEverything();
  else store(memory);
}

function store({ revision, entries }: Memory): void {
  if (revision === null || entries === null) return;
  localStorage.clear();
  for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
  localStorage.setItem(revisionKey, revision);
}

/** From now on every change goes to the server; if the window opened without its memory, once it has that. */
export function keepMemory(): void {
  if (isDesktop) return;
  gatherChanges();
  void (missing === null ? sendChanges() : takeOverLate(missing)); // both handle their own failures
}

async function takeOverLate(coming: Promise<Outcome>): Promise<void> {
  for (const use of ["keydown", "pointerdown", "drop"])
    window.addEventListener(use, () => (isUsed = true), { capture: true, once: true });
  const connectedFor = nextClient().then(() => delay(quietMs)); // while there is no connection, the window says that
  const isLate = await Promise.race([coming.then(() => false), connectedFor.then(() => true)]);
  const dismiss = isLate ? notifyLasting(`${what} have not arrived yet. Until they arrive, ${notKept}`) : null;
  const memory = await coming;
  dismiss?.();
  if ("failure" in memory) return sayUnread(memory.failure);
  if (memory.revision !== null && memory.entries !== null) return takeOverByReload(memory);
  takeOver(memory);
  missing = null;
  await sendChanges();
}

/**
 * What reads localStorage has read it. A window that the user has not touched loads again
 * at once; in another one the user decides.
 */
function takeOverByReload(memory: Memory): void {
  // The last of the page's listeners: what the others store at its end is not to replace the memory.
  window.addEventListener("pagehide", () => store(memory));
  if (isUsed) return void notifyLasting(`${what} have arrived. Reload to use them. Until then, ${notKept}`, reload);
  sessionStorage.setItem(takenKey, "yes");
  location.reload();
}

function sayUnread(failure: unknown): void {
  const why = problemText(problemOf(failure));
  notify("bad", `${what} could not be read, and ${notKept} ${why}`, reload);
}

const what = "The last window’s layout, tabs and unsaved edits";
const notKept = "this window does not remember its own.";
const reload = { title: "Reload", run: () => location.reload() };
