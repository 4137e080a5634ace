// ETXTBSY: somebody has the script open for writing, mostly an editor that is just saving it. Worth a few more tries before it is reported.
import { errno } from "./errno.js";

const tries = 5;
const pauseMs = 5;
const cell = new Int32Array(new SharedArrayBuffer(4));

/** `start` returns an error number, 0 for none. Blocks up to 20 ms: a start is one step, and this is rare. */
export function retryWhileBusy(start: () => number): number {
  for (let left = tries; ; ) {
    const number = start();
    if (number !== errno.ETXTBSY || --left === 0) return number;
    Atomics.wait(cell, 0, 0, pauseMs);
  }
}
