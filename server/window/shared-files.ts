// The window's files while responses hold them: each file is in memory once, however many clients ask for it and do not
// read their responses.
import type { ServerResponse } from "node:http";
import { type BundleFile, browserSecurityHeaders, bundlePath, readBundleFile } from "./bundle-file.js";

interface Shared {
  readonly file: Promise<BundleFile | null>;
  responses: number;
}

export class SharedFiles {
  readonly #root: string;
  /** By path below the folder. */
  readonly #shared = new Map<string, Shared>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The file that a URL's path names, kept until the last response with it is over; null when there is none. */
  read(pathname: string, response: ServerResponse): Promise<BundleFile | null> {
    const path = bundlePath(pathname);
    if (path === null) return Promise.resolve(null);
    const shared = this.#shared.get(path) ?? {
      file: readBundleFile(this.#root, pathname, browserSecurityHeaders),
      responses: 0,
    };
    shared.responses++;
    this.#shared.set(path, shared);
    response.once("close", () => {
      if (--shared.responses === 0) this.#shared.delete(path);
    });
    return shared.file;
  }
}
