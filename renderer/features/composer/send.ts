// Sending what the composer shows, once at a time, and again after each save.
import { create } from "zustand";
import { maxComposedBodyBytes } from "../../../server/contract/limits.js";
import { toProblem } from "../../../server/contract/problem.js";
import type { ComposedRequest, Sent } from "../../../server/contract/requests-contract.js";
import type { Problem } from "../../../server/contract/workspace.js";
import { toBase64 } from "../../format/bytes-text.js";
import { fileSaves } from "../../model/documents/save-document.js";
import { isFolderTrusted } from "../../model/folder/folder-trust.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { isSafe, methodOf, useComposer } from "../../model/request/composer-store.js";
import { draftOf, type RequestDraft } from "../../model/request/draft.js";
import { chosenEnvironment } from "../../model/request/environments.js";
import { rawToBytes } from "../../model/request/raw-text.js";
import { useSelection } from "../../platform/selection.js";
import type { Client } from "../../rpc/connection.js";
import { windowMessage } from "../../rpc/messages.js";
import { problemOf } from "../../rpc/problem.js";
import { untilEnded } from "../../rpc/sending.js";
import { noConnection, useServer } from "../../rpc/store.js";
import { useClientOptions } from "./client-options.js";
import { addToHistory } from "./history.js";
import { jarSettled } from "./jar-store.js";
import { rememberSent } from "./last-sent.js";
import { bytesOf, impliedHeaders, outgoingBody, outgoingVariables, typedHeaders, whyNotSent } from "./outgoing.js";

/**
 * What came of the last request: its hops, what was not followed and not kept. Null before the first, and for raw ones.
 */
export const useSent = create<{ readonly sent: Sent | null }>()(() => ({ sent: null }));

let running: AbortController | null = null;
/** The subject of a save during the request that runs. */
let savedMeanwhile: string | null = null;

/** Sends the composed request and shows its trace when the response has ended. */
export const sendRequest = (): Promise<void> => send({});

/** Sends it, and it waits for a person before it runs. */
export const sendHeld = (): Promise<void> => send({ isHeld: true });

/** Sends it, and its trace lists what the script touches. */
export const sendTouched = (): Promise<void> => send({ isTouched: true });

/** Sends it, and the session steps through its script. */
export const sendDebuggedBy = (debug: string): Promise<void> => send({ debug });

interface Wish {
  readonly isHeld?: boolean;
  readonly isTouched?: boolean;
  readonly debug?: string | null;
}

async function send({ isHeld = false, isTouched = false, debug = null }: Wish): Promise<void> {
  const { client } = useServer.getState();
  const composer = useComposer.getState();
  if (running !== null) return;
  const missing = client ? whyNotSendable(composer) : noConnection;
  if (!client || missing) {
    useComposer.setState({ problem: missing });
    return;
  }
  const draft = draftOf(composer);
  const { workspace } = useWorkspace.getState();
  const isHere = (): boolean => useWorkspace.getState().workspace?.root === workspace?.root;
  const abort = new AbortController();
  running = abort;
  useComposer.setState({ isRunning: true, isAsking: false, problem: null });
  let begunId: string | null = null;
  const call: Call = {
    isHeld,
    isTouched,
    debug,
    signal: abort.signal,
    onBegun: (id) => {
      begunId = id;
    },
  };
  try {
    const lastId = await (draft.raw.isOn ? sendBytes : sendComposed)(client, draft, call);
    if (lastId === null || !isHere()) return;
    showLast(lastId, composer.subject);
    addToHistory(composer.subject, draft, lastId);
  } catch (error) {
    if (!isHere()) return;
    if (!abort.signal.aborted) useComposer.setState({ problem: problemOf(error) });
    else if (begunId !== null) showLast(begunId, composer.subject);
  } finally {
    running = null;
    useComposer.setState({ isRunning: false });
    const saved = savedMeanwhile;
    savedMeanwhile = null;
    sendSaved(saved);
  }
}

function showLast(id: string, script: string | null): void {
  rememberSent(id, script);
  useSelection.getState().showSent(id);
}

