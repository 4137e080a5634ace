// The signals that end a command in good order: Ctrl+C, `kill`, and the end of its terminal.
import { constants } from "node:os";

export const endSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface Ending {
  /** Aborts at the first of them. */
  readonly signal: AbortSignal;
  /** The same. */
  readonly begun: Promise<void>;
  /** The exit code that a shell states after that signal; null: none has come. */
  exitCode(): number | null;
  /** From now on they end the process as usual, if none has come. */
  forget(): void;
}

/** Calls `work` with the signal; resolves with its exit code, or the one after a signal. */
export async function untilEndSignal(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const ending = endSignal();
  try {
    const exitCode = await work(ending.signal);
    return ending.exitCode() ?? exitCode;
  } catch (error) {
    const exitCode = ending.exitCode();
    if (exitCode === null) throw error;
    return exitCode;
  } finally {
    ending.forget();
  }
}

/**
 * A second Ctrl+C, or a second `kill`, ends the process as usual. Not SIGHUP, which comes twice: from the shell, and
 * when that exits. Programs that run several others send SIGTERM right after Ctrl+C.
 */
export function endSignal(): Ending {
  const ending = new AbortController();
  let exitCode: number | null = null;
  const end = (name: NodeJS.Signals): void => {
    exitCode ??= 128 + constants.signals[name];
    ending.abort();
    if (name !== "SIGHUP") process.off(name, end);
  };
  for (const name of endSignals) process.on(name, end);
  return {
    signal: ending.signal,
    begun: new Promise((resolve) => ending.signal.addEventListener("abort", () => resolve(), { once: true })),
    exitCode: () => exitCode,
    forget: () => {
      if (exitCode === null) for (const name of endSignals) process.off(name, end);
    },
  };
}
