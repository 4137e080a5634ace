// Begins and ends a session with the server, and turns what it tells into what the window shows.
import type { DebugEvent, DebugStep } from "../../../server/contract/debug-contract.js";
import { useBreakpoints } from "../../model/debug/breakpoints.js";
import { glanceAt, hasEdits } from "../../model/documents/document-store.js";
import { openBottomTab } from "../../platform/bottom-tab-store.js";
import { togglePane, useLayout } from "../../platform/layout-store.js";
import { notify, notifyFailure } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { isConnectionLost } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { addLine, debugBegins, debugEnds, shownFrame, useDebug } from "./debug-store.js";
import { noteRunning } from "./reload-note.js";

type Next = "own" | "any";

let running: AbortController | null = null;

/** Begins a session; resolves with its id. Rejects if the server refuses. */
export async function beginDebugging(next: Next): Promise<string> {
  const { byPath, stopsUncaught } = useBreakpoints.getState();
  const breakpoints = [...byPath].map(([path, list]) => ({ path, breakpoints: [...list] }));
  const stop = new AbortController();
  const events = await connected().debug.run({ next, stopsUncaught, breakpoints }, { signal: stop.signal });
  const first = await events.next();
  if (first.done === true || first.value.kind !== "begun") throw new Error("The session did not begin.");
  running = stop;
  noteRunning(next);
  debugBegins(next === "own" ? "running" : "waiting");
  useDebug.setState({ id: first.value.id });
  void follow(events, stop, next); // reports its own failures
  return first.value.id;
}

async function follow(events: AsyncIterable<DebugEvent>, stop: AbortController, next: Next): Promise<void> {
  const untold = useBreakpoints.subscribe((now, before) => void tellChanges(now, before));
  try {
    for await (const event of events) take(event);
  } catch (error) {
    if (stop.signal.aborted) return;
    if (!isConnectionLost(error)) return notifyFailure("The script is not debugged any more", error);
    const rest = next === "own" ? "the request that was debugged has ended" : "the script runs on without the debugger";
    notify("bad", `The connection to the server was lost, so ${rest}.`);
  } finally {
    untold();
    if (running === stop) {
      running = null;
      noteRunning(null);
      debugEnds();
    }
  }
}

function take(event: DebugEvent): void {
  switch (event.kind) {
    case "request":
      useDebug.setState({ traceId: event.traceId, phase: "running" });
      useSelection.getState().showSent(event.traceId);
      return;
    case "placed":
      useDebug.setState(({ placed }) => ({ placed: new Map(placed).set(event.path, event.places) }));
      return;
    case "stopped": {
      const own = event.frames.findIndex(({ path }) => path !== null);
      if (!useLayout.getState().inspector) togglePane("inspector");
      openBottomTab("console");
      useDebug.setState({ phase: "stopped", stop: event, since: Date.now() });
      void showFrame(event.exception === null ? 0 : Math.max(0, own)); // reports its own failures
      return;
    }
    case "output":
      addLine({ kind: "output", output: event });
      if (event.from === "workbench") notify("info", event.text);
      else openBottomTab("console");
      return;
  }
}

/** Chooses a frame of the stack: shows its line, and asks for what it has. */
export async function showFrame(frame: number): Promise<void> {
  useDebug.setState((before) => (before.frame === frame ? {} : { frame, scopes: [], locals: [], knownAt: null }));
  const { id, stop } = useDebug.getState();
  const shown = shownFrame(useDebug.getState());
  if (id === null || !shown) return;
  if (shown.path !== null && shown.path !== useSelection.getState().openFile) glanceAt(shown.path);
  const isStill = (): boolean => useDebug.getState().stop === stop && useDebug.getState().frame === frame;
  try {
    const { debug } = connected();
    const scopes = await debug.scopes({ id, frame: shown.id });
    const [first] = scopes;
    const locals = first ? await debug.variables({ id, reference: first.reference }) : [];
    if (isStill()) useDebug.setState({ scopes, locals, knownAt: stop });
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
  const { id, phase } = useDebug.getState();
  if (id !== null && phase !== "waiting") await connected().debug.stop({ id });
  else running?.abort();
}

/** A file that has other lines on the disk keeps the breakpoints that the debugger knows. */
async function tellChanges(
  now: ReturnType<typeof useBreakpoints.getState>,
  before: ReturnType<typeof useBreakpoints.getState>,
): Promise<void> {
  const { id } = useDebug.getState();
  if (id === null) return;
  try {
    const { debug } = connected();
    for (const path of new Set([...now.byPath.keys(), ...before.byPath.keys()])) {
      const breakpoints = now.byPath.get(path) ?? [];
      if (breakpoints !== (before.byPath.get(path) ?? breakpoints) || !before.byPath.has(path))
        if (!hasEdits(path)) await debug.setBreakpoints({ id, path, breakpoints: [...breakpoints] });
    }
    if (now.stopsUncaught !== before.stopsUncaught) await debug.setUncaught({ id, isOn: now.stopsUncaught });
  } catch (error) {
    if (useDebug.getState().id === id) notifyFailure("The debugger has other breakpoints than the editor", error);
  }
}
