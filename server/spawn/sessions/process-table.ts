// Who lives on this machine, for finding a session's members and those who left it. One look at everything, asked for only when a
// session is ended or somebody wants to know. Linux: /proc. macOS: ps, whose "session" is only the group (UNTESTED). Windows: nobody.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Short name, for people. */
  readonly command: string;
}

/** One line of /proc/PID/stat; null for a zombie, which no signal reaches and nobody may ever collect (a container's PID 1 may not). */
export function parseStat(stat: string): ProcessEntry | null {
  const open = stat.indexOf("(");
  const close = stat.lastIndexOf(")"); // the name may hold parentheses and spaces
  if (open < 0 || close < open) return null;
  const [state, parent, group, session] = stat.slice(close + 2).split(" ", 4);
  if (state === undefined || state === "Z" || state === "X") return null;
  return {
    pid: Number(stat.slice(0, open)),
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    command: stat.slice(open + 1, close),
  };
}

function fromProc(): ProcessEntry[] {
  const found: ProcessEntry[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^[0-9]/.test(name)) continue;
    try {
      const entry = parseStat(readFileSync(`/proc/${name}/stat`, "utf8"));
      if (entry) found.push(entry);
    } catch {
      // ended between the listing and the look
    }
  }
  return found;
}

function fromPs(): ProcessEntry[] {
  const found: ProcessEntry[] = [];
  for (const line of execFileSync("/bin/ps", ["-axo", "pid=,ppid=,pgid=,stat=,comm="], { encoding: "utf8" }).split(
    "\n",
  )) {
    const [, pid, parent, group, state, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (command === undefined || state?.startsWith("Z")) continue;
    found.push({ pid: Number(pid), parent: Number(parent), group: Number(group), session: Number(group), command });
  }
  return found;
}

let last: { readonly at: number; readonly table: readonly ProcessEntry[] } | null = null;

/**
 * Every living process, zombies left out; empty where the system cannot tell. A look costs some 15 µs for each process, so the last
 * one serves again when it is no older than `since`, performance.now(): hundreds of scripts that end at once must not hold up the loop.
 */
export function processTable(since = performance.now()): readonly ProcessEntry[] {
  if (last !== null && last.at >= since) return last.table;
  const at = performance.now();
  last = { at, table: process.platform === "linux" ? fromProc() : process.platform === "darwin" ? fromPs() : [] };
  return last.table;
}

/** Living processes of the session `leader` leads or led, those in groups of their own included. */
export function sessionMembers(
  leader: number,
  table: readonly ProcessEntry[] = processTable(),
): readonly ProcessEntry[] {
  return table.filter((entry) => entry.session === leader);
}

/** Living descendants of the session that are not in it any more. A parent that died handed its children on: those are not found. */
export function sessionEscapees(
  leader: number,
  table: readonly ProcessEntry[] = processTable(),
): readonly ProcessEntry[] {
  const family = new Set(sessionMembers(leader, table).map((entry) => entry.pid)).add(leader);
  for (let known = 0; known !== family.size; ) {
    known = family.size;
    for (const entry of table) if (family.has(entry.parent)) family.add(entry.pid);
  }
  return table.filter((entry) => family.has(entry.pid) && entry.session !== leader);
}
