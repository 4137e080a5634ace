// The window's files for any number of clients, also those that do not read what they asked for: a file below assets/
// is in memory once, from its first request on. Its name holds a hash of its content, so it never changes.
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { type BundleFile, browserSecurityHeaders, bundlePath, isHashed, readBundleFile } from "./bundle-file.js";

export class SharedFiles {
  readonly #root: string;
  /** The files by real path: one that has several spellings is still one. */
  readonly #files = new Map<string, Promise<BundleFile | null>>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The file that a URL's path names; null when there is none. */
  async read(pathname: string): Promise<BundleFile | null> {
    const read = (): Promise<BundleFile | null> => readBundleFile(this.#root, pathname, browserSecurityHeaders);
    const path = bundlePath(pathname);
    if (path === null || !isHashed(path)) return read();
    const file = await realpath(join(this.#root, path)).catch(() => null); // reading it says why
    if (file === null) return read();
    const shared = this.#files.get(file) ?? read();
    this.#files.set(file, shared);
    const found = await shared.catch(() => null);
    if (found === null) this.#files.delete(file);
    return shared;
  }
}
