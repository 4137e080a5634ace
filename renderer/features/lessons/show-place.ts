// "Show me": the place of the window that a lesson points at, by the name that it has in the lesson's files.
import { documentAt } from "../../model/documents/document-store.js";
import { bufferOf } from "../../model/documents/text-buffers.js";
import { listed } from "../../model/folder/opened.js";
import { focusInspector, showTab, showVariable, tabs } from "../../model/traces/inspector-state.js";
import { type AnchorId, focusAnchor, reach } from "../../platform/anchors.js";
import { runCommand } from "../../platform/command-registry.js";
import { showGraph } from "../../platform/layout-store.js";
import { useSelection } from "../../platform/selection.js";
import { useLesson } from "./lesson-store.js";

/** Where the fact is seen, for a check that names no place. */
const placeOfFact: Readonly<Record<string, string>> = {
  body: "response",
  stdout: "stdout",
  stderr: "stderr",
  stdin: "stdin",
  status: "xray/client",
  header: "xray/client",
  wrote: "xray/output",
  kind: "xray/output",
  env: "env",
  hidden: "env",
  writes: "timing",
  spread: "timing",
  first: "timing",
  took: "timing",
  exit: "timing",
  findings: "doctor",
};
export const placeFor = (fact: string): string => placeOfFact[fact.split(" ", 1)[0] ?? ""] ?? "xray";

const partAnchors: Readonly<Record<string, AnchorId>> = {
  request: "xray.request",
  environment: "xray.environment",
  output: "xray.output",
  gateway: "xray.client",
  client: "xray.client",
};

/** What the window calls each place. */
const placeNames: Readonly<Record<string, string>> = {
  composer: "the composer",
  editor: "the editor",
  explorer: "Files",
  xray: "X-ray",
  env: "the environment",
  stdin: "Stdin",
  stdout: "Stdout",
  stderr: "Stderr",
  response: "Response",
  timing: "Timing",
  records: "Records",
  encoding: "Encoding",
  doctor: "Doctor",
  traces: "the traces",
  compare: "Comparison",
  latency: "the latency graph",
  workers: "Workers",
  server: "Server",
};
export const nameOfPlace = (place: string): string => {
  const [name = "", ...part] = place.split("/");
  return name === "env" && part.length > 0 ? part.join("/") : (placeNames[name] ?? name);
};

/** `trace`: the one that is meant; null: the one that is shown. */
export async function showPlace(place: string, trace: string | null = null): Promise<void> {
  const [name = "", ...parts] = place.split("/");
  const part = parts.join("/");
  if (trace !== null) useSelection.getState().bringUp(trace);
  const traceId = useSelection.getState().traceId;
  const tab = tabs.find((one) => one === name);
  if (name === "env" && part !== "" && traceId !== null) showVariable("env", { traceId, name: part });
  else if (tab !== undefined) showTab(tab);
  if (tab !== undefined) {
    focusInspector();
    const at = partAnchors[part];
    if (at !== undefined) reach(at, (element) => element.scrollIntoView({ block: "nearest" }));
  } else if (name === "composer") focusAnchor("composer.request");
  else if (name === "explorer") {
    useLesson.setState({ tab: "files" });
    focusAnchor("explorer.tree");
  } else if (name === "editor") await showLine(part);
  else if (name === "latency") showGraph(true);
  else if (name === "traces") runCommand("view.traces");
  else if (name === "compare") runCommand("view.compare");
  else if (name === "workers") runCommand("workers.show");
  else if (name === "server") runCommand("server.show");
}

/** The first line of the script that holds the text. */
async function showLine(text: string): Promise<void> {
  const script = useLesson.getState().view?.script;
  if (script === undefined) return;
  await listed(script);
  const lines = documentAt(script)?.kind === "text" ? (bufferOf(script)?.model.getLinesContent() ?? []) : [];
  const index = text === "" ? -1 : lines.findIndex((line) => line.includes(text));
  useSelection.getState().open(script, index < 0 ? undefined : index + 1);
}
