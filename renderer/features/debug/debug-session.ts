// Begins and ends a session with the server, and turns what it tells into what the window shows.
import type { DebugEvent, DebugStep, NextDebugged } from "../../../server/contract/debug-contract.js";
import { useBreakpoints } from "../../model/debug/breakpoints.js";
import { glanceAt, hasEdits } from "../../model/documents/document-store.js";
import { onOtherFolder } from "../../model/folder/workspace-store.js";
import { readStream, readTrace } from "../../model/traces/recorded.js";
import { openBottomTab } from "../../platform/bottom-tab-store.js";
import { togglePane, useLayout } from "../../platform/layout-store.js";
import { notify, notifyFailure } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { isConnectionLost, problemOf } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { addLine, debugBegins, debugEnds, type RecordedByte, shownFrame, useDebug } from "./debug-store.js";
import { noteRunning } from "./reload-note.js";

let running: AbortController | null = null;
/** Resolves when this session's debugger has answered every request that was sent to it. */
let telling: Promise<void> = Promise.resolve();
/** The cookie's value for this page, until the user asks for another one. */
let cookie: string | null = null;

/** The next request of a client with the cookie is debugged. `isNew`: the value that clients have counts no more. */
export async function debugWithCookie(isNew = false): Promise<void> {
  if (isNew) {
    running?.abort();
    running = null;
    cookie = null;
  }
  cookie ??= crypto.randomUUID();
  await beginDebugging({ cookie });
}

/** Begins a session; resolves with its id. Rejects if the server refuses, or one has begun. */
export async function beginDebugging(next: NextDebugged, wanted: RecordedByte | null = null): Promise<string> {
  if (running !== null) throw new Error("A script is being debugged already.");
  const stop = new AbortController();
  running = stop;
  try {
    const events = await connected().debug.run({ next, stopAtByte: wanted }, { signal: stop.signal });
    const first = await events.next();
    if (first.done === true || first.value.kind !== "begun") throw new Error("The session did not begin.");
    noteRunning(next);
    debugBegins(next === "own" ? "running" : "waiting");
    telling = Promise.resolve();
    const { id } = first.value;
    useDebug.setState({ id, wanted, cookie: typeof next === "object" ? cookie : null });
    void follow(id, events, stop, next); // reports its own failures
    return id;
  } catch (error) {
    stop.abort();
    if (running === stop) ended();
    throw error;
  }
}

/** Ends a session whose request was not sent: the composer says why. */
export function leaveUnsent(session: string): void {
  const { id, traceId } = useDebug.getState();
  if (id === session && traceId === null) running?.abort();
}

async function follow(
  id: string,
  events: AsyncIterable<DebugEvent>,
  stop: AbortController,
  next: NextDebugged,
): Promise<void> {
  let untold = (): void => {};
  const left = onOtherFolder(() => stop.abort());
  try {
    for await (const event of events)
      if (event.kind === "ready") {
        untold = useBreakpoints.subscribe((now, before) => void tellChanges(now, before));
        void ready(id); // reports its own failures
      } else take(event);
  } catch (error) {
    if (stop.signal.aborted) return;
    useDebug.setState({ traceId: null }); // it may run on
    if (!isConnectionLost(error)) return notifyFailure("The script is not debugged any more", error);
    const rest = next === "own" ? "the request that was debugged has ended" : "the script runs on without the debugger";
    notify("bad", `The connection to the server was lost, so ${rest}.`);
  } finally {
    untold();
    left();
    if (running === stop) ended();
  }
}

function ended(): void {
  running = null;
  noteRunning(null);
  debugEnds();
}

function take(event: DebugEvent): void {
  switch (event.kind) {
    case "request":
      useDebug.setState({ traceId: event.traceId, phase: "running" });
      useSelection.getState().showSent(event.traceId);
      return;
    case "moved":
      useDebug.setState(({ moved }) => ({ moved: new Map(moved).set(event.place.id, event.place) }));
      return;
    case "stopped": {
      const own = event.frames.findIndex(({ path }) => path !== null);
      const frame = event.exception === null ? Math.max(0, own) : 0;
      if (!useLayout.getState().inspector) togglePane("inspector");
      openBottomTab("console");
      useDebug.setState((before) => ({
        phase: "stopped",
        stop: event,
        since: Date.now(),
        frame,
        ...(before.frame !== frame && { scopes: [], locals: [], knownAt: null }),
      }));
      void showFrame(frame); // reports its own failures
      if (event.origin !== null) void byteFound(); // reports its own failures
      return;
    }
    case "output":
      addLine({ kind: "output", output: event });
      if (event.from !== "workbench") openBottomTab("console");
      else if (useDebug.getState().phase !== "waiting") notify("info", event.text); // the bar says what is waited for
      return;
  }
}

/** The script begins. On the way to a byte that is looked for nothing else stops it. */
async function ready(id: string): Promise<void> {
  if (useDebug.getState().wanted === null) await tellAll(id);
  await whileDebugged(id, "The script could not begin", () => connected().debug.begin({ id }));
}

