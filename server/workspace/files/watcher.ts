// Watches the folder for changes from outside, and reports them in batches. Limited like the file list: if the folder
// has more entries, or the system has no watches left, that is a problem to show, and everything else works.
import { join, relative, sep } from "node:path";
import { watch } from "chokidar";
import { errorCode } from "../../base/disk.js";
import { configFileName, htaccessName } from "../../contract/config.js";
import { maxListedDepth } from "../../contract/limits.js";
import { toProblem } from "../../contract/problem.js";
import type { Problem } from "../../contract/workspace.js";
import { isSkipped, maxEntries } from "./file-list.js";
import { watchMessage } from "./messages.js";
import { hasTwoSpellings } from "./spelling.js";

/** Changes within this time are reported together, ms. */
const batchMs = 40;
/** More changed paths than this are reported as "many". */
const maxPaths = 500;

interface WatcherEvents {
  /**
   * Changed paths in the workspace, `/`-separated; null: many, or unknown. Resolves when that has been dealt with, and
   * never rejects.
   */
  changed(paths: readonly string[] | null): Promise<void>;
  problem(problem: Problem): void;
  /** The folder is not at its path, if only for a moment: a watch does not find it again by itself. */
  lost(): void;
}
export interface Watcher {
  /** Everything is being watched, and what had changed before is known. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

export function watchFolder(root: string, events: WatcherEvents): Watcher {
  const watched = new Set<string>();
  let isLimited = false;
  const ignored = (path: string): boolean => {
    const inside = relative(root, path);
    if (inside === "" || inside === configFileName) return false;
    const names = inside.split(sep);
    if (names.at(-1) === htaccessName) names.pop();
    if (names.some(isSkipped)) return true;
    if (watched.has(path)) return false;
    if (watched.size >= maxEntries) {
      if (!isLimited) events.problem(toProblem(watchMessage("watch-limit", { maxEntries })));
      isLimited = true;
      return true;
    }
    watched.add(path);
    return false;
  };

  const inWorkspace = (path: string): string => relative(root, path).split(sep).join("/");
  let isWatched = (): void => {};
  const ready = new Promise<void>((resolve) => {
    isWatched = resolve;
  });
  const batch = new Batch((paths) => void events.changed(paths).then(() => paths === null && isWatched()));
  const watcher = watch(root, {
    ignored,
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    depth: maxListedDepth,
  });
  watcher.on("all", (event, path) => {
    if (event === "unlink" || event === "unlinkDir") watched.delete(path);
    if (event === "unlinkDir" && path === root) events.lost();
    batch.add(inWorkspace(path));
  });
  // chokidar reports no new mode of a file that was read since it was written, skips a change within
  // milliseconds of another, and after a file was replaced looks at the one that is gone for a while. The
  // system's own event of the folder does come.
  watcher.on("raw", (_event, name, details) => {
    const path = pathOf(name, details);
    if (path === null) return;
    const inside = inWorkspace(path);
    if (watched.has(path) || inside === configFileName || inside.includes("\ufffd")) batch.add(inside);
  });
  watcher.on("error", (error) => events.problem(watchProblem(error)));
  watcher.on("ready", () => batch.add(null)); // changes during the first scan were not reported
  return {
    ready,
    close: () => {
      batch.close();
      isWatched(); // nobody waits for a watch that has ended
      return watcher.close();
    },
  };
}

/** What a raw event of a folder's watch is about; null for one that says nothing of it. */
function pathOf(name: unknown, details: unknown): string | null {
  if (typeof name !== "string" || typeof details !== "object" || details === null || !("watchedPath" in details))
    return null;
  return typeof details.watchedPath === "string" ? join(details.watchedPath, name) : null;
}

class Batch {
  #paths = new Set<string>();
  #many = false;
  #timer: NodeJS.Timeout | null = null;
  readonly #tell: (paths: readonly string[] | null) => void;

  constructor(tell: (paths: readonly string[] | null) => void) {
    this.#tell = tell;
  }

  add(path: string | null): void {
    if (path === null || this.#paths.size >= maxPaths) this.#many = true;
    else this.#paths.add(path);
    this.#timer ??= setTimeout(() => this.#flush(), batchMs);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #flush(): void {
    const paths = this.#many || hasTwoSpellings([...this.#paths]) ? null : [...this.#paths];
    this.#paths = new Set();
    this.#many = false;
    this.#timer = null;
    this.#tell(paths);
  }
}

function watchProblem(error: unknown): Problem {
  const errno = errorCode(error);
  if (errno === "ENOSPC" || errno === "EMFILE") return toProblem(watchMessage("no-watches-left", { errno }));
  const data = errno === "" ? { errno: null, systemText: String(error) } : { errno, systemText: null };
  return toProblem(watchMessage("watch", data));
}
