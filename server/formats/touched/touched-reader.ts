// Collects what a run touched from the lines of strace, in bounded memory.
import type { ByteString } from "../../contract/bytes-text.js";
import { latin1 } from "../../protocol/byte-string.js";
import { absolute, pathCall } from "./calls.js";
import { Connections } from "./connections.js";
import type { Seen } from "./seen.js";
import { type ProcessEnd, StraceLines, type SystemCall } from "./strace-line.js";

/** Calls that count; a run with more of them is not watched to its end. */
const maxSeen = 40_000;
const maxProcesses = 2000;
/** Of a lock: a shorter wait is none. */
const minLockMs = 1;

export class TouchedReader {
  readonly seen: Seen[] = [];
  /** The script calls `ptrace` itself, which fails while strace watches it. */
  tracesItself = false;
  /** More came than is collected. */
  isFull = false;
  /** The first process has become the script. */
  hasBegun = false;
  /** Of the first process. */
  rootPid: number | null = null;
  readonly #lines = new StraceLines();
  readonly #connections = new Connections((call, did, name) => this.#add(call, did, latin1(name), null));
  readonly #folders = new Map<number, string>();
  readonly #programs = new Map<number, Seen>();
  readonly #parents = new Map<number, number>();
  readonly #folder: string;
  #lastAt = 0;

  /** `folder`: the current one, at first. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  read(line: string): void {
    const one = this.#lines.read(line);
    if (one === null) return;
    this.rootPid ??= one.pid;
    this.#lastAt = Math.max(this.#lastAt, one.at + (one.kind === "call" ? one.ms : 0));
    if (one.kind === "end") this.#ended(one);
    else this.#call(one);
  }

  end(): void {
    this.#connections.end(this.#lastAt);
    for (const program of this.#programs.values()) program.ms = this.#lastAt - program.at;
  }

  get processes(): readonly number[] {
    return [...this.#programs.keys(), ...this.#parents.keys()];
  }

  #call(call: SystemCall): void {
    const { name, pid, args, result, errno } = call;
    if (name === "ptrace") this.tracesItself ||= errno !== null;
    else if (/^(?:clone3?|v?fork)$/.test(name)) this.#forked(call);
    else if (!this.#connections.take(call)) {
      const path = pathCall(call);
      if (path === null || result === null || (path.did === "locked" && errno === null && call.ms < minLockMs)) return;
      // A link that is none, and attributes that a file system has not.
      if (errno === "EINVAL" || errno === "EOPNOTSUPP") return;
      const isRelative = !path.given.startsWith("/");
      const base = path.base ?? this.#folderOf(pid);
      const at = absolute(path.given, base);
      if (path.base !== null && args[0]?.startsWith("AT_FDCWD") === true) this.#folders.set(pid, base);
      const seen = this.#add(call, path.did, at, isRelative ? path.given : null, path.args);
      if (errno !== null) {
        // A copy that was to become another program ends as its failure: that is listed already.
        if (path.did === "started") this.#parents.delete(pid);
        return;
      }
      if (path.did === "entered") this.#folders.set(pid, at);
      if (path.did === "started") {
        this.hasBegun = true;
        const before = this.#programs.get(pid);
        if (before) before.ms = call.at - before.at;
        if (this.#programs.size < maxProcesses) this.#programs.set(pid, seen);
      }
    }
  }

  #forked({ pid, args, result }: SystemCall): void {
    if (result === null || result <= 0 || this.#parents.size >= maxProcesses) return;
    if (!args.join().includes("CLONE_THREAD")) this.#parents.set(result, pid);
  }

  #folderOf(pid: number | undefined): string {
    if (pid === undefined) return this.#folder;
    return this.#folders.get(pid) ?? this.#folderOf(this.#parents.get(pid));
  }

  #ended({ pid, at, exitCode, signal }: ProcessEnd): void {
    const own = this.#programs.get(pid);
    const isBad = signal !== null || (exitCode ?? 0) !== 0;
    const parent = this.#parents.get(pid);
    this.#programs.delete(pid);
    this.#folders.delete(pid);
    this.#parents.delete(pid);
    if (pid === this.rootPid) {
      if (own) own.ms = at - own.at; // how it ended is the trace's
      return;
    }
    // A copy of a process, without a program of its own: it counts only if it failed.
    const program = own ?? (isBad && parent !== undefined ? this.#copyOf(parent, at) : null);
    if (program === null) return;
    if (own) program.ms = at - program.at;
    program.exitCode = exitCode;
    program.signal = signal;
  }

  #copyOf(parent: number, at: number): Seen | null {
    const program = this.#programs.get(parent);
    if (!program) return null;
    return this.#add({ pid: parent, at, ms: 0, errno: null }, "started", program.name, null);
  }

  #add(
    { pid, at, ms, errno }: Pick<SystemCall, "pid" | "at" | "ms" | "errno">,
    did: Seen["did"],
    name: ByteString,
    given: ByteString | null,
    args: readonly ByteString[] | null = null,
  ): Seen {
    const none = { exitCode: null, signal: null, waitedMs: null, isOwn: false };
    const seen: Seen = { pid, at, ms, did, name, given, errno, args, ...none };
    if (this.seen.length < maxSeen) this.seen.push(seen);
    else this.isFull = true;
    return seen;
  }
}
