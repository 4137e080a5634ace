// What runs on this machine, from /proc: which processes are left, and how large one is. Zombies do not count as
// living: in a container whose first process does not reap, they stay for ever.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { waitFor } from "./wait-for.js";

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** Session id. */
  readonly session: number;
  readonly state: string;
  /** Arguments joined with spaces. */
  readonly command: string;
}

/** True where /proc tells about processes. */
export const canListProcesses = existsSync("/proc/self/stat");

export function processes(): RunningProcess[] {
  const numbers = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return numbers.flatMap((name) => {
    const found = readProcess(Number(name));
    return found && found.state !== "Z" && found.state !== "X" ? [found] : [];
  });
}

/** A zombie too; null: there is none. */
export function readProcess(pid: number): RunningProcess | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name in parentheses may hold anything, a parenthesis too.
    const [state = "", parent = "", , session = ""] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const command = readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ").trim();
    return { pid, parent: Number(parent), session: Number(session), state, command };
  } catch {
    return null; // It ended while it was being read.
  }
}

export function isAlive(pid: number): boolean {
  const found = readProcess(pid);
  return found !== null && found.state !== "Z" && found.state !== "X";
}

/** Children, their children and so on. */
export function descendants(pid: number): RunningProcess[] {
  const all = processes();
  const below = (parent: number): RunningProcess[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

/** Waits until no living process has `text` in its command line. */
export async function waitUntilGone(text: string, deadlineMs = 10_000): Promise<void> {
  await waitFor(
    `no process with "${text}"`,
    () => !processes().some(({ command }) => command.includes(text)),
    deadlineMs,
  );
}

/** What is found of a process, or done to it; null: it has ended meanwhile. */
export function ofLiving<T>(pid: number, look: (pid: number) => T): T | null {
  try {
    return look(pid);
  } catch (error) {
    if (isAlive(pid)) throw error;
    return null;
  }
}

/**
 * A process and all below it may take so many bytes more than each has. One that was started by a process without its
 * limit is found by the next look; with a limit a process passes it on. Needs prlimit.
 */
export function limitMemory(pid: number, moreBytes: number): void {
  const limited = new Set<number>();
  for (;;) {
    const found = [pid, ...descendants(pid).map((one) => one.pid)].filter((one) => !limited.has(one));
    if (found.length === 0) return;
    for (const one of found) ofLiving(one, () => limitOwn(one, moreBytes));
    for (const one of found) limited.add(one);
  }
}

function limitOwn(pid: number, moreBytes: number): void {
  const [, size] = /^VmSize:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1")) ?? [];
  if (size === undefined) return; // it is ending, and has given its memory back
  const { status, stderr } = spawnSync("prlimit", ["--pid", String(pid), `--as=${1024 * Number(size) + moreBytes}`]);
  if (status !== 0) throw new Error(`prlimit ended with ${status}: ${stderr}`);
}

/** Resident memory in bytes. */
export function residentBytes(pid: number): number {
  return 1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? Number.NaN);
}

/** Numbers of the open descriptors of a process. */
export function openDescriptors(pid: number): number[] {
  return readdirSync(`/proc/${pid}/fd`).map(Number);
}

/**
 * Its sockets and pipes: what requests and scripts hold. Threads and files of
 * the store open when they are first needed.
 */
export const openChannels = (pid: number): number =>
  openDescriptors(pid).filter((descriptor) => {
    try {
      return /^(?:socket|pipe):/.test(readlinkSync(`/proc/${pid}/fd/${descriptor}`));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return false; // closed meanwhile
      throw error;
    }
  }).length;

/** The number that a script writes into a file; null until all of it is there: a file is made before it is written. */
export function pidIn(file: string): number | null {
  const [, pid] = /^(\d+)\n$/.exec(existsSync(file) ? readFileSync(file, "utf8") : "") ?? [];
  return pid === undefined ? null : Number(pid);
}
