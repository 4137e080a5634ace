// The incremental list of files: an update costs as much as the change, for the server and for clients with an earlier
// version. If the change is not certain (another configuration, many files, an incomplete list), the list is made
// again.

import { SerialQueue } from "../../base/serial-queue.js";
import { listOrder } from "../../contract/file-order.js";
import { maxListedDepth } from "../../contract/limits.js";
import type { FileEntry } from "../../contract/workspace.js";
import { isSkipped, type Listed, type ListingOptions, listFiles, listOne, maxEntries, tellLost } from "./file-list.js";

/** More changes than this are sent as a whole list. */
const maxTouched = 2000;

interface FileIndexOptions {
  /** Both belong to the active configuration. */
  readonly listing: () => ListingOptions;
}

/** `version` identifies this state in the next call. */
export type FileAnswer =
  | { readonly kind: "all"; readonly version: string; readonly entries: FileEntry[]; readonly truncated: boolean }
  | { readonly kind: "some"; readonly version: string; readonly entries: FileEntry[]; readonly removed: string[] };

export class FileIndex {
  readonly #listing: () => ListingOptions;
  readonly #known = new Map<string, Listed>();
  /** Paths of what is not listed, by what is shown for them: links without a target, and names that are not UTF-8. */
  readonly #lost = new Map<string, string>();
  /** What may have changed since; null: everything. */
  #stale: Set<string> | null = null;
  #truncated = false;
  #version = 0;
  /** The version in which a path changed or was removed, for versions since `#from`. */
  readonly #touched = new Map<string, number>();
  #from = 0;
  readonly #id = crypto.randomUUID();
  readonly #updates = new SerialQueue();

  constructor({ listing }: FileIndexOptions) {
    this.#listing = () => ({ ...listing(), onLost: (path, shown) => this.#lost.set(shown, path) });
  }

  /** With their paths, and the bytes that are not UTF-8 as `\xfc`. */
  get namesNotUtf8(): readonly string[] {
    return [...this.#lost].flatMap(([shown, path]) => (shown === path ? [] : shown)).sort();
  }

  /** Paths in the workspace that changed; null: many, or unknown. */
  changed(paths: readonly string[] | null): void {
    for (const path of paths ?? []) this.#stale?.add(path);
    const isTooMuch = this.#stale !== null && this.#stale.size > maxTouched; // there may be no call for a long time
    if (paths === null || this.#truncated || isTooMuch) this.#stale = null;
  }

  /** The current list, without relying on reported changes. */
  async all(): Promise<FileAnswer & { kind: "all" }> {
    this.#stale = null;
    await this.#update();
    return this.#all();
  }

  /** The changes since an earlier `version`; the whole list if they are unknown. */
  async since(version: string): Promise<FileAnswer> {
    await this.#update();
    const [id, number] = version.split(" ");
    const since = id === this.#id ? Number(number) : -1;
    if (since < this.#from || this.#truncated) return this.#all();
    const entries: FileEntry[] = [];
    const removed: string[] = [];
    for (const [path, at] of this.#touched) {
      if (at <= since) continue;
      const known = this.#known.get(path);
      if (known) entries.push(known.entry);
      else removed.push(path);
    }
    return { kind: "some", version: this.#name(), entries: entries.sort((a, b) => listOrder(a.path, b.path)), removed };
  }

  #all(): FileAnswer & { kind: "all" } {
    const entries = [...this.#known.values()].map(({ entry }) => entry).sort((a, b) => listOrder(a.path, b.path));
    return { kind: "all", version: this.#name(), entries, truncated: this.#truncated };
  }

  #name(): string {
    return `${this.#id} ${this.#version}`;
  }

  /** One update at a time; resolves when all changes reported before are in the list. */
  #update(): Promise<void> {
    return this.#updates.run(async () => {
      const stale = this.#stale;
      if (stale?.size === 0) return;
      this.#stale = new Set();
      this.#version += 1;
      try {
        if (stale === null) await this.#listAgain();
        else await this.#lookAt(stale);
      } catch (error) {
        this.#stale = null; // it is unknown how far that came
        throw error;
      }
    });
  }

  async #listAgain(): Promise<void> {
    this.#lost.clear();
    const { listed, truncated } = await listFiles(this.#listing());
    this.#known.clear();
    for (const one of listed) this.#known.set(one.entry.path, one);
    this.#truncated = truncated;
    this.#touched.clear();
    this.#from = this.#version;
  }

  /**
   * The paths, the folders above them (their times and indexes may have changed), and links, because their targets may
   * have changed.
   */
  async #lookAt(stale: ReadonlySet<string>): Promise<void> {
    const paths = new Set<string>();
    for (const path of stale) {
      const names = path === "" ? [] : path.split("/");
      const hidden = names.findIndex(isSkipped);
      const listed = Math.min(hidden === -1 ? names.length : hidden, maxListedDepth);
      for (let count = 1; count <= listed; count++) paths.add(names.slice(0, count).join("/"));
    }
    for (const [path, { isLink }] of this.#known) if (isLink) paths.add(path);
    for (const path of this.#lost.values()) paths.add(path);
    this.#lost.clear();
    await tellLost(this.#listing(), paths);
    for (const path of [...paths].sort(listOrder)) await this.#look(path, stale.has(path));
    if (this.#known.size > maxEntries) await this.#listAgain();
    else if (this.#touched.size > maxTouched) {
      this.#touched.clear();
      this.#from = this.#version;
    }
  }

  /** `isTold`: it was reported itself, not only a path below it. */
  async #look(path: string, isTold: boolean): Promise<void> {
    if (this.#isBehindLink(path)) return; // everything behind the link is read again
    const before = this.#known.get(path);
    const now = await listOne(this.#listing(), path);
    if (now === null || now.entry.kind === "file") this.#forgetBelow(path);
    if (now === null) {
      this.#forget(path);
      return;
    }
    this.#set(now);
    const isOne = now.identity === null ? !isTold : before?.identity === now.identity;
    const isSame = before?.entry.kind === "folder" && isOne && !now.isLink && !before.isLink;
    if (now.entry.kind === "folder" && !isSame) await this.#listBelow(path);
  }

  #isBehindLink(path: string): boolean {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
      if (this.#known.get(path.slice(0, end))?.isLink === true) return true;
    return false;
  }

  async #listBelow(folder: string): Promise<void> {
    const { listed } = await listFiles(this.#listing(), maxEntries + 1, folder);
    const now = new Set(listed.map(({ entry }) => entry.path));
    this.#forgetBelow(folder, now);
    for (const one of listed) this.#set(one);
  }

  #set(now: Listed): void {
    const { path } = now.entry;
    const before = this.#known.get(path);
    this.#known.set(path, now);
    if (before === undefined || !isAlike(before.entry, now.entry)) this.#touched.set(path, this.#version);
  }

  #forgetBelow(folder: string, kept: ReadonlySet<string> = new Set()): void {
    if (this.#known.get(folder)?.entry.kind !== "folder") return;
    for (const path of this.#known.keys()) if (path.startsWith(`${folder}/`) && !kept.has(path)) this.#forget(path);
  }

  #forget(path: string): void {
    if (this.#known.delete(path)) this.#touched.set(path, this.#version);
  }
}

const isAlike = (a: FileEntry, b: FileEntry): boolean =>
  a.kind === b.kind &&
  a.sizeBytes === b.sizeBytes &&
  a.modifiedAt === b.modifiedAt &&
  a.executable === b.executable &&
  a.mode === b.mode &&
  a.agent === b.agent &&
  a.target === b.target;
