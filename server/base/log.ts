// The log of the workbench's own: a bounded list that readers pull, like the traces. The same note twice in a row is one entry
// that counts, so that a failure at full speed is a line and not a flood.
import { setTimeout as delay } from "node:timers/promises";
import { type LogEntry, maxLogEntries } from "../contract/log-contract.js";
import { Waiters } from "./waiters.js";

/** What is noticed; what is left out is null. */
export interface Note
  extends Pick<LogEntry, "level" | "about" | "message">,
    Partial<Pick<LogEntry, "fix" | "file" | "line" | "traceId">> {}

/** Entries within this time travel together. */
const batchMs = 60;

export class Log {
  /** In the order of `rev`. */
  readonly #entries: LogEntry[] = [];
  readonly #waiters = new Waiters();
  #rev = 0;
  #lastId = 0;
  /** The greatest `rev` that left. */
  #gone = 0;
  #goneCount = 0;

  write({ level, about, message, fix = null, file = null, line = null, traceId = null }: Note): void {
    const rev = ++this.#rev;
    const last = this.#entries.at(-1);
    const isRepeated =
      last?.message === message &&
      last.level === level &&
      last.about === about &&
      last.file === file &&
      last.line === line;
    const [id, times] = isRepeated ? [last.id, last.times + 1] : [++this.#lastId, 1];
    if (isRepeated) this.#entries.pop();
    this.#entries.push({ id, rev, at: Date.now(), level, about, message, fix, times, file, line, traceId });
    if (this.#entries.length > maxLogEntries) {
      this.#gone = this.#entries.shift()?.rev ?? this.#gone;
      this.#goneCount++;
    }
    this.#waiters.wake();
  }

  /** A bug of ours: the stack goes to stderr, its first line into the log. */
  fault(what: string, error: unknown): void {
    console.error(what, error);
    this.write({
      level: "error",
      about: "workbench",
      message: `${what} ${error instanceof Error ? error.message : String(error)}`,
      fix: "This is a mistake in CGI Workbench. The terminal it was started from has the details.",
    });
  }

  /**
   * Entries above `since`, once there are any. `missed`: so many above it, at most, had left the log already; one that had come again may be
   * counted each time. Rejects when the signal aborts first.
   */
  async next(since: number, signal: AbortSignal): Promise<{ entries: LogEntry[]; next: number; missed: number }> {
    const behind = since > this.#rev ? 0 : since; // a number of the future belongs to another server: begin again
    if (this.#rev <= behind) {
      await this.#waiters.wait(signal);
      await delay(batchMs, undefined, { signal });
    }
    return {
      entries: this.#entries.filter(({ rev }) => rev > behind),
      next: this.#rev,
      missed: Math.min(this.#goneCount, Math.max(0, this.#gone - behind)),
    };
  }
}
