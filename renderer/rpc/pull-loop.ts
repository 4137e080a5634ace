// Long polls: the server responds as soon as there is something new, and the window asks again. One loop for all of
// them.
import { delay } from "./delay.js";
import { isConnectionLost } from "./problem.js";

/** Before it is tried again after a failure, ms. */
const retryMs = 500;

/**
 * Runs `pull` again and again until the signal aborts. A failure is written to the console as that of `what`
 * ("The log"); a lost connection is not, since the window reports it.
 */
export async function pullLoop(
  what: string,
  pull: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted)
    try {
      await pull(signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!isConnectionLost(error)) console.error(`${what} could not be read; trying again.`, error);
      await delay(retryMs, signal);
    }
}
