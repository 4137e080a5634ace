// What a request for a path that leads nowhere probably meant: the nearest file of the folder, and the line of the page
// that links there.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import { unlessRefusedSync } from "../../base/disk.js";
import { utf8 } from "../../protocol/byte-string.js";
import { unservedPath } from "../../routing/deny-list.js";
import { encodePath } from "../../routing/url-path.js";
import type { Site } from "./site.js";

/** A link in a page, or in a script that prints one. */
export const pageLinks = /(\b(?:href|src|action)\s*=\s*\\?["']?)([^\s"'<>\\]+)/gi;

const maxFiles = 5000;
const maxDepth = 6;
const maxPageBytes = 256 << 10;

/** The path of the only file that is nearest to a URL's path, with a slash before it; null: none, or several. */
export function nearestPath(files: readonly string[], path: string): string | null {
  let best: { readonly paths: readonly string[]; readonly cost: number } = { paths: [], cost: Infinity };
  for (const found of files) {
    const cost = costOf(path.toLowerCase(), urlPath(found).toLowerCase());
    if (cost < best.cost) best = { paths: [found], cost };
    else if (cost === best.cost && cost < Infinity) best = { ...best, paths: [...best.paths, found] };
  }
  const [only, another] = best.paths;
  return only === undefined || another !== undefined ? null : `/${only}`;
}

/** The line of the page at `referer` that has a link to `path`; null where it is not known. */
export function linkingLine(
  { root, index }: Site,
  files: readonly string[],
  referer: URL,
  path: string,
): { path: string; line: number } | null {
  const pageAt = (shown: string): string | undefined =>
    files.find((file) => `${shown}/`.startsWith(`${urlPath(file)}/`));
  const shown = [referer.pathname, ...index.map((name) => `${referer.pathname}${encodePath(utf8(name))}`)];
  const page = referer.pathname.endsWith("/") ? shown.map(pageAt).find(Boolean) : pageAt(referer.pathname);
  if (page === undefined) return null;
  const file = posix.join(root, page);
  const text = unlessRefusedSync(() => (statSync(file).size > maxPageBytes ? "" : readFileSync(file, "latin1")), "");
  for (const { index, 2: link = "" } of text.matchAll(pageLinks))
    if (URL.canParse(link, referer) && new URL(link, referer).pathname === path)
      return { path: page, line: text.slice(0, index).split("\n").length };
  return null;
}

export const urlPath = (file: string): string => encodePath(utf8(`/${file}`));

/** Infinity: too far to be meant. */
function costOf(wanted: string, found: string): number {
  if (wanted === found) return 0;
  const name = posix.basename(wanted);
  const other = posix.basename(found);
  if (name === other) return 1;
  if (posix.dirname(wanted) !== posix.dirname(found)) return Infinity;
  if (posix.parse(name).name === posix.parse(other).name) return 2;
  const edits = editsBetween(name, other);
  return edits <= (name.length < 7 ? 1 : 2) ? 2 + edits : Infinity;
}

/** How many characters have to be changed, added or taken away; more than 2 are not counted. */
function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [nth, char] of a.split("").entries()) {
    const next = Array.from({ length: b.length + 1 }, () => Infinity);
    if (nth < 2) next[0] = nth + 1;
    for (let at = Math.max(0, nth - 2); at <= Math.min(b.length - 1, nth + 2); at++) {
      const changed = (row[at] ?? 0) + Number(char !== b[at]);
      next[at + 1] = Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1);
    }
    if (Math.min(...next) > 2) return Infinity;
    row = next;
  }
  return row[b.length] ?? Infinity;
}

/** The files that are served, the nearer ones first; their paths in the folder. */
export function* filesIn(root: string): Generator<string> {
  let count = 0;
  const folders = [{ path: "", depth: 0 }];
  for (const { path: folder, depth } of folders)
    for (const entry of unlessRefusedSync(() => readdirSync(posix.join(root, folder), { withFileTypes: true }), [])) {
      const path = posix.join(folder, entry.name);
      if (++count > maxFiles) return;
      if (entry.isDirectory() && depth < maxDepth && !/^(?:\.|node_modules$)/.test(entry.name))
        folders.push({ path, depth: depth + 1 });
      else if (entry.isFile() && unservedPath(utf8(path)) === null) yield path;
    }
}
