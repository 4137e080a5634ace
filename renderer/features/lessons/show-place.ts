// "Show me": the place of the window that a lesson points at, by the name that it has in the lesson's files.
import { breakpointAt, putBreakpoint } from "../../model/debug/breakpoints.js";
import { documentAt } from "../../model/documents/document-store.js";
import { bufferOf } from "../../model/documents/text-buffers.js";
import { listed } from "../../model/folder/opened.js";
import { focusInspector, showTab, showVariable, tabs } from "../../model/traces/inspector-state.js";
import { type AnchorId, focusAnchor, reach } from "../../platform/anchors.js";
import { runCommand } from "../../platform/command-registry.js";
import { showGraph } from "../../platform/layout-store.js";
import { useSelection } from "../../platform/selection.js";
import { useLesson } from "./lesson-store.js";

/** Where the fact is seen, for a check that names no place; else the place of the same name, or X-ray. */
const placeOfFact: Readonly<Record<string, string>> = {
  body: "response",
  status: "xray/client",
  header: "xray/client",
  wrote: "xray/output",
  kind: "xray/output",
  hidden: "env",
  writes: "timing",
  spread: "timing",
  took: "timing",
  exit: "timing",
  findings: "doctor",
};
export function placeFor(fact: string): string {
  const [name = ""] = fact.split(" ", 1);
  return placeOfFact[name] ?? (name in places ? name : "xray");
}

const partAnchors: Readonly<Record<string, AnchorId>> = {
  request: "xray.request",
  environment: "xray.environment",
  output: "xray.output",
  gateway: "xray.client",
  client: "xray.client",
};

interface Place {
  /** What the window calls it. */
  readonly name: string;
  /** Opens it, at a part if one is named; without this it is a tab of the inspector. */
  readonly open?: (part: string) => unknown;
}
const places: Readonly<Record<string, Place>> = {
  composer: { name: "the composer", open: () => focusAnchor("composer.request") },
  editor: { name: "the editor", open: showLine },
  explorer: { name: "Files", open: showFiles },
  xray: { name: "X-ray" },
  env: { name: "the environment" },
  stdin: { name: "Stdin" },
  stdout: { name: "Stdout" },
  stderr: { name: "Stderr" },
  response: { name: "Response" },
  timing: { name: "Timing" },
  records: { name: "Records" },
  encoding: { name: "Encoding" },
  doctor: { name: "Doctor" },
  traces: { name: "the traces", open: () => runCommand("view.traces") },
  compare: { name: "Comparison", open: () => runCommand("view.compare") },
  latency: { name: "the latency graph", open: () => showGraph(true) },
  workers: { name: "Workers", open: () => runCommand("workers.show") },
  server: { name: "Server", open: () => runCommand("server.show") },
  breakpoint: { name: "a breakpoint", open: setBreakpointAt },
  hold: { name: "Hold requests", open: () => runCommand("hold.requests") },
};
export const nameOfPlace = (place: string): string => {
  const [name = "", ...part] = place.split("/");
  return name === "env" && part.length > 0 ? part.join("/") : (places[name]?.name ?? name);
};

/** `trace`: the one that is meant; null: the one that is shown. */
export async function showPlace(place: string, trace: string | null = null): Promise<void> {
  const [name = "", ...parts] = place.split("/");
  const part = parts.join("/");
  if (trace !== null) useSelection.getState().bringUp(trace);
  const { traceId } = useSelection.getState();
  const tab = tabs.find((one) => one === name);
  if (tab === undefined) return void (await places[name]?.open?.(part));
  if (name === "env" && part !== "" && traceId !== null) showVariable("env", { traceId, name: part });
  else showTab(tab);
  focusInspector();
  const at = partAnchors[part];
  if (at !== undefined) reach(at, (element) => element.scrollIntoView({ block: "nearest" }));
}

function showFiles(): void {
  useLesson.setState({ tab: "files" });
  focusAnchor("explorer.tree");
}

async function setBreakpointAt(text: string): Promise<void> {
  const script = useLesson.getState().view?.script;
  const line = await showLine(text);
  if (script === undefined || line === null) return;
  if (breakpointAt(script, line) === null) putBreakpoint(script, { line, condition: "", logMessage: "" });
}

/** Opens the first line of the script that holds the text, and returns its number. */
async function showLine(text: string): Promise<number | null> {
  const script = useLesson.getState().view?.script;
  if (script === undefined) return null;
  await listed(script);
  const lines = documentAt(script)?.kind === "text" ? (bufferOf(script)?.model.getLinesContent() ?? []) : [];
  const index = text === "" ? -1 : lines.findIndex((line) => line.includes(text));
  useSelection.getState().open(script, index < 0 ? undefined : index + 1);
  return index < 0 ? null : index + 1;
}
