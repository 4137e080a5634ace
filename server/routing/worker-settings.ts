// How many worker processes an application gets and when they are replaced: the configuration, and the defaults.
import { posix } from "node:path";
import type { PoolOptions } from "../contract/config.js";
import { utf8 } from "../protocol/byte-string.js";
import type { GatewayPolicy } from "../protocol/policy.js";
import type { WorkerSettings } from "./route.js";

/**
 * Two, so that a slow request does not hold up the next, and that state which processes do not share becomes visible.
 */
export const defaultWorkers: WorkerSettings = {
  count: 2,
  requests: null,
  always: false,
  watch: [],
  agent: {},
  searchWords: "pass",
};

/** The first source with a value wins. `root`: for relative paths. */
export function workerSettings(
  root: string,
  { searchWords }: Pick<GatewayPolicy, "searchWords">,
  ...sources: (PoolOptions | undefined)[]
): WorkerSettings {
  const said = <K extends keyof PoolOptions>(key: K) => sources.find((source) => source?.[key] !== undefined)?.[key];
  return {
    count: said("workers") ?? defaultWorkers.count,
    requests: said("requests") ?? null,
    always: said("start") === "always",
    watch: (said("watch") ?? []).map((path) => utf8(posix.resolve(root, path))),
    agent: {
      preload: said("preload"),
      modules: said("modules"),
      globals: said("globals"),
      growMiB: said("growMiB"),
      spare: said("spare"),
    },
    searchWords,
  };
}
