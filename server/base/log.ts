// The workbench's own log: a bounded list that readers pull, like the traces. Repeats of the last note are one entry
// with a count, so that a failure under load is one line.
import { setTimeout as delay } from "node:timers/promises";
import { type LogEntry, maxLogEntries } from "../contract/log-contract.js";
import { type Message, messageKey } from "../contract/message.js";
import type { ProblemMessage } from "../contract/problem.js";
import { errorText } from "./error-text.js";
import { faultMessage } from "./messages.js";
import { Waiters } from "./waiters.js";

/** A note; optional parts may be missing. */
export type Note = Pick<LogEntry, "level" | "about" | "code" | "message"> & {
  readonly [Part in "fix" | "file" | "line" | "traceId"]?: LogEntry[Part] | undefined;
} & { readonly data?: Message["data"] | undefined };

export const noteOf = (level: Note["level"], about: Note["about"], { text, ...rest }: ProblemMessage): Note => ({
  level,
  about,
  message: text,
  ...rest,
});

interface LogEntries {
  readonly entries: LogEntry[];
  /** `since` of the next call. */
  readonly next: number;
  /** At most so many entries were evicted before; a repeated one may count more than once. */
  readonly missed: number;
}

/** Entries within this time are delivered together. */
const batchMs = 60;

export class Log {
  /** In the order of `rev`. */
  readonly #entries: LogEntry[] = [];
  readonly #waiters = new Waiters();
  #rev = 0;
  #lastId = 0;
  #lastKey = "";
  /** The greatest `rev` among the entries that were evicted. */
  #gone = 0;
  #goneCount = 0;

  write(note: Note): void {
    const { level, about, code, data = null, message, fix = null, file = null, line = null, traceId = null } = note;
    const rev = ++this.#rev;
    const key = JSON.stringify([messageKey({ code, data, text: message }), level, about, file, line]);
    const last = key === this.#lastKey ? this.#entries.pop() : undefined;
    this.#lastKey = key;
    const { id, times } = last ? { ...last, times: last.times + 1 } : { id: ++this.#lastId, times: 1 };
    this.#entries.push({ id, rev, at: Date.now(), level, about, code, message, fix, times, file, line, traceId });
    if (this.#entries.length > maxLogEntries) {
      this.#gone = this.#entries.shift()?.rev ?? this.#gone;
      this.#goneCount++;
    }
    this.#waiters.wake();
  }

  /** Logs a bug: the stack goes to stderr, its first line into the log. */
  fault(what: string, error: unknown): void {
    console.error(what, error);
    const why = errorText(error);
    this.write(noteOf("error", "workbench", faultMessage("fault", { what, why })));
  }

  /** Entries above `since`, once there are any. @throws the signal's reason when it aborts first */
  async next(since: number, signal: AbortSignal): Promise<LogEntries> {
    // a revision above ours is from another server process: start from the beginning
    const behind = since > this.#rev ? 0 : since;
    if (this.#rev <= behind) {
      await this.#waiters.wait(signal);
      await delay(batchMs, undefined, { signal });
    }
    return this.after(behind);
  }

  /** Entries above `since` so far. */
  after(since: number): LogEntries {
    return {
      entries: this.#entries.filter(({ rev }) => rev > since),
      next: this.#rev,
      missed: Math.min(this.#goneCount, Math.max(0, this.#gone - since)),
    };
  }
}
