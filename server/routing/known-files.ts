// What is known of the files that were requested before, by their URL: a stat decides whether it still holds.
import type { Stats } from "node:fs";
import type { ByteString } from "../contract/bytes-text.js";
import type { Mode } from "../contract/modes.js";
import { latin1 } from "../protocol/byte-string.js";
import type { MatchableRoute } from "./configured-routes.js";
import { sameFile } from "./file-facts.js";
import type { Handler } from "./handlers.js";
import { statOf } from "./resolve-path.js";
import type { WorkerSettings } from "./route.js";
import type { Row } from "./table.js";
import type { Variables } from "./variables.js";

/** The oldest is forgotten first. */
const maxKnown = 4096;

/** Everything about a file at its URL, whatever follows it in the path. */
export interface KnownFile {
  readonly file: ByteString;
  /** The folder through which it was reached; null: a route names the file. */
  readonly base: ByteString | null;
  readonly scriptName: ByteString;
  readonly stats: Stats;
  readonly row: Row;
  readonly hash: string | null;
  /** Its first line, if that begins with "#!"; else empty. */
  readonly firstLine: ByteString;
  readonly handler: Handler | null;
  /** The URL path of the script that gets the file; null: it is sent, or run itself. */
  readonly action: ByteString | null;
  readonly mode: Mode;
  readonly workers: WorkerSettings;
  readonly variables: Variables;
  readonly passAuthorization: boolean;
}

export class KnownFiles {
  /** In the order of insertion. */
  readonly #files = new Map<string, KnownFile>();
  /** Length of the longest name so far. */
  #longest = 0;

  /** The file of a path, if it has not changed. `from`: the shortest possible length of its name. */
  find(path: ByteString, from: number, route: MatchableRoute | null): KnownFile | null {
    for (let stop: number = from; stop !== -1; ) {
      stop = stop >= path.length ? path.length : path.indexOf("/", stop);
      const name = stop === -1 ? path : latin1(path.slice(0, stop));
      if (name.length > this.#longest) return null; // a path may have thousands of segments
      const key = keyOf(name, route);
      const known = this.#files.get(key);
      if (known !== undefined) {
        const stats = statOf(known.file);
        if ("isFile" in stats && sameFile(stats, known.stats)) return known;
        this.#files.delete(key);
        return null;
      }
      if (stop === -1 || stop === path.length) return null;
      stop += 1;
    }
    return null;
  }

  keep(known: KnownFile, route: MatchableRoute | null): void {
    if (this.#files.size >= maxKnown) {
      for (const oldest of this.#files.keys()) {
        this.#files.delete(oldest);
        break;
      }
    }
    this.#longest = Math.max(this.#longest, known.scriptName.length);
    this.#files.set(keyOf(known.scriptName, route), known);
  }
}

/**
 * A file gets its settings from the route that covers the whole path, and `/x.py/admin` may be under another
 * than `/x.py`.
 */
const keyOf = (scriptName: ByteString, route: MatchableRoute | null): string =>
  route === null ? scriptName : `${scriptName}\0${route.prefix}`;
