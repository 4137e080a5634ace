// Keeps symbolic links inside: a file is served only if its real path lies in the folder through which it was
// requested, or in one that the configuration lists under "links". A link to a hidden file is hidden too.
import { realpathSync, statSync } from "node:fs";
import { posix } from "node:path";
import { toDisplayText } from "../base/decode-text.js";
import { diskPath, unlessRefusedSync } from "../base/disk.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import { byteString, fromBytes, utf8 } from "../protocol/byte-string.js";
import { type Unserved, unservedPath } from "./deny-list.js";
import { routeMessage } from "./messages.js";

/** The real path, without links; null if it no longer exists. */
export const realPath = (path: ByteString): ByteString | null =>
  unlessRefusedSync(() => fromBytes(realpathSync.native(diskPath(path), { encoding: "buffer" })), null);

/** Whether two paths lead to the same file, by whatever spelling, symbolic or hard link. */
export function isSameFile(one: ByteString, other: ByteString): boolean {
  if (one === other) return true;
  const id = idOf(one);
  return id === null ? realPath(one) === realPath(other) : id === idOf(other);
}

function idOf(path: ByteString): string | null {
  const stats = unlessRefusedSync(() => statSync(diskPath(path), { bigint: true }), null);
  return stats === null || stats.ino === 0n ? null : `${stats.dev}:${stats.ino}`; // some file systems number no files
}

export class Containment {
  readonly #root: ByteString;
  /** Absolute paths, links not resolved: their targets may appear or change later. */
  readonly #allowed: readonly ByteString[];

  /** `root`: the workspace, without links. `links`: from the configuration, absolute or relative to the workspace. */
  constructor(root: string, links: readonly string[]) {
    this.#root = utf8(root);
    this.#allowed = links.map((link) => utf8(posix.resolve(root, link)));
  }

  /** Why `file`, reached from the folder `base` under the name `name`, is not served; null if it may be. */
  refusal(file: ByteString, base: ByteString, name: string): Message | null {
    const real = realPath(file);
    if (real === null) return routeMessage("removed-meanwhile", { name });
    const rest = this.#restOf(real, base);
    if (rest === null) return routeMessage("link-outside", { name, target: toDisplayText(real) });
    const hidden = rest === "" ? null : hiddenBehindLink(rest, real);
    return hidden && routeMessage(hidden, { name });
  }

  /** Whether a file with this real path, reached from the folder `base`, may be served. */
  permits(real: ByteString, base: ByteString): boolean {
    const rest = this.#restOf(real, base);
    return rest !== null && (rest === "" || hiddenBehindLink(rest, real) === null);
  }

  /** Whether an existing file or folder really lies in a permitted folder, hidden or not. */
  isInside(file: ByteString, base: ByteString): boolean {
    const real = realPath(file);
    return real !== null && this.#restOf(real, base) !== null;
  }

  /**
   * The real path below the first permitted folder that contains it; null if none does, or a link has taken the place
   * of the workspace.
   */
  #restOf(real: ByteString, base: ByteString): ByteString | null {
    if (realPath(this.#root) !== this.#root) return null;
    for (const folder of [base, ...this.#allowed]) {
      const realFolder = folder === this.#root ? folder : realPath(folder);
      const rest = realFolder === null ? null : pathWithin(real, realFolder);
      if (rest !== null) return rest;
    }
    return null;
  }
}

/** What is served at a URL path: a folder, or a file. */
export interface ServedPlace {
  /** The path without its final slash; "" for "/". */
  readonly prefix: ByteString;
  /** Absolute, without a final slash; "" is the root of the disk. */
  readonly at: ByteString;
}

/** The URL paths of the file that a link leads to; none if the file is no link. */
export function* pathsBehindLink(file: ByteString, places: readonly ServedPlace[]): Generator<ByteString> {
  const real = realPath(file);
  if (real === null || real === file) return;
  for (const { prefix, at } of places) {
    const base = realPath(at === "" ? byteString("/") : at);
    const rest = base === null ? null : pathWithin(real, base);
    if (rest !== null) yield rest === "" ? prefix : byteString(`${prefix}/${rest}`);
  }
}

/** The path of `file` below `folder`, without a leading slash; "" for the folder itself; null if it lies elsewhere. */
export function pathWithin(file: ByteString, folder: ByteString): ByteString | null {
  if (file === folder) return byteString("");
  const prefix = folder.endsWith("/") ? folder : `${folder}/`;
  return file.startsWith(prefix) ? byteString(file.slice(prefix.length)) : null;
}

/** `path`: of `real`, below a served folder. */
function hiddenBehindLink(path: ByteString, real: ByteString): Unserved | null {
  const why = unservedPath(path);
  // A folder may be named like a file that is not served.
  return why !== null && why !== "hidden-file" && isFolder(real) ? null : why;
}

const isFolder = (path: ByteString): boolean =>
  statSync(diskPath(path), { throwIfNoEntry: false })?.isDirectory() ?? false;
