// How many processes an application gets and when they are replaced: what the configuration says, and what holds without it.
import { posix } from "node:path";
import type { PoolOptions } from "../contract/config.js";
import { utf8 } from "../protocol/byte-string.js";
import type { WorkerSettings } from "./route.js";

/** Two, so that one slow request does not hold up the next, and that what is not shared between processes shows. */
export const defaultWorkers: WorkerSettings = { count: 2, requests: null, always: false, watch: [] };

/** Of several sources the first that says something counts. `root`: where relative paths begin. */
export function workerSettings(root: string, ...sources: (PoolOptions | undefined)[]): WorkerSettings {
  const said = <K extends keyof PoolOptions>(key: K) => sources.find((source) => source?.[key] !== undefined)?.[key];
  return {
    count: said("workers") ?? defaultWorkers.count,
    requests: said("requests") ?? null,
    always: said("start") === "always",
    watch: (said("watch") ?? []).map((path) => utf8(posix.resolve(root, path))),
  };
}
