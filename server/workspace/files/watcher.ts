// Watches the folder for changes from outside, and reports them in batches. Limited like the file list: if the folder
// has more entries, or the system has no watches left, that is a problem to show, and everything else works.
import { statSync } from "node:fs";
import { relative, sep } from "node:path";
import { watch } from "chokidar";
import { errorCode } from "../../base/disk.js";
import { configFileName } from "../../contract/config.js";
import type { Problem } from "../../contract/workspace.js";
import { isSkipped, maxEntries } from "./file-list.js";

/** Changes within this time are reported together, ms. */
const batchMs = 40;
/** More changed paths than this are reported as "many". */
const maxPaths = 500;
const maxDepth = 32;

export interface WatcherEvents {
  /** Changed paths in the workspace, `/`-separated; null: many, or unknown. */
  changed(paths: readonly string[] | null): void;
  problem(problem: Problem): void;
}
export interface Watcher {
  /** Everything is being watched. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

export function watchFolder(root: string, events: WatcherEvents): Watcher {
  const watched = new Set<string>();
  let isLimited = false;
  const ignored = (path: string): boolean => {
    const inside = relative(root, path);
    if (inside === "" || inside === configFileName) return false;
    if (inside.split(sep).some(isSkipped)) return true;
    if (watched.has(path)) return false;
    if (watched.size >= maxEntries) {
      if (!isLimited) events.problem(limited);
      isLimited = true;
      return true;
    }
    watched.add(path);
    return false;
  };

  const batch = new Batch((paths) => events.changed(paths));
  const watcher = watch(root, {
    ignored,
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    depth: maxDepth,
  });
  watcher.on("all", (event, path) => {
    if (event === "unlink" || event === "unlinkDir") watched.delete(path);
    batch.add(relative(root, path).split(sep).join("/"));
  });
  // chokidar does not report a new mode if the file was read since it was written; the system's own event does come.
  // It also skips a change within milliseconds of another, so a file that was read between truncation and writing could stay unread: a
  // configuration must not be lost that way.
  watcher.on("raw", (event, name, details) => {
    const path = watchedPath(details);
    if (
      path !== null &&
      (name === configFileName ? relative(root, path) === "" : relative(root, path) === configFileName)
    )
      batch.add(configFileName);
    if (event === "change" && path !== null && hasNewMode(path)) batch.add(relative(root, path).split(sep).join("/"));
  });
  watcher.on("error", (error) => events.problem(watchProblem(error)));
  const ready = new Promise<void>((resolve) => {
    watcher.on("ready", () => {
      batch.add(null); // changes during the first scan were not reported
      resolve();
    });
  });
  return {
    ready,
    close: () => {
      batch.close();
      return watcher.close();
    },
  };
}

/** The file or folder of a raw event's watch. */
function watchedPath(details: unknown): string | null {
  if (typeof details !== "object" || details === null || !("watchedPath" in details)) return null;
  return typeof details.watchedPath === "string" ? details.watchedPath : null;
}

/** Whether its last change was not of its content, but of permissions, owner or name. */
function hasNewMode(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.ctimeMs > stats.mtimeMs;
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
    const paths = this.#many ? null : [...this.#paths];
    this.#paths = new Set();
    this.#many = false;
    this.#timer = null;
    this.#tell(paths);
  }
}

const limited: Problem = {
  code: "watch-limit",
  message: `The folder has more than ${maxEntries} files and folders. The workbench does not notice changes to the rest.`,
  fix: "Open a smaller folder.",
  data: { maxEntries },
};

function watchProblem(error: unknown): Problem {
  const code = errorCode(error);
  const isFull = code === "ENOSPC" || code === "EMFILE";
  return {
    code: "watch",
    message: `The workbench may miss changes in the folder: ${isFull ? "the system has no file watches left" : code || String(error)}.`,
    data: { errno: code === "" ? null : code },
    fix: isFull
      ? "Raise fs.inotify.max_user_watches and fs.inotify.max_user_instances, or close other programs that watch files."
      : null,
  };
}
