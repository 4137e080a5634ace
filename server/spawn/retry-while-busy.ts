// ETXTBSY: another process has the script open for writing, usually an editor that saves it. The start is tried again a
// few times before the error is reported.
import { setTimeout as delay } from "node:timers/promises";
import { StartError } from "./start.js";

const tries = 5;
const pauseMs = 5;

/** Repeats a call for up to 20 ms if it throws or rejects with a StartError of that code. */
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
