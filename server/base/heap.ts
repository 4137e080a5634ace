// How V8 manages the heap of a server: with its defaults a process under load takes
// several hundred MiB, and a fifth more time.
import { setFlagsFromString } from "node:v8";

/**
 * The heap may grow by this share of what is in use before it is collected, percent. V8 lets it grow to four times that
 * on a machine with much memory. At 120 % and below, collections cost up to a tenth of the FastCGI rate.
 */
const growthPercent = 200;

/**
 * V8 moves what a place in the code allocates straight into the old part of the heap once most of it survived there for
 * a while, as it does while traces collect. What belongs to a request then dies late, and keeps what is younger: a
 * third of all that requests allocate outlived the young collections, against less than a hundredth without (measured
 * without traces). It cost a fifth of the processor time of a FastCGI request (`test/peers/where-time-goes.mjs`).
 */
const allocateYoung = "--no-allocation-site-pretenuring";

/**
 * For the process of a server, before it serves. Electron's processes have flags of
 * their own, which may not be changed any more.
 */
export function tuneHeap(): void {
  if (process.versions["electron"] !== undefined) return;
  setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
  setFlagsFromString(allocateYoung);
}

/** For a thread beside the requests: its young objects may take 8 MiB, not 48. */
export const threadHeap = { maxYoungGenerationSizeMb: 8 } as const;
