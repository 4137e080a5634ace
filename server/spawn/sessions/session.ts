// One session: the script that leads it and whatever it started. Ending means TERM, then KILL to the rest, in all
// groups. The leader's number is certain until it is reaped; afterwards only while the session has members (the kernel
// reserves it).
import { execFile } from "node:child_process";
import { errorCode } from "../../base/disk.js";
import { type ProcessEntry, processTable, sessionEscapees, sessionMembers } from "./process-table.js";

type Ending = "SIGTERM" | "SIGKILL";

/** A process table of this age is good enough for signals and display: changes since are found by the next read. */
const recentMs = 20;
/**
 * KILL is repeated while processes are left (a process may fork at that moment), first after this time, then after
 * twice as long, and so on.
 */
const killAgainMs = 10;
const maxKillAgainMs = 1000;

/**
 * Whether the session that this process led has members, zombies included, in whatever groups. True also where that is
 * not known: the process table decides then.
 */
export type MayHaveMembers = (leader: number) => boolean;

/** Whether a process group has members, zombies included. Costs an exception if there is no such group. */
export const hasGroup = (group: number): boolean => signalProcess(-group, 0);

function signalProcess(pid: number, signal: Ending | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    // ESRCH: ended meanwhile. EPERM: a set-user-ID program, or zombies on macOS; it exists, but cannot be signalled.
    return errorCode(error) === "EPERM";
  }
}

export class Session {
  readonly leader: number;
  readonly #escaped = new Map<number, ProcessEntry>();
  /** performance.now(); null: the leader's exit has not been collected. */
  #reapedAt: number | null = null;
  #ending = false;
  #timer: NodeJS.Timeout | null = null;

  readonly #mayHaveMembers: MayHaveMembers;

  /** `leader`: a living child that called setsid. */
  constructor(leader: number, mayHaveMembers: MayHaveMembers) {
    this.leader = leader;
    this.#mayHaveMembers = mayHaveMembers;
  }

  /** The leader's exit has been collected. */
  leaderGone(): void {
    const reapedAt = performance.now();
    this.#reapedAt = reapedAt;
    if (!this.#timer) return;
    // after the others of this turn: one table for all
    setImmediate(() => this.#timer && !this.hasMembers(processTable(reapedAt)) && this.stop());
  }

  /**
   * One system call. False while the leader lives, the session may have members (uncollected zombies too) or an end is
   * in progress.
   */
  get isSurelyOver(): boolean {
    return this.#leaderReaped && this.#timer === null && !this.#mayHaveMembers(this.leader);
  }

  /** `table` null: unknown, which counts as alive. */
  hasMembers(table: readonly ProcessEntry[] | null): boolean {
    return table === null || this.#members(table).length > 0;
  }

  /** TERM now, KILL after `graceMs` until no process is left. Idempotent. */
  end(graceMs: number): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#signal("SIGTERM");
    this.#timer = setTimeout(() => this.#kill(killAgainMs), graceMs);
  }

  /** No process is left: another process may get the number now, so `end` does nothing. */
  stop(): void {
    this.#ending = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Processes that left the session, as "pid command": seen when it was ended or shown, and still alive. */
  escaped(): string[] {
    const table = this.#recentTable() ?? [];
    this.#remember(table);
    const alive = new Map(table.map((entry) => [entry.pid, entry]));
    return [...this.#escaped.values()].flatMap(({ pid, session }) => {
      const now = alive.get(pid);
      return now?.session === session ? [`${pid} ${now.command}`] : [];
    });
  }

  /** Processes that outlive the leader, in the session or outside, as "pid command". */
  survivors(): string[] {
    return [
      ...this.#members(this.#recentTable() ?? [])
        .filter(({ pid }) => pid !== this.leader)
        .map(({ pid, command }) => `${pid} ${command}`),
      ...this.escaped(),
    ];
  }

  get #leaderReaped(): boolean {
    return this.#reapedAt !== null;
  }

  /** Without the leader once it was reaped: another process that has its number would take its place. */
  #recentTable(): readonly ProcessEntry[] | null {
    return processTable(Math.max(performance.now() - recentMs, this.#reapedAt ?? 0));
  }

  /** Again after `againMs`, unless no process is left then. */
  #kill(againMs: number): void {
    this.#signal("SIGKILL");
    const signalledAt = performance.now();
    const again = (): void => {
      this.#timer = null;
      if (!this.#leaderReaped || this.hasMembers(processTable(signalledAt)))
        this.#kill(Math.min(againMs * 2, maxKillAgainMs));
    };
    this.#timer = setTimeout(again, againMs).unref(); // must not keep Node running for a process that cannot be killed
  }

  #signal(signal: Ending): void {
    if (process.platform === "win32") {
      if (!this.#leaderReaped) endTreeOnWindows(this.leader);
      return;
    }
    const table = this.#recentTable() ?? []; // unknown: its group now, the rest by a later KILL
    this.#remember(table);
    if (!this.#leaderReaped) signalProcess(-this.leader, signal);
    for (const member of this.#members(table))
      if (this.#leaderReaped || member.group !== this.leader) signalProcess(member.pid, signal);
  }

  #members(table: readonly ProcessEntry[]): readonly ProcessEntry[] {
    // A process with the reaped leader's number: our session has no members any more, and this is another one.
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
    // a failure means that the tree has ended; if not, the exit stays missing
  });
}
