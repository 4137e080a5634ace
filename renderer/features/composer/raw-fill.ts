// Turning the composer between fields and bytes.
import { toProblem } from "../../../server/contract/problem.js";
import type { Problem } from "../../../server/contract/workspace.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { composeRaw, useComposer } from "../../model/request/composer-store.js";
import type { RawDraft, RequestDraft } from "../../model/request/draft.js";
import { bytesToRaw } from "../../model/request/raw-text.js";
import { notify } from "../../platform/notices.js";
import { windowMessage } from "../../rpc/messages.js";
import { problemText } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { useClientOptions } from "./client-options.js";
import { useJar } from "./jar-store.js";
import { outgoingBody, outgoingBytes, whyNotSent } from "./outgoing.js";

/** A byte takes up to four characters of text, which the page draws again with each key. */
const maxBodyBytes = 256 << 10;

/**
 * Turns to bytes, filled in from the fields unless they are the user's own, or back to the fields, which are as they
 * were.
 */
export async function toggleRaw(): Promise<void> {
  const { raw } = useComposer.getState();
  if (raw.isOn || (raw.isOwn && raw.text !== "")) composeRaw({ isOn: !raw.isOn });
  else await fillRaw();
}

/** The bytes that the fields would send. */
export async function fillRaw(): Promise<void> {
  const why = whyNotFilled(useComposer.getState());
  if (why !== null) {
    notify("bad", problemText(why));
    return;
  }
  const text = await textOfFields();
  if (text === null) return;
  replaceRaw({ text, isOn: true, isOwn: false });
}

/**
 * While bytes are shown that were filled in, they are what the fields would send now: of another script, to a new
 * port, with a new cookie. Once, at the start of the page.
 */
export function followFields(): void {
  useComposer.subscribe((now, before) => {
    // The bytes of a request that was stored are missing.
    if (now.raw.text === "" || fields.some((name) => now[name] !== before[name])) void refill();
  });
  useServer.subscribe(({ state }, before) => {
    if (state?.server.url !== before.state?.server.url) void refill();
  });
  useJar.subscribe(() => void refill());
  useClientOptions.subscribe(() => void refill());
}

const fields = ["method", "target", "headers", "body", "signIn"] as const;

async function refill(): Promise<void> {
  const { raw } = useComposer.getState();
  if (!raw.isOn || raw.isOwn) return;
  // No message: the user did not ask for the bytes now, and learns the reason when sending.
  if (whyNotFilled(useComposer.getState()) !== null) composeRaw({ isOn: false });
  else {
    const text = await textOfFields();
    if (text !== null && text !== raw.text) composeRaw({ text });
  }
}

let fills = 0;

/** The bytes that the fields would send, as text; null when other bytes were asked for or typed meanwhile. */
async function textOfFields(): Promise<string | null> {
  const composer = useComposer.getState();
  const nth = ++fills;
  const host = useServer.getState().state?.server.url?.replace(/^http:\/\//, "") ?? "127.0.0.1";
  const { header } = useJar.getState();
  const cookies = useClientOptions.getState().cookies ? header : null;
  const bytes = await outgoingBytes(composer, host, cookies);
  const { subject, raw } = useComposer.getState();
  const isMeant = nth === fills && subject === composer.subject && raw.text === composer.raw.text;
  return isMeant ? bytesToRaw(bytes) : null;
}

function whyNotFilled(draft: RequestDraft): Problem | null {
  const size = outgoingBody(draft).bytes?.size ?? 0;
  return size > maxBodyBytes
    ? toProblem(windowMessage("raw-too-large", { maxBytes: maxBodyBytes }))
    : whyNotSent(draft);
}

// A raw request of the user's own that is replaced can be had back.
interface Replaced {
  readonly raw: RawDraft;
  /** The script it was for, and its folder. */
  readonly subject: string | null;
  readonly root: string | null;
}

/** Shows other bytes in place of the raw request; a notice gives back what is nowhere else. */
function replaceRaw(change: Partial<RawDraft>): void {
  const replaced = now();
  const { raw } = replaced;
  composeRaw(change);
  if (raw.isOwn && raw.text !== "" && raw.text !== now().raw.text) offerUndo("The raw request was replaced.", replaced);
}

function now(): Replaced {
  const { raw, subject } = useComposer.getState();
  return { raw, subject, root: useWorkspace.getState().workspace?.root ?? null };
}

function offerUndo(text: string, replaced: Replaced): void {
  notify("info", text, { title: "Undo", run: () => restore(replaced) });
}

/** Each script has a raw request of its own: that of another one stays. What was typed meanwhile can be had back. */
function restore(replaced: Replaced): void {
  const { subject, root } = now();
  if (root !== replaced.root) offerUndo(`Open the folder ${replaced.root} again to undo this.`, replaced);
  else if (subject === replaced.subject) replaceRaw(replaced.raw);
  else if (replaced.subject === null) notify("info", "The raw request was not restored: it was for no script.");
  else offerUndo(`Open ${replaced.subject} to undo this.`, replaced);
}
