// The folder's files for the explorer: breadth first, so that a truncated list lacks the deepest ones.
import { isUtf8 } from "node:buffer";
import type { Stats } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path/posix";
import { setImmediate as turn } from "node:timers/promises";
import { unlessRefused } from "../../base/disk.js";
import { maxListedDepth } from "../../contract/limits.js";
import type { FileEntry } from "../../contract/workspace.js";
import { utf8 } from "../../protocol/byte-string.js";
import { type Containment, realPath } from "../../routing/containment.js";
import type { Routing } from "../../routing/routing.js";

export const maxEntries = 10_000;
/** Entries examined in one turn, before other work continues. */
const entriesPerTurn = 64;

/** Names that are neither listed nor watched. */
export function isSkipped(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

/** An entry of the list, with an identity that distinguishes a folder from a later one of the same name. */
export interface Listed {
  readonly entry: FileEntry;
  /** With its permissions, which decide what can be listed in it. Null: unknown. */
  readonly identity: string | null;
  /** Its target may change without a change of this path. */
  readonly isLink: boolean;
}

export interface ListingOptions {
  /** Absolute, without links. */
  readonly root: string;
  readonly routing: Pick<Routing, "describe">;
  readonly containment: Containment;
  /** Called with a link until its target exists, and with a name that is not UTF-8: `shown` has its bytes. */
  readonly onLost?: (path: string, shown: string) => void;
}

interface Folder {
  /** In the workspace; "" is the workspace itself. */
  readonly path: string;
  /** Real paths of this folder and those above it: a link back to one of them is not followed. */
  readonly above: readonly string[];
}

/**
 * The entries of the folder `from` of the workspace and below it, at most `limit`. A name that is not valid UTF-8 has
 * no path in this contract: `onLost` is called with it. Requests can reach such a file.
 */
export async function listFiles(
  options: ListingOptions,
  limit = maxEntries,
  from = "",
): Promise<{ listed: Listed[]; truncated: boolean }> {
  const { root, containment } = options;
  const listed: Listed[] = [];
  const base = utf8(root);
  const top = enterable(options, from);
  const queue: Folder[] = top === null ? [] : [top];
  let isTooDeep = false;
  for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
    for await (const { path, stats, isLink } of statsOf(options, folder.path)) {
      if (listed.length === limit) return { listed, truncated: true };
      const entry = entryOf(options, path, stats);
      listed.push({ entry, identity: identityOf(stats), isLink });
      // each folder costs all those above it
      if (entry.kind === "folder" && depthOf(path) >= maxListedDepth) {
        isTooDeep = true;
        continue;
      }
      const real = entry.kind === "folder" ? realPath(utf8(`${root}/${path}`)) : null;
      if (real !== null && !folder.above.includes(real) && containment.isInside(utf8(`${root}/${path}`), base))
        queue.push({ path, above: [...folder.above, real] });
    }
  }
  return { listed, truncated: isTooDeep };
}

const depthOf = (path: string): number => path.split("/").length;

/** One path as the list has it; null if it does not exist, or is neither file nor folder. */
export async function listOne(options: ListingOptions, path: string): Promise<Listed | null> {
  const [stats, isLink] = await Promise.all([
    statOrNull(`${options.root}/${path}`),
    isLinkAt(`${options.root}/${path}`),
  ]);
  if (stats === null && isLink) options.onLost?.(path, path);
  return stats === null || !isListed(stats)
    ? null
    : { entry: entryOf(options, path, stats), identity: identityOf(stats), isLink };
}

function entryOf({ routing }: ListingOptions, path: string, stats: Stats): FileEntry {
  const kind = stats.isFile() ? "file" : "folder";
  return {
    path,
    kind,
    sizeBytes: stats.size,
    modifiedAt: stats.mtimeMs,
    executable: kind === "file" && (stats.mode & 0o111) !== 0,
    ...routing.describe(path, kind),
  };
}

/** The folder as the list enters it: null if it lies outside, or is one above it. */
function enterable({ root, containment }: ListingOptions, path: string): Folder | null {
  const above = [root];
  const names = path === "" ? [] : path.split("/");
  if (names.length > maxListedDepth) return null;
  for (const index of names.keys()) {
    const folder = utf8(`${root}/${names.slice(0, index + 1).join("/")}`);
    const real = realPath(folder);
    if (real === null || above.includes(real) || !containment.isInside(folder, utf8(root))) return null;
    above.push(real);
  }
  return { path, above };
}

/** Inode numbers are soon reused; if the system does not record birth times, the number alone is not enough. */
const identityOf = ({ ino, birthtimeMs, mode }: Stats): string | null =>
  birthtimeMs > 0 ? `${ino} ${birthtimeMs} ${mode}` : null;

const isListed = (stats: Stats): boolean => stats.isFile() || stats.isDirectory();

interface Found {
  readonly path: string;
  readonly stats: Stats;
  readonly isLink: boolean;
}

/** Files and folders in a folder, by name. */
async function* statsOf({ root, onLost }: ListingOptions, folder: string): AsyncGenerator<Found> {
  const names = await namesIn(`${root}/${folder}`);
  const at = (name: string): string => (folder === "" ? name : `${folder}/${name}`);
  for (let from = 0; from < names.length; from += entriesPerTurn) {
    const some = names.slice(from, from + entriesPerTurn);
    const all = await Promise.all(some.map(({ name }) => statOrNull(`${root}/${at(name)}`)));
    for (const [index, { name, shown, isLink }] of some.entries()) {
      const stats = (shown === name && all[index]) || null;
      if (shown !== name || (stats === null && isLink)) onLost?.(at(name), at(shown));
      if (stats !== null && isListed(stats)) yield { path: at(name), stats, isLink };
    }
    await turn();
  }
}

/** Tells the names that are not UTF-8 beside those of `paths`. */
export async function tellLost({ root, onLost }: ListingOptions, paths: Iterable<string>): Promise<void> {
  for (const folder of new Set([...paths].filter((path) => path.includes("\ufffd")).map(dirname)))
    for (const { name, shown } of await namesIn(`${root}/${folder}`))
      if (name !== shown) onLost?.(join(folder, name), join(folder, shown));
}

/** `shown` differs from `name` if that is not UTF-8. */
async function namesIn(folder: string): Promise<{ name: string; shown: string; isLink: boolean }[]> {
  // Removed meanwhile, or unreadable: it is listed, as empty.
  return (await unlessRefused(readdir(folder, { withFileTypes: true, encoding: "buffer" }), []))
    .map((one) => {
      const name = one.name.toString();
      return { name, shown: isUtf8(one.name) ? name : withEscapes(one.name), isLink: one.isSymbolicLink() };
    })
    .filter(({ name }) => !isSkipped(name))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The name in the form that bash reads between `$'` and `'`. */
const withEscapes = (name: Buffer): string =>
  name.toString("latin1").replace(/[^ -~]|[\\']/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);

const isLinkAt = async (path: string): Promise<boolean> =>
  (await unlessRefused(lstat(path), null))?.isSymbolicLink() ?? false;

/** Null: removed meanwhile, a link to a missing target, or a name that is not UTF-8. */
const statOrNull = (path: string): Promise<Stats | null> => unlessRefused(stat(path), null);
