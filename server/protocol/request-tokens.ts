// A request's head cut into the pieces that became meta-variables, for the window to colour: the raw, percent-encoded target is
// laid over the decoded SCRIPT_NAME and PATH_INFO again. A target that does not line up with them is one piece, never a wrong guess.
import type { ByteString } from "../contract/bytes-text.js";
import { byteString } from "./byte-string.js";
import { headerVariableName } from "./header-variables.js";
import { normalPath } from "./path-segments.js";

export type RequestTokenKind =
  | "method"
  | "script-name"
  | "path-info"
  | "query"
  | "version"
  | "header-name"
  | "header-value"
  | "line-end"
  | "other";
export interface RequestToken {
  /** Offsets in the head, `from` < `to`; the pieces follow each other without gaps and cover the head. */
  readonly from: number;
  readonly to: number;
  readonly is: RequestTokenKind;
  /** The meta-variable these bytes become. Whether the script gets to see it is for the trace's environment to say. Both halves of a header line and what stands between them have the same. */
  readonly variable: string | null;
}

const requestLine = /^([^ \r\n]+)( +)([^ \r\n]+)(?:( +)(HTTP\/[^ \r\n]*))?/;
const headerLine = /^([^\s:]+)(:[ \t]*)(.*?)[ \t]*$/;

export function requestTokens(
  head: ByteString,
  route: { readonly scriptName: ByteString; readonly pathInfo: ByteString },
): RequestToken[] {
  const pieces: RequestToken[] = [];
  const add = (to: number, is: RequestTokenKind, variable: string | null = null): void => {
    const from = pieces.at(-1)?.to ?? 0;
    if (to > from) pieces.push({ from, to, is, variable });
  };
  let lineFrom = 0;
  while (lineFrom < head.length) {
    const lineFeed = head.indexOf("\n", lineFrom);
    const next = lineFeed < 0 ? head.length : lineFeed + 1;
    let lineTo = lineFeed < 0 ? head.length : lineFeed;
    if (lineTo > lineFrom && head[lineTo - 1] === "\r") lineTo--;
    const line = head.slice(lineFrom, lineTo);
    if (lineFrom === 0) addRequestLine(line, route, add);
    else addHeaderLine(line, lineFrom, add);
    add(lineTo, "other"); // what the grammar left over
    add(next, "line-end");
    lineFrom = next;
  }
  return pieces;
}

type Add = (to: number, is: RequestTokenKind, variable?: string | null) => void;

function addRequestLine(
  line: string,
  route: { readonly scriptName: ByteString; readonly pathInfo: ByteString },
  add: Add,
): void {
  const match = requestLine.exec(line);
  if (match === null) return;
  const [, method = "", space = "", target = "", gap = "", version = ""] = match;
  add(method.length, "method", "REQUEST_METHOD");
  const targetFrom = method.length + space.length;
  add(targetFrom, "other");
  addTarget(target, targetFrom, route, add);
  const versionFrom = targetFrom + target.length + gap.length;
  add(versionFrom, "other");
  add(versionFrom + version.length, "version", "SERVER_PROTOCOL");
}

function addTarget(
  target: string,
  at: number,
  route: { readonly scriptName: ByteString; readonly pathInfo: ByteString },
  add: Add,
): void {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i.exec(target)?.[0] ?? "";
  const question = target.indexOf("?", authority.length);
  const pathTo = question < 0 ? target.length : question;
  add(at + authority.length, "other", authority === "" ? null : "SERVER_NAME");
  const rawPath = byteString(target.slice(authority.length, pathTo));
  const boundary = scriptNameEnd(rawPath, route);
  if (boundary === null) add(at + pathTo, "other");
  else {
    add(at + authority.length + boundary, "script-name", "SCRIPT_NAME");
    add(at + pathTo, "path-info", "PATH_INFO");
  }
  if (question < 0) return;
  add(at + question + 1, "other");
  add(at + target.length, "query", "QUERY_STRING");
}

/** Where in the raw path the script's name ends; null when path and route do not line up. */
function scriptNameEnd(
  rawPath: ByteString,
  { scriptName, pathInfo }: { readonly scriptName: ByteString; readonly pathInfo: ByteString },
): number | null {
  const { path, segments } = normalPath(rawPath);
  if (path === scriptName + pathInfo && (pathInfo === "" || pathInfo.startsWith("/"))) {
    if (pathInfo === "") return rawPath.length;
    const names = scriptName.split("/").length - 1; // "/cgi-bin/a.py" has two, "" none
    return names === 0 ? 0 : (segments[names - 1]?.rawEnd ?? null);
  }
  // A folder that answered with its index: "/shop/" became "/shop/index.cgi".
  return pathInfo === "" && path.endsWith("/") && scriptName.startsWith(path) && !scriptName.includes("/", path.length)
    ? rawPath.length
    : null;
}

function addHeaderLine(line: string, at: number, add: Add): void {
  const match = headerLine.exec(line);
  if (match === null) return;
  const [, name = "", colon = "", value = ""] = match;
  const variable = variableOf(name);
  add(at + name.length, "header-name", variable);
  add(at + name.length + colon.length, "other", variable);
  add(at + name.length + colon.length + value.length, "header-value", variable);
}

/** RFC 3875 §4.1.2, §4.1.3, §4.1.18; `Proxy` becomes none (see header-variables). */
function variableOf(header: string): string | null {
  const lower = header.toLowerCase();
  if (lower === "content-type") return "CONTENT_TYPE";
  if (lower === "content-length") return "CONTENT_LENGTH";
  return lower === "proxy" ? null : headerVariableName(header);
}
