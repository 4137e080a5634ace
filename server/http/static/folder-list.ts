// A folder as a page: the files and folders in it that can be requested, folders first.

import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { toDisplayText } from "../../base/decode-text.js";
import { diskPath } from "../../base/disk.js";
import { escapeHtml } from "../../base/escape-html.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import type { StaticRoute } from "../../routing/route.js";
import { encodePath } from "../../routing/url-path.js";
import { htmlPage } from "../response/html-page.js";

/** Longer lists are cut, and say so. */
const maxListed = 2000;

const heading = '<tr><th align="left">Name</th><th class="number">Size</th><th class="number">Modified (UTC)</th></tr>';

interface Listed {
  readonly name: ByteString;
  readonly isFolder: boolean;
  readonly isLink: boolean;
}

/**
 * `folder` ends in a slash; `path` is its path in the URL, decoded; `lists`: of its route. @throws the system's error
 */
export async function folderPage(
  folder: ByteString,
  path: ByteString,
  lists: NonNullable<StaticRoute["lists"]>,
): Promise<Uint8Array> {
  const all = (await readdir(diskPath(folder), { withFileTypes: true, encoding: "buffer" }))
    .map(listed)
    .filter((entry) => lists(entry.name, entry))
    .sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || (a.name < b.name ? -1 : 1));
  const rows = await Promise.all(all.slice(0, maxListed).map((item) => row(folder, item)));
  const up = path === "/" ? "" : '<p><a href="../">Parent folder</a></p>\n';
  const rest = all.length > maxListed ? `\n<p>${all.length - maxListed} more are not listed.</p>` : "";
  const list = rows.length === 0 ? "<p>This folder is empty.</p>" : `<table>\n${heading}\n${rows.join("\n")}\n</table>`;
  return htmlPage(toDisplayText(path), `${up}${list}${rest}`);
}

const listed = (entry: Dirent<Buffer>): Listed => ({
  name: fromBytes(entry.name),
  isFolder: entry.isDirectory(),
  isLink: entry.isSymbolicLink(),
});

/** A link counts as what it leads to. What has gone meanwhile has no size. */
async function row(folder: ByteString, { name, isFolder }: Listed): Promise<string> {
  const stats = await stat(diskPath(byteString(folder + name))).catch(() => null);
  const end = (stats?.isDirectory() ?? isFolder) ? "/" : "";
  // "./": a name may contain a colon (RFC 3986 §4.2).
  const link = `<a href="./${escapeHtml(encodePath(name))}${end}">${escapeHtml(toDisplayText(name))}${end}</a>`;
  const size = stats === null || end !== "" ? "" : `${stats.size.toLocaleString("en")} B`;
  // Damaged archives leave times that no Date can hold.
  const hasTime = stats !== null && !Number.isNaN(stats.mtime.getTime());
  const time = hasTime ? stats.mtime.toISOString().slice(0, -8).replace("T", " ") : "";
  return `<tr><td>${link}</td><td class="number">${size}</td><td class="number">${time}</td></tr>`;
}
