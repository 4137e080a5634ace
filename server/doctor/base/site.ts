// The open folder, as far as its files can be told from paths.
import type { Config } from "../../contract/config.js";

/** A folder whose paths are its files. */
export interface Site {
  /** Absolute. */
  readonly root: string;
  /** Names of a folder's page; the first one that exists is served. */
  readonly index: readonly string[];
}

/** Null for a folder with routes: they may refuse a file, or serve it under another path. */
export const siteOf = (root: string, { routes, server }: Pick<Config, "routes" | "server">): Site | null =>
  routes.length > 0 ? null : { root, index: server.index };
