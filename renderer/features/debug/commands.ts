// Stepping through a script, and where it stops.
import {
  breakpointAt,
  removeAllBreakpoints,
  setStopsUncaught,
  toggleBreakpoint,
  useBreakpoints,
} from "../../model/debug/breakpoints.js";
import { useCursor } from "../../model/documents/cursor-store.js";
import { documentAt } from "../../model/documents/document-store.js";
import { needsFolder } from "../../model/folder/command-needs.js";
import { useComposer } from "../../model/request/composer-store.js";
import { chosenByte } from "../../model/traces/chosen-byte.js";
import { focusAnchor } from "../../platform/anchors.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { always, type Command, type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { notify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { useDebug } from "./debug-store.js";

const isDebugging = (): boolean => useDebug.getState().phase !== null;
const needsNothing = (): string | null => (isDebugging() ? "A script is being debugged already." : null);
const needsDebugging = (): string | null => (isDebugging() ? null : "No script is being debugged.");
const needsStop = (): string | null =>
  useDebug.getState().phase === "stopped" ? null : "No script has stopped in the debugger.";
/** After an exception that nothing catches there is nothing more to step through. */
const needsNext = (): string | null =>
  needsStop() ?? (useDebug.getState().stop?.exception == null ? null : "The exception ends the script.");
const needsText = (): string | null =>
  documentAt(useSelection.getState().openFile ?? "")?.kind === "text" ? null : "Open a file first.";

const needsByte = "Select a byte of a trace’s stdout, stderr or response first.";

const session = () => import("./debug-session.js");
const stepping = (
  unavailable: Command["unavailable"],
  how: Parameters<Awaited<ReturnType<typeof session>>["step"]>[0],
) => command(unavailable, async () => (await session()).step(how));

/** Works on the line at the cursor. */
const atCursor = (work: (path: string, line: number) => void) =>
  command(needsText, () => {
    const { openFile } = useSelection.getState();
    const line = useCursor.getState().cursor?.line;
    if (openFile !== null && line !== undefined) work(openFile, line);
  });

export const debugCommands = {
  "debug.send": command(
    () => needsFolder() ?? needsNothing() ?? (useComposer.getState().isRunning ? "A request is running." : null),
    async () => (await import("./send-debugged.js")).sendDebugged(),
  ),
  "debug.next": command(
    () => needsFolder() ?? needsNothing(),
    async () => void (await (await session()).beginDebugging("any")),
  ),
  "debug.cookie": command(
    () => needsFolder() ?? needsNothing(),
    async () => (await session()).debugWithCookie(),
  ),
  "debug.byte": command(
    () => (chosenByte() ? (needsFolder() ?? needsNothing()) : needsByte),
    async () => (await import("./send-debugged.js")).stopWhereWritten(),
  ),
  "debug.continue": stepping(needsStop, "continue"),
  "debug.over": stepping(needsNext, "next"),
  "debug.in": stepping(needsNext, "stepIn"),
  "debug.out": stepping(needsNext, "stepOut"),
  "debug.pause": stepping(
    () => (useDebug.getState().phase === "running" ? null : "No script runs in the debugger."),
    "pause",
  ),
  "debug.stop": command(needsDebugging, async () => (await session()).stopDebugging()),
  "debug.breakpoint": atCursor((path, line) => {
    toggleBreakpoint(path, line);
    const isSet = breakpointAt(path, line) !== null;
    notify("info", `${isSet ? "Breakpoint set" : "Breakpoint removed"} at line ${line}.`);
  }),
  "debug.editBreakpoint": atCursor((path, line) => openDialog("breakpoint", `${line} ${path}`)),
  "debug.clear": command(
    () => (useBreakpoints.getState().byPath.size > 0 ? null : "There are no breakpoints."),
    removeAllBreakpoints,
  ),
  "debug.uncaught": command(always, () => setStopsUncaught(!useBreakpoints.getState().stopsUncaught)),
  "debug.evaluate": command(needsStop, () => {
    showBottomTab("console");
    focusAnchor("debug.console");
  }),
} satisfies Partial<Commands>;
