// From a URL path to a file: descends folder by folder to the first file; the rest of the path is PATH_INFO
// (RFC 3875 §4.1.5). A folder leads to its index, or to a redirect that adds its slash.
import { lstatSync, readlinkSync, type Stats, statSync } from "node:fs";
import { toDisplayText } from "../base/decode-text.js";
import { diskPath, errorCode } from "../base/disk.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import { byteString } from "../protocol/byte-string.js";
import type { MatchableRoute } from "./configured-routes.js";
import { hiddenSegment } from "./deny-list.js";
import { routeMessage, type StatProblem } from "./messages.js";
import type { NoRoute } from "./route.js";
import { encodePath } from "./url-path.js";

/** A folder and the URL path at which it is served: "" is "/". */
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

/** `path` begins with the mount's prefix, and has no empty, "." or ".." segment: the target's parser resolved them. */
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
    if (name === "" || name === "." || name === "..") return none(path, 404, routeMessage("dot-segment"));
    const hidden = hiddenSegment(name, end === 0);
    if (hidden !== null) return none(path, 403, routeMessage(hidden, { name: toDisplayText(name) }));
    const file = byteString(folder + path.slice(prefix.length, stop));
    const stats = statOf(file);
    if (!("isFile" in stats))
      return none(path, stats.status, statMessage(toDisplayText(byteString(path.slice(0, stop))), stats.problem));
    if (stats.isFile())
      return {
        kind: "file",
        file,
        scriptName: byteString(path.slice(0, stop)),
        pathInfo: byteString(path.slice(stop)),
        stats,
      };
    if (!stats.isDirectory()) return none(path, 403, routeMessage("not-a-file", { name: toDisplayText(name) }));
    end = stop;
  }
}

/** The file that a route names, whatever follows the route in the path. */
export function routedFile(route: MatchableRoute, file: ByteString, path: ByteString): FoundFile | NoRoute {
  const stats = statOf(file);
  if (!("isFile" in stats) || !stats.isFile()) {
    const stat = "isFile" in stats ? ({ code: "not-a-file" } as const) : stats.problem;
    const target = stat.code === "broken-link" ? stat.target : null;
    const errno = stat.code === "stat-failed" ? stat.errno : null;
    return none(
      path,
      500,
      routeMessage("routed-file-unusable", {
        route: route.config.path,
        file: toDisplayText(file),
        problem: stat.code,
        target,
        errno,
      }),
    );
  }
  return { kind: "file", file, scriptName: route.prefix, pathInfo: byteString(path.slice(route.prefix.length)), stats };
}

/** A route without a file, with the reason. */
export function none(path: ByteString, status: number, why: Message, location: ByteString | null = null): NoRoute {
  return { kind: "none", file: null, scriptName: path, pathInfo: byteString(""), status, why, location };
}

/** The stat of a path, links followed, or the status and reason if there is none. */
export function statOf(file: ByteString): Stats | { readonly status: number; readonly problem: StatProblem } {
  try {
    return statSync(diskPath(file), { throwIfNoEntry: false }) ?? { status: 404, problem: missing(file) };
  } catch (error) {
    const code = errorCode(error);
    if (code === "") throw error;
    if (code === "EACCES" || code === "EPERM") return { status: 403, problem: { code: "not-searchable" } };
    if (code === "ELOOP") return { status: 404, problem: { code: "circular-link" } };
    if (code === "ENOTDIR" || code === "ENAMETOOLONG") return { status: 404, problem: { code: "not-found" } };
    return { status: 500, problem: { code: "stat-failed", errno: code } };
  }
}

function missing(file: ByteString): StatProblem {
  try {
    if (lstatSync(diskPath(file), { throwIfNoEntry: false })?.isSymbolicLink())
      return { code: "broken-link", target: readlinkSync(diskPath(file)) };
  } catch (error) {
    if (errorCode(error) === "") throw error; // otherwise it was removed meanwhile: the plain sentence is right
  }
  return { code: "not-found" };
}

function statMessage(path: string, problem: StatProblem): Message {
  switch (problem.code) {
    case "broken-link":
      return routeMessage("broken-link", { path, target: problem.target });
    case "stat-failed":
      return routeMessage("stat-failed", { path, errno: problem.errno });
    default:
      return routeMessage(problem.code, { path });
  }
}

/** A folder requested without its slash: relative links in its index would be wrong. */
function addSlash(path: ByteString, query: ByteString): NoRoute {
  const location = byteString(`${encodePath(path)}/${query === "" ? "" : `?${query}`}`);
  return none(path, 301, routeMessage("needs-slash", { path: toDisplayText(path) }), location);
}

/** `folder` and `path` end in a slash. */
function indexOf(folder: ByteString, path: ByteString, index: readonly ByteString[]): FoundFile | NoRoute {
  for (const name of index.filter((one) => !one.startsWith("/"))) {
    const file = byteString(folder + name);
    const stats = statOf(file);
    if ("isFile" in stats && stats.isFile())
      return { kind: "file", file, scriptName: byteString(path + name), pathInfo: byteString(""), stats };
  }
  return none(path, 404, routeMessage("no-index", { path: toDisplayText(path), names: index.map(toDisplayText) }));
}
