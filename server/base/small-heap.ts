// Keeps the process small under load. V8 lets the heap grow to four times what is in use before it collects the old part of it, on a
// machine with much memory; clients that send without end would make that several hundred MiB of garbage.
import { setFlagsFromString } from "node:v8";

/**
 * The heap may grow by this share of what is in use before it is collected, percent. At 120 % and
 * below, collections cost up to a tenth of the FastCGI rate.
 */
const growthPercent = 200;

/** For the process of a server, before it serves. Electron's processes have flags of their own, which may not be changed any more. */
export function keepHeapSmall(): void {
  if (process.versions["electron"] === undefined) setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
}
