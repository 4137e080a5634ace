// Lets the collector run now: what was just dropped would stay in memory until as much again is allocated.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Stops this thread for a full collection, some 100 ms, as soon as it has nothing else to do. */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect({ execution: "async" });
}
