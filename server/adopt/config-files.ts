// The files of another server's configuration, which may be hostile: only regular files in permitted folders, whatever
// links lead to, of a limited size and number.
import { statSync } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { posix } from "node:path";
import { RE2JS } from "re2js";
import { errorCode, isWithin, readBounded, unlessRefused } from "../base/disk.js";
import { systemReason } from "../base/error-text.js";
import type { Message } from "../contract/message.js";
import { adoptMessage } from "./messages.js";

const maxBytes = 1 << 20;
const maxFiles = 200;
const maxDepth = 16;
const maxNames = 2000;
/** Where systems keep the servers' own configurations: files below one of them may include any other there. */
const systemRoots = [
  "/etc/apache2",
  "/etc/lighttpd",
  "/etc/nginx",
  "/etc/httpd",
  "/usr/local/apache2",
  "/usr/local/etc/apache24",
];

type ReadFile = { readonly path: string; readonly text: string } | { readonly refusal: Message };

export class ConfigFiles {
  /** Absolute, without links. */
  readonly #folders: readonly string[];
  /** Each that was read, in that order. */
  readonly read: string[] = [];
  #count = 0;

  /** `folders`: absolute, without links. */
  constructor(folders: readonly string[]) {
    const system = systemRoots.filter((root) => folders[0] !== undefined && isWithin(folders[0], root));
    this.#folders = [...folders, ...system];
  }

  /** `within`: the files that include this one, the outermost first. */
  async open(path: string, within: readonly string[]): Promise<ReadFile> {
    if (within.length >= maxDepth || this.#count >= maxFiles) return { refusal: adoptMessage("too-many-files") };
    this.#count++;
    try {
      const real = await realpath(path);
      if (!this.#permits(real)) return { refusal: adoptMessage("include-outside", { path }) };
      if (within.includes(real)) return { refusal: adoptMessage("include-cycle", { path }) };
      const file = await readBounded(real, maxBytes);
      if (file.kind === "too-large") return { refusal: adoptMessage("include-too-large", { path }) };
      if (!this.read.includes(real)) this.read.push(real);
      return { path: real, text: file.bytes.toString("utf8").replace(/^\uFEFF/, "") };
    } catch (error) {
      return { refusal: adoptMessage("include-missing", { path, systemText: reasonOf(error) }) };
    }
  }

  #permits(real: string): boolean {
    return this.#folders.some((folder) => isWithin(real, folder));
  }

  /** The files of an absolute path with wildcards, sorted; of a folder, all that it holds. */
  async matching(pattern: string): Promise<readonly string[]> {
    let found: readonly string[] = ["/"];
    for (const segment of pattern.split("/").filter((part) => part !== "")) {
      const next: string[] = [];
      for (const folder of found) {
        if (!/[*?]/.test(segment)) next.push(posix.join(folder, segment));
        else next.push(...(await this.#names(folder, segment)));
      }
      found = next.slice(0, maxNames);
    }
    const files = await Promise.all(found.map((path) => this.#names(path, "*")));
    return files.flatMap((inside, index) => (inside.length > 0 ? inside : (found[index] ?? []))).slice(0, maxNames);
  }

  /** Paths in the folder; none if it is no folder, or not a permitted one. */
  async #names(folder: string, segment: string): Promise<string[]> {
    const pattern = wildcards(segment);
    const real = await unlessRefused(realpath(folder), null);
    if (real === null || !this.#permits(real)) return [];
    const names = await unlessRefused(readdir(real), []); // of a file none: whoever reads it says so
    const shown = names.filter((name) => pattern.matches(name) && (segment.startsWith(".") || !name.startsWith(".")));
    return shown
      .toSorted()
      .slice(0, maxNames)
      .map((name) => posix.join(folder, name));
  }
}

function wildcards(segment: string): RE2JS {
  const body = segment.replace(/\*|\?|[^*?]+/g, (token) =>
    token === "*" ? ".*" : token === "?" ? "." : RE2JS.quote(token),
  );
  return RE2JS.compile(body, RE2JS.DOTALL);
}

const reasonOf = (error: unknown): string => {
  if (errorCode(error) === "") throw error;
  return errorCode(error) === "NOT_REGULAR" ? "it is not a regular file" : systemReason(error);
};

/** What lies there now, and nothing more of it; null: nothing that could be named. */
export function kindAt(path: string): "file" | "other" | null {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? null : stats.isFile() ? "file" : "other";
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return null;
  }
}
