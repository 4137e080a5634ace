// From a URL path to a file: goes down folder by folder until a file ends the walk; what is left of the path is PATH_INFO
// (RFC 3875 §4.1.5). Folders answer with their index, or with the slash they lack.
import { lstatSync, readlinkSync, type Stats, statSync } from "node:fs";
import { toDisplayText } from "../base/decode-text.js";
import { diskPath, errorCode } from "../base/disk.js";
import type { ByteString } from "../contract/bytes-text.js";
import { byteString } from "../protocol/byte-string.js";
import { hiddenSegment } from "./deny-list.js";
import type { NoRoute } from "./route.js";
import { encodePath } from "./url-path.js";

/** A folder and where it appears among the URLs: "" is "/". */
export interface Mount {
  readonly prefix: ByteString;
  /** Absolute, without a final slash. */
  readonly folder: ByteString;
}
export interface FoundFile {
  readonly kind: "file";
  readonly file: ByteString;
  readonly scriptName: ByteString;
  readonly pathInfo: ByteString;
  readonly stats: Stats;
}

/** `path` begins with the mount's prefix, and has neither empty nor "." nor ".." segments: they were resolved with the target. */
export function resolvePath(
  mount: Mount,
  path: ByteString,
  query: ByteString,
  index: readonly ByteString[],
): FoundFile | NoRoute {
  const { prefix, folder } = mount;
  let end: number = prefix.length; // path[0, end) is a folder, and path[end] its slash, if it has one
  for (;;) {
    if (end === path.length) return addSlash(path, query);
    if (end === path.length - 1) return indexOf(byteString(folder + path.slice(prefix.length)), path, index);
    const slash = path.indexOf("/", end + 1);
    const stop = slash === -1 ? path.length : slash;
    const name = byteString(path.slice(end + 1, stop));
    if (name === "" || name === "." || name === "..") return none(path, 404, "the path has an empty or a dot segment");
    const hidden = hiddenSegment(name);
    if (hidden !== null) return none(path, 403, `${toDisplayText(name)}: ${hidden}`);
    const file = byteString(folder + path.slice(prefix.length, stop));
    const stats = statOf(file);
    if (!("isFile" in stats))
      return none(path, stats.status, `${toDisplayText(byteString(path.slice(0, stop)))} ${stats.why}`);
    if (stats.isFile())
      return {
        kind: "file",
        file,
        scriptName: byteString(path.slice(0, stop)),
        pathInfo: byteString(path.slice(stop)),
        stats,
      };
    if (!stats.isDirectory())
      return none(path, 403, `${toDisplayText(name)} is neither a file nor a folder, and is not served`);
    end = stop;
  }
}

/** A route that leads nowhere, with the reason. */
export function none(path: ByteString, status: number, why: string, location: ByteString | null = null): NoRoute {
  return { kind: "none", file: null, scriptName: path, pathInfo: byteString(""), status, why, location };
}

/** What is at a path, links followed, or what to answer when there is nothing to be had. */
export function statOf(file: ByteString): Stats | { readonly status: number; readonly why: string } {
  try {
    return statSync(diskPath(file), { throwIfNoEntry: false }) ?? { status: 404, why: missing(file) };
  } catch (error) {
    const code = errorCode(error);
    if (code === "") throw error;
    if (code === "EACCES" || code === "EPERM")
      return { status: 403, why: "lies in a folder that the workbench may not enter" };
    if (code === "ELOOP") return { status: 404, why: "is a link that leads in a circle" };
    if (code === "ENOTDIR" || code === "ENAMETOOLONG") return { status: 404, why: "does not exist" };
    return { status: 500, why: `cannot be looked at: ${code}` };
  }
}

function missing(file: ByteString): string {
  try {
    if (lstatSync(diskPath(file), { throwIfNoEntry: false })?.isSymbolicLink())
      return `is a link to ${readlinkSync(diskPath(file))}, which does not exist`;
  } catch (error) {
    if (errorCode(error) === "") throw error; // otherwise it went away meanwhile: the plain sentence is right
  }
  return "does not exist";
}

/** A folder asked for without its slash: relative links in its index would be wrong. */
function addSlash(path: ByteString, query: ByteString): NoRoute {
  const location = byteString(`${encodePath(path)}/${query === "" ? "" : `?${query}`}`);
  return none(path, 301, `${toDisplayText(path)} is a folder: its address ends in a slash`, location);
}

/** `folder` and `path` end in a slash. */
function indexOf(folder: ByteString, path: ByteString, index: readonly ByteString[]): FoundFile | NoRoute {
  for (const name of index) {
    const file = byteString(folder + name);
    const stats = statOf(file);
    if ("isFile" in stats && stats.isFile())
      return { kind: "file", file, scriptName: byteString(path + name), pathInfo: byteString(""), stats };
  }
  const names = index.length === 0 ? "none is configured" : `looked for ${index.map(toDisplayText).join(", ")}`;
  return none(path, 404, `the folder ${toDisplayText(path)} has no index file: ${names}`);
}
