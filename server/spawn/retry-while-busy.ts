// ETXTBSY: somebody has the script open for writing, mostly an editor that is just saving it. Worth a few more tries before it is reported.
import { setTimeout as delay } from "node:timers/promises";
import { StartError } from "./start.js";

const tries = 5;
const pauseMs = 5;

/** Tries again for up to 20 ms what throws or rejects with a StartError of that code. */
export async function retryWhileBusy<T>(start: () => T | Promise<T>): Promise<T> {
  for (let left = tries; ; ) {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof StartError) || error.code !== "ETXTBSY" || --left === 0) throw error;
      await delay(pauseMs);
    }
  }
}
