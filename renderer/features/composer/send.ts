// Sending what the composer shows, once at a time, and again after each save. The presentation's requests go the same
// way, and the composer keeps its own.
import { create } from "zustand";
import { maxComposedBodyBytes } from "../../../server/contract/limits.js";
import { toProblem } from "../../../server/contract/problem.js";
import type { ComposedRequest, Sent } from "../../../server/contract/requests-contract.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { Problem } from "../../../server/contract/workspace.js";
import { toBase64 } from "../../format/bytes-text.js";
import { fileSaves } from "../../model/documents/save-document.js";
import { isFolderTrusted } from "../../model/folder/folder-trust.js";
import { onOtherFolder, useWorkspace } from "../../model/folder/workspace-store.js";
import { isSafe, methodOf, useComposer } from "../../model/request/composer-store.js";
import { draftOf, type RequestDraft } from "../../model/request/draft.js";
import { chosenEnvironment } from "../../model/request/environments.js";
import { opensSocket, useOpenSocket } from "../../model/request/open-socket.js";
import { rawToBytes } from "../../model/request/raw-text.js";
import { showTab } from "../../model/traces/inspector-state.js";
import { knownRow } from "../../model/traces/trace-store.js";
import { usePresentation } from "../../platform/presentation.js";
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
/** What a save sends. */
interface Saved {
  /** The request that the presentation shows beside the script; null: the composed one is sent. */
  readonly presented: TraceRow | null;
  readonly subject: string | null;
}
/** A save was done during the request that runs. */
let savedMeanwhile: Saved | null = null;

interface Wish {
  /** The request waits for a person before its script runs. */
  readonly isHeld?: boolean;
  /** Its trace lists what the script touches. */
  readonly isTouched?: boolean;
  /** The session that steps through its script. */
  readonly debug?: string;
}

/** Sends the composed request and shows its trace when the response has ended. */
export const sendRequest = (wish: Wish = {}): Promise<void> => send(wish);

/** Sends another request than the composed one. */
export const sendDraft = (request: RequestDraft, script: string | null): Promise<void> => send({}, { request, script });

/** What goes out, and the script that it is for. */
interface Outgoing {
  /** A trace's id: its request again, as it was recorded. */
  readonly request: RequestDraft | string;
  readonly script: string | null;
}

function composed(): Outgoing {
  const composer = useComposer.getState();
  return { request: draftOf(composer), script: composer.subject };
}

async function send(wish: Wish, { request, script }: Outgoing = composed()): Promise<void> {
  const { client } = useServer.getState();
  if (running !== null) return;
  const draft = typeof request === "string" ? null : request;
  const missing = client ? draft && whyNotSendable(draft) : noConnection;
  if (!client || missing) {
    useComposer.setState({ problem: missing });
    return;
  }
  const { workspace } = useWorkspace.getState();
  const isHere = (): boolean => useWorkspace.getState().workspace?.root === workspace?.root;
  const abort = new AbortController();
  running = abort;
  useComposer.setState({ isRunning: true, isAsking: false, problem: null });
  let begunId: string | null = null;
  const call: Call = {
    wish,
    script,
    signal: abort.signal,
    onBegun: (id) => {
      begunId = id;
    },
  };
  try {
    const lastId =
      typeof request === "string"
        ? await sendRecorded(client, request, call)
        : await (request.raw.isOn ? sendBytes : opensSocket(script) ? connect : sendComposed)(client, request, call);
    if (lastId === null || !isHere()) return;
    showLast(lastId, script);
    if (draft) addToHistory(script, draft, lastId);
  } catch (error) {
    if (!isHere()) return;
    if (!abort.signal.aborted) useComposer.setState({ problem: problemOf(error) });
    else if (begunId !== null) showLast(begunId, script);
  } finally {
    running = null;
    useComposer.setState({ isRunning: false });
    const saved = savedMeanwhile;
    savedMeanwhile = null;
    if (saved) sendSaved(saved);
  }
}

function showLast(id: string, script: string | null): void {
  rememberSent(id, script);
  useSelection.getState().showSent(id);
}

interface Call {
  readonly wish: Wish;
  readonly script: string | null;
  readonly signal: AbortSignal;
  readonly onBegun: (id: string) => void;
}

/** The trace of the request, or of the last redirect that was followed. */
async function sendComposed(
  client: Client,
  draft: RequestDraft,
  { wish, signal, onBegun }: Call,
): Promise<string | null> {
  const events = await client.requests.send({ ...(await composedOf(draft)), ...wish }, { signal });
  const sent = await untilEnded(events, onBegun);
  useSent.setState({ sent });
  return sent.hops.at(-1)?.id ?? null;
}

/** Opens a WebSocket, and shows its messages while it is open. */
async function connect(client: Client, draft: RequestDraft, call: Call): Promise<string> {
  const { wish, script, signal, onBegun } = call;
  const events = await client.requests.connect({ ...(await composedOf(draft)), debug: wish.debug }, { signal });
  try {
    const { id } = await untilEnded(events, (begun) => {
      onBegun(begun);
      showLast(begun, script);
      showTab("response");
      useOpenSocket.setState({ id: begun });
    });
    return id;
  } finally {
    useOpenSocket.setState({ id: null });
  }
}

async function sendRecorded(client: Client, id: string, { signal, onBegun }: Call): Promise<string> {
  return (await untilEnded(await client.traces.replay({ id }, { signal }), onBegun)).id;
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

async function sendBytes(client: Client, draft: RequestDraft, { wish, signal, onBegun }: Call): Promise<string | null> {
  useSent.setState({ sent: null });
  const { ids } = await untilEnded(await client.requests.sendRaw({ ...rawOf(draft), ...wish }, { signal }), onBegun);
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
  onOtherFolder(() => {
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
    if (!sendsItself) sendAfterSave();
  });
}

/** Sends the request that belongs to what was saved: the one on the stage, else the composed one. */
export function sendAfterSave(): void {
  sendSaved({ presented: knownRow(usePresentation.getState().scriptOf), subject: useComposer.getState().subject });
}

/** Sends it after the one that runs. All is checked again then: another request may be shown. */
function sendSaved(saved: Saved): void {
  const { presented, subject } = saved;
  const composer = useComposer.getState();
  const { sendOnSave: isWished, unsafeOnSave } = composer;
  const isShown = presented
    ? usePresentation.getState().scriptOf !== null
    : subject !== null && composer.subject === subject;
  if (!isWished || !isShown || !isFolderTrusted()) return;
  if (!isSafe(presented?.method ?? methodOf(composer)) && unsafeOnSave !== true) {
    useComposer.setState({ isAsking: unsafeOnSave === null });
    return;
  }
  if (running) savedMeanwhile = saved;
  else void send({}, presented ? { request: presented.id, script: presented.file } : composed());
}