interface Call {
  readonly isHeld: boolean;
  readonly isTouched: boolean;
  readonly debug: string | null;
  readonly signal: AbortSignal;
  readonly onBegun: (id: string) => void;
}

/** The trace of the request, or of the last redirect that was followed. */
async function sendComposed(client: Client, draft: RequestDraft, call: Call): Promise<string | null> {
  const { isHeld, isTouched, debug, signal, onBegun } = call;
  const events = await client.requests.send({ ...(await composedOf(draft)), isHeld, isTouched, debug }, { signal });
  const sent = await untilEnded(events, onBegun);
  useSent.setState({ sent });
  return sent.hops.at(-1)?.id ?? null;
}

/** What the fields would send. */
export async function composedOf(draft: RequestDraft): Promise<ComposedRequest> {
  const { method, target, headers, parent } = draft;
  const body = outgoingBody(draft);
  const implied = impliedHeaders(draft, body).map(({ name, value }): [string, string] => [name, value]);
  await jarSettled();
  return {
    method,
    target,
    headers: [...typedHeaders(headers), ...implied],
    body: body.bytes && { base64: toBase64(await bytesOf(body.bytes)), files: body.files },
    mode: null,
    parent,
    variables: outgoingVariables(draft),
    ...useClientOptions.getState(),
    environment: chosenEnvironment(),
  };
}

async function sendBytes(client: Client, draft: RequestDraft, call: Call): Promise<string | null> {
  const { isHeld, isTouched, debug, signal, onBegun } = call;
  useSent.setState({ sent: null });
  const { ids } = await untilEnded(
    await client.requests.sendRaw({ ...rawOf(draft), isHeld, isTouched, debug }, { signal }),
    onBegun,
  );
  return ids.at(-1) ?? null;
}

/** The bytes as they are typed. */
export function rawOf(draft: RequestDraft) {
  const { text, halfClose, pacing } = draft.raw;
  const base64 = toBase64(rawToBytes(text));
  return { base64, halfClose, pacing, parent: draft.parent, variables: outgoingVariables(draft) };
}

/** Why the request cannot be sent as it is. */
export function whyNotSendable(draft: RequestDraft): Problem | null {
  if (draft.raw.isOn) return draft.raw.text === "" ? toProblem(windowMessage("no-bytes")) : null;
  const { bytes } = outgoingBody(draft);
  if (bytes !== null && bytes.size > maxComposedBodyBytes)
    return toProblem(windowMessage("body-too-large", { maxBytes: maxComposedBodyBytes }));
  return whyNotSent(draft);
}

/** Ends the running request, its script and the redirects that would have been followed. */
export function stopRequest(): void {
  savedMeanwhile = null;
  running?.abort();
}

/**
 * When another folder is opened: a request to the one before ends, and leaves nothing in
 * this one. Once, at the start of the page.
 */
export function stopWithFolder(): void {
  useWorkspace.subscribe(({ workspace }, before) => {
    if (workspace?.root === before.workspace?.root) return;
    stopRequest();
    useSent.setState({ sent: null });
  });
}

/**
 * After each save: sends the request again when that is on and safe, in a
 * trusted folder. Once, at the start of the page.
 */
export function sendOnSave(): void {
  fileSaves.on(({ sendsItself }) => {
    if (!sendsItself) sendSaved(useComposer.getState().subject);
  });
}

/**
 * Sends the request of the subject that was saved; after the one that runs. All is checked again then: another method,
 * or another script's request, may be shown.
 */
function sendSaved(saved: string | null): void {
  const composer = useComposer.getState();
  const { sendOnSave: isWished, unsafeOnSave, subject } = composer;
  if (!isWished || saved === null || subject !== saved || !isFolderTrusted()) return;
  if (!isSafe(methodOf(composer)) && unsafeOnSave !== true) {
    useComposer.setState({ isAsking: unsafeOnSave === null });
    return;
  }
  if (running) savedMeanwhile = saved;
  else void sendRequest(); // reports its own failures
}
