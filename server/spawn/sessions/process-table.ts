// The processes of this machine, to find a session's members and those that left it. Read only when a session is ended
// or shown. Linux: /proc. macOS: ps, which shows only the group as "session" (UNTESTED). Windows: none.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { errorCode } from "../../base/disk.js";

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Short name, for display. */
  readonly command: string;
}

/**
 * One line of /proc/PID/stat; null for a zombie, which no signal reaches and which may stay (PID 1 of a container may
 * not collect it).
 */
export function parseStat(stat: string): ProcessEntry | null {
  const open = stat.indexOf("(");
  const close = stat.lastIndexOf(")"); // the name may contain parentheses and spaces
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

const exhausted: ReadonlySet<string> = new Set(["EMFILE", "ENFILE", "ENOMEM"]);

function fromProc(): ProcessEntry[] {
  const found: ProcessEntry[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^[0-9]/.test(name)) continue;
    try {
      const entry = parseStat(readFileSync(`/proc/${name}/stat`, "utf8"));
      if (entry) found.push(entry);
    } catch (error) {
      // Else it has ended since the listing, or is hidden. A list without it would let it pass for gone.
      if (exhausted.has(errorCode(error))) throw error;
    }
  }
  return found;
}

const psLimitMs = 2000;

function fromPs(): ProcessEntry[] {
  const found: ProcessEntry[] = [];
  const options = { encoding: "utf8", timeout: psLimitMs, maxBuffer: 16 << 20 } as const; // it blocks the loop
  for (const line of execFileSync("/bin/ps", ["-axo", "pid=,ppid=,pgid=,stat=,comm="], options).split("\n")) {
    const [, pid, parent, group, state, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (command === undefined || state?.startsWith("Z")) continue;
    found.push({ pid: Number(pid), parent: Number(parent), group: Number(group), session: Number(group), command });
  }
  return found;
}

let last: { readonly at: number; readonly table: readonly ProcessEntry[] } | null = null;

/**
 * Every live process, without zombies; empty if the system does not report them; null if it cannot at present (no
 * descriptors or processes are left). Reading costs some 15 µs per process, so a table is reused if it is no older
 * than `since`, performance.now(): ending hundreds of scripts must not block the loop.
 */
export function processTable(since = performance.now()): readonly ProcessEntry[] | null {
  if (last !== null && last.at >= since) return last.table;
  const at = performance.now();
  try {
    last = { at, table: process.platform === "linux" ? fromProc() : process.platform === "darwin" ? fromPs() : [] };
  } catch {
    return null; // its callers end processes, often from a timer: none may fail for this
  }
  return last.table;
}

/** Live processes of the session that `leader` leads or led, including those in other groups. */
export function sessionMembers(leader: number, table: readonly ProcessEntry[]): readonly ProcessEntry[] {
  return table.filter((entry) => entry.session === leader);
}

/** Live descendants of the session that have left it. After the death of a parent its children are not found. */
export function sessionEscapees(leader: number, table: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const family = new Set(sessionMembers(leader, table).map((entry) => entry.pid)).add(leader);
  for (let known = 0; known !== family.size; ) {
    known = family.size;
    for (const entry of table) if (family.has(entry.parent)) family.add(entry.pid);
  }
  return table.filter((entry) => family.has(entry.pid) && entry.session !== leader);
}
