// Prints the log on standard error, one line per entry: mistakes in the configuration, requests that could not run,
// worker processes that died, and what those write between requests. The ready line has the address already.

import type { Log } from "../base/log.js";
import { writeWords } from "../base/terminal-text.js";
import type { LogEntry } from "../contract/log-contract.js";
import { problemText } from "../contract/problem.js";

/** Resolves when the signal has aborted, and what was in the log by then is printed. */
export async function printLog(log: Log, signal: AbortSignal): Promise<void> {
  for (let since = 0, isOver = false; !isOver; ) {
    const { entries, next, missed } = await log.next(since, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      isOver = true;
      return log.after(since);
    });
    if (missed > 0)
      writeWords(
        process.stderr,
        `(Up to ${missed} ${missed === 1 ? "line is" : "lines are"} missing here: the log grew faster than it could be printed.)\n`,
      );
    for (const entry of entries) if (isPrinted(entry)) writeWords(process.stderr, lineOf(entry));
    since = next;
  }
}

const isPrinted = ({ level, about }: LogEntry): boolean =>
  level !== "info" || about === "configuration" || about === "scripts";

const lineOf = ({ at, level, times, ...problem }: LogEntry): string =>
  `${new Date(at).toISOString()} ${level}: ${problemText(problem)}${times > 1 ? ` (${times} times)` : ""}\n`;
