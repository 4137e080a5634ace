// One session: the script that leads it and whatever it started. Ending means TERM, then KILL to what is left, groups of their own included.
// The leader's number is surely ours until it is reaped; afterwards only while members of the session live (the kernel keeps it for them).
import { execFile } from "node:child_process";
import { codeOf } from "../native/errno.js";
import { type ProcessEntry, processTable, sessionEscapees, sessionMembers } from "./process-table.js";

type Ending = "SIGTERM" | "SIGKILL";

/** For whom to signal, and to show: who came or went within this time is found by the next look. */
const recentMs = 20;
/** KILL is sent again while somebody is left (a process that forks just then escapes it), at first after this time, then twice that, and so on. */
const killAgainMs = 10;
const maxKillAgainMs = 1000;

/** Whether a process group has members, zombies included. */
export type HasGroup = (group: number) => boolean;

/** The way of every system; costs an exception where there is none. */
export const hasGroup: HasGroup = (group) => signalProcess(-group, 0);

function signalProcess(pid: number, signal: Ending | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    // ESRCH: gone meanwhile. EPERM: a set-user-ID program, or zombies on macOS; it is there, and out of our reach.
    return codeOf(error) === "EPERM";
  }
}

export class Session {
  readonly leader: number;
  readonly #escaped = new Map<number, ProcessEntry>();
  #leaderReaped = false;
  #ending = false;
  #timer: NodeJS.Timeout | null = null;

  readonly #hasGroup: HasGroup;

  /** `leader`: a living child that called setsid. */
  constructor(leader: number, hasGroup: HasGroup) {
    this.leader = leader;
    this.#hasGroup = hasGroup;
  }

  /** The leader's exit has been collected. */
  leaderGone(): void {
    this.#leaderReaped = true;
    if (!this.#timer) return;
    const reapedAt = performance.now();
    setImmediate(() => this.#timer && !this.hasMembers(processTable(reapedAt)) && this.stop()); // after the others of this sweep: one look for all
  }

  /** One system call. False while the leader lives, its group has members (zombies that nobody collects included) or an end is under way. */
  get isSurelyOver(): boolean {
    return this.#leaderReaped && this.#timer === null && (process.platform === "win32" || !this.#hasGroup(this.leader));
  }

  /** Costs a look at every process. */
  hasMembers(table: readonly ProcessEntry[] = processTable()): boolean {
    return this.#members(table).length > 0;
  }

  /** TERM now, KILL after `graceMs` and until nobody is left. Idempotent. */
  end(graceMs: number): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#signal("SIGTERM");
    this.#timer = setTimeout(() => this.#kill(killAgainMs), graceMs);
  }

  /** Nobody is left to end: from now on the number may be somebody else's, and `end` does nothing. */
  stop(): void {
    this.#ending = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Who left the session, as "pid command": seen when it was ended or when asked, and alive now. */
  escaped(): string[] {
    const table = processTable(performance.now() - recentMs);
    this.#remember(table);
    const alive = new Map(table.map((entry) => [entry.pid, entry]));
    return [...this.#escaped.values()].flatMap(({ pid, session }) => {
      const now = alive.get(pid);
      return now?.session === session ? [`${pid} ${now.command}`] : [];
    });
  }

  /** Who lives on after the leader, in the session or having left it, as "pid command". */
  survivors(): string[] {
    return [
      ...this.#members(processTable(performance.now() - recentMs))
        .filter(({ pid }) => pid !== this.leader)
        .map(({ pid, command }) => `${pid} ${command}`),
      ...this.escaped(),
    ];
  }

  /** Once more after `againMs`, unless nobody is left then. */
  #kill(againMs: number): void {
    this.#signal("SIGKILL");
    const signalledAt = performance.now();
    const again = (): void => {
      this.#timer = null;
      if (!this.#leaderReaped || this.hasMembers(processTable(signalledAt)))
        this.#kill(Math.min(againMs * 2, maxKillAgainMs));
    };
    this.#timer = setTimeout(again, againMs).unref(); // the unkillable must not keep us
  }

  #signal(signal: Ending): void {
    if (process.platform === "win32") {
      if (!this.#leaderReaped) endTreeOnWindows(this.leader);
      return;
    }
    const table = processTable(performance.now() - recentMs);
    this.#remember(table);
    if (!this.#leaderReaped) signalProcess(-this.leader, signal);
    for (const member of this.#members(table))
      if (this.#leaderReaped || member.group !== this.leader) signalProcess(member.pid, signal);
  }

  #members(table: readonly ProcessEntry[]): readonly ProcessEntry[] {
    // A process with the reaped leader's number: our session had died out, and this one belongs to somebody else.
    if (this.#leaderReaped && table.some((entry) => entry.pid === this.leader)) return [];
    return sessionMembers(this.leader, table);
  }

  #remember(table: readonly ProcessEntry[]): void {
    if (this.#leaderReaped && this.#members(table).length === 0) return;
    for (const entry of sessionEscapees(this.leader, table)) this.#escaped.set(entry.pid, entry);
  }
}

/** Windows has neither sessions nor TERM for console programs. UNTESTED. */
function endTreeOnWindows(pid: number): void {
  execFile("taskkill", ["/pid", String(pid), "/T", "/F"], { windowsHide: true }, () => {
    // its failure means the tree is gone; what is left shows as a missing exit
  });
}
