// Sending what the composer shows, once at a time, and again after each save.
import { create } from "zustand";
import { maxComposedBodyBytes } from "../../../server/contract/limits.js";
import { toProblem } from "../../../server/contract/problem.js";
import type { Sent } from "../../../server/contract/requests-contract.js";
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
import { begun, useRepeated, withSent } from "./repeated.js";

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

/** Sends it, and the session steps through its script. */
export const sendDebuggedBy = (debug: string): Promise<void> => send({ debug });

/** Sends it so many times, one after the other. */
export const sendRepeatedly = (times: number): Promise<void> => send({ times });

interface Wish {
  readonly times?: number;
  readonly isHeld?: boolean;
  readonly debug?: string | null;
}

async function send({ times = 1, isHeld = false, debug = null }: Wish): Promise<void> {
  const { client } = useServer.getState();
  const composer = useComposer.getState();
  if (running !== null) return;
  const missing = client ? whyNot(composer) : noConnection;
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
    debug,
    signal: abort.signal,
    onBegun: (id) => {
      begunId = id;
    },
  };
  useRepeated.setState({ repeated: times > 1 ? begun(times) : null });
  let lastId: string | null = null;
  try {
    for (let nth = 1; nth <= times; nth++) {
      const ids = await (draft.raw.isOn ? sendBytes : sendComposed)(client, draft, call);
      lastId = ids.at(-1) ?? null;
      if (times > 1) await count(client, ids);
      if (nth < times) abort.signal.throwIfAborted();
    }
    if (lastId === null || !isHere()) return;
    showLast(lastId, composer.subject);
    addToHistory(composer.subject, draft, lastId);
  } catch (error) {
    if (!isHere()) return;
    if (!abort.signal.aborted) useComposer.setState({ problem: problemOf(error) });
    const shown = (times > 1 ? lastId : null) ?? begunId;
    if (shown !== null && (times > 1 || abort.signal.aborted)) showLast(shown, composer.subject);
  } finally {
    running = null;
    useRepeated.setState(({ repeated }) => ({ repeated: repeated && { ...repeated, isRunning: false } }));
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

async function count(client: Client, ids: readonly string[]): Promise<void> {
  const hops = await Promise.all(ids.map((id) => client.traces.get({ id })));
  useRepeated.setState(({ repeated }) => ({ repeated: repeated && withSent(repeated, hops) }));
}

interface Call {
  readonly isHeld: boolean;
  readonly debug: string | null;
  readonly signal: AbortSignal;
  readonly onBegun: (id: string) => void;
}

/** The traces of the request and of the redirects that were followed. */
async function sendComposed(client: Client, draft: RequestDraft, call: Call): Promise<string[]> {
  const { isHeld, debug, signal, onBegun } = call;
  const { method, target, headers, parent } = draft;
  const body = outgoingBody(draft);
  const implied = impliedHeaders(draft, body).map(({ name, value }): [string, string] => [name, value]);
  await jarSettled();
  const events = await client.requests.send(
    {
      method,
      target,
      headers: [...typedHeaders(headers), ...implied],
      body: body.bytes && { base64: toBase64(await bytesOf(body.bytes)), files: body.files },
      mode: null,
      parent,
      variables: outgoingVariables(draft),
      ...useClientOptions.getState(),
      environment: chosenEnvironment(),
      isHeld,
      debug,
    },
    { signal },
  );
  const sent = await untilEnded(events, onBegun);
  useSent.setState({ sent });
  return sent.hops.map(({ id }) => id);
}

async function sendBytes(client: Client, draft: RequestDraft, call: Call): Promise<string[]> {
  const { isHeld, debug, signal, onBegun } = call;
  const { raw, parent } = draft;
  useSent.setState({ sent: null });
  const request = {
    base64: toBase64(rawToBytes(raw.text)),
    halfClose: raw.halfClose,
    pacing: raw.pacing,
    parent,
    variables: outgoingVariables(draft),
    isHeld,
    debug,
  };
  const { ids } = await untilEnded(await client.requests.sendRaw(request, { signal }), onBegun);
  return ids;
}

function whyNot(draft: RequestDraft): Problem | null {
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
    useRepeated.setState({ repeated: null });
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