/** What fails because the session has ended meanwhile, or its script runs on without a debugger, is no news. */
async function whileDebugged(id: string, failure: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (useDebug.getState().id === id && problemOf(error).code !== "debug-not-running") notifyFailure(failure, error);
  }
}

/** Where the script stops from here on. What a debugger refuses of one file is no reason to leave out another. */
async function tellAll(id: string): Promise<void> {
  await tellUncaught(id);
  for (const path of useBreakpoints.getState().byPath.keys()) await place(id, path);
}

const tellUncaught = (id: string): Promise<void> =>
  told(id, ({ debug }) => debug.setUncaught({ id, isOn: useBreakpoints.getState().stopsUncaught }));

const place = (id: string, path: string): Promise<void> =>
  told(id, async ({ debug }) => {
    const list = useBreakpoints.getState().byPath.get(path) ?? [];
    const { breakpoints } = await debug.setBreakpoints({ id, path, breakpoints: [...list] });
    if (useDebug.getState().id === id)
      useDebug.setState(({ placed }) => ({ placed: new Map(placed).set(path, breakpoints) }));
  });

/** One after the other, each as it is when its turn comes: the debugger never keeps what was replaced meanwhile. */
function told(id: string, tell: (client: ReturnType<typeof connected>) => Promise<unknown>): Promise<void> {
  telling = telling.then(() =>
    whileDebugged(id, "The debugger has other breakpoints than the editor", () => tell(connected())),
  );
  return telling;
}

/** From here on breakpoints count; and whether this is the same place is known from the bytes before it. */
async function byteFound(): Promise<void> {
  const { id, traceId, wanted } = useDebug.getState();
  if (id === null || traceId === null || wanted === null) return;
  await whileDebugged(id, "The two requests could not be compared", async () => {
    await tellAll(id);
    const differsAt = await differenceBefore(wanted, traceId);
    if (useDebug.getState().id === id) useDebug.setState({ differsAt });
  });
}

/** More is not compared. */
const maxComparedBytes = 1 << 20;

/** The first byte before this one that the request `traceId` has written otherwise; null: none, as far as is known. */
async function differenceBefore(
  { traceId: before, stream, offset }: RecordedByte,
  traceId: string,
): Promise<number | null> {
  const [old, now] = await Promise.all([readTrace(before), readTrace(traceId)]);
  const length = Math.min(offset, old[stream]?.captured ?? 0, now[stream]?.captured ?? 0, maxComparedBytes);
  const [were, are] = await Promise.all([readStream(before, stream, length), readStream(traceId, stream, length)]);
  const at = were.findIndex((byte, index) => byte !== are[index]);
  return at < 0 ? null : at;
}

/** Chooses a frame of the stack, and shows its line and what it has. */
export async function showFrame(frame: number): Promise<void> {
  useDebug.setState((before) => (before.frame === frame ? before : { frame, scopes: [], locals: [], knownAt: null }));
  const path = shownFrame(useDebug.getState())?.path ?? null;
  if (path !== null && path !== useSelection.getState().openFile) glanceAt(path);
  await readFrame();
}

/** Asks for what the chosen frame has. */
export async function readFrame(): Promise<void> {
  const { id, stop, frame } = useDebug.getState();
  const shown = shownFrame({ stop, frame });
  if (id === null || !shown) return;
  const isStill = (): boolean => useDebug.getState().stop === stop && useDebug.getState().frame === frame;
  try {
    const { debug } = connected();
    const { scopes } = await debug.scopes({ id, frameId: shown.id });
    const [first] = scopes;
    const reference = first?.variablesReference ?? null;
    const inside = reference === null ? null : await debug.variables({ id, variablesReference: reference });
    if (isStill()) useDebug.setState({ scopes, locals: inside?.variables ?? [], knownAt: stop });
  } catch (error) {
    if (isStill() && useDebug.getState().phase === "stopped") notifyFailure("The variables could not be read", error);
  }
}

export async function step(how: DebugStep): Promise<void> {
  const { id, phase } = useDebug.getState();
  if (id === null) return;
  useDebug.setState({ phase: "running" });
  try {
    await connected().debug.step({ id, step: how });
  } catch (error) {
    if (useDebug.getState().id === id) useDebug.setState({ phase });
    throw error;
  }
}

/** Ends the request that is debugged; one that is waited for may come without the debugger. */
export async function stopDebugging(): Promise<void> {
  const { id, traceId } = useDebug.getState();
  if (id !== null && traceId !== null) await connected().debug.stop({ id });
  else running?.abort();
}

/** While a script runs, a file with unsaved edits keeps the breakpoints that the debugger knows: lines have moved. */
async function tellChanges(
  now: ReturnType<typeof useBreakpoints.getState>,
  before: ReturnType<typeof useBreakpoints.getState>,
): Promise<void> {
  const { id, wanted, stop } = useDebug.getState();
  const isSearching = wanted !== null && stop === null;
  if (id === null || isSearching || now.root !== before.root) return;
  for (const path of new Set([...now.byPath.keys(), ...before.byPath.keys()]))
    if (now.byPath.get(path) !== before.byPath.get(path) && !hasEdits(path)) await place(id, path);
  if (now.stopsUncaught !== before.stopsUncaught) await tellUncaught(id);
}
