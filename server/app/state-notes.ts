// The log notes for a change of the workbench's state. Pure: the state contains everything that happened to the server,
// the folder and its configuration.

import type { Note } from "../base/log.js";
import { maxTraces } from "../contract/limits.js";
import type { FolderTrust } from "../contract/trust-contract.js";
import type { Problem, WorkbenchCounts, WorkbenchState } from "../contract/workspace.js";

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
  const how: Note =
    server.startWhy === null
      ? { level: "info", about: "workbench", message: "Scripts are started natively, by posix_spawn." }
      : { level: "warning", about: "workbench", message: server.startWhy };
  return [
    {
      level: "info",
      about: "workbench",
      message: `The server process ${pid} of CGI Workbench ${version} has started.`,
    },
    how,
  ];
}

type Folder = WorkbenchState["workspace"];

function folderNotes(before: Folder, after: Folder): Note[] {
  if (after === null)
    return before === null ? [] : [{ level: "info", about: "folder", message: `Closed ${before.root}.` }];
  const isOther = before?.root !== after.root;
  const known = new Set(isOther ? [] : before.problems.map(({ message }) => message));
  const notes: Note[] = after.problems.filter(({ message }) => !known.has(message)).map(problemNote);
  if (!isOther) {
    notes.push(...trustNotes(before.trust.state, after.trust));
    if (before.problems.some(isOfConfiguration) && !after.problems.some(isOfConfiguration))
      notes.push({ level: "info", about: "configuration", message: "The configuration is valid again and active." });
    return notes;
  }
  const opened: Note = { level: "info", about: "folder", message: `Opened ${after.root}.` };
  const shared: Note = {
    level: "warning",
    about: "folder",
    message: "Another window has this folder open too.",
    fix: "Both windows can edit. A file that changed on disk is never overwritten without asking.",
  };
  return [opened, ...(after.joined ? [shared] : []), ...trustNotes("trusted", after.trust), ...notes];
}

function trustNotes(before: FolderTrust["state"], { state, wants }: FolderTrust): Note[] {
  if (state === before) return [];
  const what = wants.map(({ setting }) => setting).join(", ");
  const notes: Readonly<Record<FolderTrust["state"], Note>> = {
    trusted: { level: "info", about: "folder", message: "The folder is trusted: all its settings are in force." },
    new: {
      level: "info",
      about: "folder",
      message: "The folder is not trusted yet: only the composer and the preview run its scripts.",
      fix: what === "" ? "Trust it to serve other clients." : `These settings wait until you trust it: ${what}.`,
    },
    changed: {
      level: "warning",
      about: "configuration",
      message: "Another program changed settings of this folder that need trust. The folder is not trusted any more.",
      fix: `Read them, then trust it again: ${what}.`,
    },
  };
  return [notes[state]];
}

const isOfConfiguration = ({ code }: Problem): boolean => code === "configuration";

/** Everything is served all the same. */
const missesChanges = ({ code }: Problem): boolean => code === "watch-limit" || code === "watch";

function problemNote(problem: Problem): Note {
  const { message, fix, file, line } = problem;
  return {
    level: missesChanges(problem) ? "warning" : "error",
    about: isOfConfiguration(problem) ? "configuration" : "folder",
    message,
    fix,
    file: file ?? null,
    line: line ?? null,
  };
}

type Server = WorkbenchState["server"];

function serverNotes(before: Server | null, after: Server): Note[] {
  const notes: Note[] = [];
  if (after.url !== null && after.url !== before?.url) {
    notes.push({ level: "info", about: "server", message: `Serving at ${after.url}.` });
    if (after.requestedPort !== null && after.requestedPort !== after.port)
      notes.push({
        level: "warning",
        about: "server",
        message: `Port ${after.requestedPort} is in use by another program, so the server uses port ${after.port}.`,
        fix: "End that program and start the server again, or choose another port.",
      });
    if (!isLoopback(new URL(after.url).hostname))
      notes.push({
        level: "warning",
        about: "server",
        message: "Other machines can reach this server and run every script in the folder.",
        fix: 'To limit it to this machine, remove "host" from the configuration.',
      });
  }
  if (after.problem !== null && after.problem.message !== before?.problem?.message)
    notes.push({ level: "error", about: "server", message: after.problem.message, fix: after.problem.fix });
  if (after.status === "stopped" && before?.status === "serving")
    notes.push({ level: "info", about: "server", message: "Stopped serving." });
  return notes;
}

function queueNotes(before: number, after: number): Note[] {
  if (after === 0 || before > 0) return [];
  return [
    {
      level: "info",
      about: "server",
      message: "The limit of running scripts was reached, and requests waited.",
      fix: "Raise limits.concurrency in cgi-workbench.json to run more scripts at once.",
    },
  ];
}

const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);

function interpreterNotes(before: WorkbenchState["interpreters"], after: WorkbenchState["interpreters"]): Note[] {
  const known = new Set(before.map(({ name, path, version }) => `${name} ${path} ${version}`));
  return after
    .filter(({ name, path, version }) => version !== null && !known.has(`${name} ${path} ${version}`))
    .map(({ name, path, version }) => ({
      level: "info",
      about: "folder",
      message: `${name} is ${path}, version ${version}.`,
    }));
}

function traceNotes(before: WorkbenchCounts["traces"] | null, after: WorkbenchCounts["traces"]): Note[] {
  if (after.evicted === 0 || (before?.evicted ?? 0) > 0) return [];
  return [
    {
      level: "info",
      about: "workbench",
      message: "New traces replace the oldest ones.",
      fix: `The newest ${maxTraces} traces are kept, within limits.memoryBytes of the configuration.`,
    },
  ];
}
