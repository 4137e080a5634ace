// The log notes for a change of the workbench's state. Pure: the state contains everything that happened to the server,
// the folder and its configuration.

import { isDeepStrictEqual } from "node:util";
import { type Note, noteOf } from "../base/log.js";
import type { TrustReport } from "../contract/trust-contract.js";
import type { Problem, WorkbenchCounts, WorkbenchState } from "../contract/workspace.js";
import { isLoopbackHost } from "../protocol/script-address.js";
import { logMessage } from "./messages.js";

/** `before`: null at the start of the process. */
export type NotesBetween<State> = (before: State | null, after: State) => Note[];

export const stateNotes: NotesBetween<WorkbenchState> = (before, after) => [
  ...(before === null ? startNotes(after) : []),
  ...folderNotes(before?.workspace ?? null, after.workspace),
  ...serverNotes(before?.server ?? null, after.server),
  ...interpreterNotes(before?.interpreters ?? [], after.interpreters),
];

export const countNotes: NotesBetween<WorkbenchCounts> = (before, after) => [
  ...queueNotes(before?.queued ?? 0, after.queued),
  ...traceNotes(before?.traces ?? null, after.traces),
];

function startNotes({ pid, version, server }: WorkbenchState): Note[] {
  return [
    noteOf("info", "workbench", logMessage("server-process", { pid, version })),
    server.startWhy === null
      ? noteOf("info", "workbench", logMessage("native-start"))
      : noteOf("warning", "workbench", logMessage("portable-start", { why: server.startWhy })),
  ];
}

type Folder = WorkbenchState["workspace"];

function folderNotes(before: Folder, after: Folder): Note[] {
  if (after === null)
    return before === null ? [] : [noteOf("info", "folder", logMessage("folder-closed", { root: before.root }))];
  const isOther = before?.root !== after.root;
  const known = isOther ? [] : before.problems;
  const notes = after.problems.filter((problem) => !known.some(isSame(problem))).map(problemNote);
  if (!isOther) {
    notes.push(...trustNotes(before.trust.state, after.trust));
    if (before.problems.some(isOfConfiguration) && !after.problems.some(isOfConfiguration))
      notes.push(noteOf("info", "configuration", logMessage("configuration-valid")));
    return notes;
  }
  const opened = noteOf("info", "folder", logMessage("folder-opened", { root: after.root }));
  const shared = noteOf("warning", "folder", logMessage("folder-shared"));
  return [opened, ...(after.joined ? [shared] : []), ...trustNotes("trusted", after.trust), ...notes];
}

function trustNotes(before: TrustReport["state"], { state, wants }: TrustReport): Note[] {
  if (state === before) return [];
  const settings = wants.map(({ setting }) => setting);
  if (state === "trusted") return [noteOf("info", "folder", logMessage("folder-trusted"))];
  return state === "new"
    ? [noteOf("info", "folder", logMessage("folder-not-trusted", { settings }))]
    : [noteOf("warning", "configuration", logMessage("trusted-settings-changed", { settings }))];
}

const isSame = (one: Problem) => (other: Problem) => isDeepStrictEqual(one, other);
/** The configuration has a mistake, or cannot be read. */
export const isOfConfiguration = ({ code }: Problem): boolean => code === "configuration";

/** Everything is served all the same. */
const isServed = ({ code }: Problem): boolean => /^(?:watch|watch-limit|unlisted-names)$/.test(code);

const problemNote = (problem: Problem): Note => ({
  level: isServed(problem) ? "warning" : "error",
  about: isOfConfiguration(problem) ? "configuration" : "folder",
  ...problem,
});

type Server = WorkbenchState["server"];

function serverNotes(before: Server | null, after: Server): Note[] {
  const notes: Note[] = [];
  if (after.url !== null && after.url !== before?.url) {
    notes.push(noteOf("info", "server", logMessage("serving", { url: after.url })));
    const { requestedPort: requested, port } = after;
    if (requested !== null && requested !== port)
      notes.push(noteOf("warning", "server", logMessage("other-port", { requested, port })));
    if (!isLoopbackHost(new URL(after.url).hostname))
      notes.push(noteOf("warning", "server", logMessage("open-to-others")));
  }
  if (after.problem !== null && !isDeepStrictEqual(after.problem, before?.problem))
    notes.push({ level: "error", about: "server", ...after.problem });
  if (after.status === "stopped" && before?.status === "serving")
    notes.push(noteOf("info", "server", logMessage("stopped-serving")));
  return notes;
}

const queueNotes = (before: number, after: number): Note[] =>
  after === 0 || before > 0 ? [] : [noteOf("info", "server", logMessage("requests-waited"))];

function interpreterNotes(before: WorkbenchState["interpreters"], after: WorkbenchState["interpreters"]): Note[] {
  const known = new Set(before.map(({ name, path, version }) => `${name} ${path} ${version}`));
  return after.flatMap(({ name, path, version }) =>
    version === null || known.has(`${name} ${path} ${version}`)
      ? []
      : noteOf("info", "folder", logMessage("interpreter", { name, path, version })),
  );
}

const traceNotes = (before: WorkbenchCounts["traces"] | null, after: WorkbenchCounts["traces"]): Note[] =>
  after.evicted === 0 || (before?.evicted ?? 0) > 0 ? [] : [noteOf("info", "workbench", logMessage("traces-evicted"))];
