// A request's head cut into the pieces that became meta-variables, for the window to colour: the raw,
// percent-encoded target is laid over the decoded SCRIPT_NAME and PATH_INFO again. A target that does not line up
// with them is one piece, never a wrong guess.
import type { ByteString } from "../contract/bytes-text.js";
import { byteString } from "./byte-string.js";
import { headerVariableName } from "./header-variables.js";
import { type HeadPieceKind, type HeadPolicy, readHead } from "./http1/head-grammar.js";
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
  | "invalid"
  | "other";
interface RequestToken {
  /** Offsets in the head, `from` < `to`; the tokens follow each other without gaps and cover the head. */
  readonly from: number;
  readonly to: number;
  readonly is: RequestTokenKind;
  /**
   * The meta-variable these bytes become. Whether the script gets to see it is for the trace's environment to say. Both
   * halves of a header line and what stands between them have the same.
   */
  readonly variable: string | null;
}

/** What a head is read with for display: whatever a policy may allow. */
const lenient: HeadPolicy = { foldedRequestHeader: "join", bareLineFeed: "accept" };

/**
 * Tokens of a head, read with the server's own grammar. What it refuses is "invalid", and what follows that is "other".
 */
export function requestTokens(
  head: ByteString,
  route: { readonly scriptName: ByteString; readonly pathInfo: ByteString },
): RequestToken[] {
  const tokens: RequestToken[] = [];
  const add: Add = (to, is, variable = null) => {
    const from = tokens.at(-1)?.to ?? 0;
    if (to > from) tokens.push({ from, to, is, variable });
  };
  let variable: string | null = null;
  let hasAuthority = false;
  const result = readHead(head, lenient, (is, from, to) => {
    add(from, "other", is === "header-value" ? variable : null);
    if (is === "target") {
      hasAuthority = withAuthority.test(head.slice(from, to));
      return addTarget(head.slice(from, to), from, route, add);
    }
    if (is === "header-name") variable = variableOf(head.slice(from, to), hasAuthority);
    if (is === "fold") add(to, "other", variable);
    else
      add(to, is, is === "method" ? "REQUEST_METHOD" : is === "version" ? "SERVER_PROTOCOL" : variableIn(is, variable));
  });
  if (!result.ok) {
    addLines(head, result.fault.range[0], add);
    add(result.fault.range[1], "invalid");
  }
  addLines(head, head.length, add);
  return tokens;
}

const variableIn = (is: HeadPieceKind, variable: string | null): string | null => (is === "line-end" ? null : variable);

/** Up to `to`, as lines that no grammar read. */
function addLines(head: ByteString, to: number, add: Add): void {
  for (const { index, 0: end } of head.slice(0, to).matchAll(/\r?\n/g)) {
    add(index, "other");
    add(index + end.length, "line-end");
  }
  add(to, "other");
}

/** Scheme and authority of an absolute-form target. */
const withAuthority = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i;

type Add = (to: number, is: RequestTokenKind, variable?: string | null) => void;

function addTarget(
  target: string,
  at: number,
  route: { readonly scriptName: ByteString; readonly pathInfo: ByteString },
  add: Add,
): void {
  const authority = withAuthority.exec(target)?.[0] ?? "";
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

/**
 * RFC 3875 §4.1.2, §4.1.3, §4.1.18; `Proxy` becomes none (see header-variables), nor does `Host` where the target names
 * the host (RFC 9112 §3.2.2).
 */
function variableOf(header: string, hasAuthority: boolean): string | null {
  const lower = header.toLowerCase();
  if (lower === "content-type") return "CONTENT_TYPE";
  if (lower === "content-length") return "CONTENT_LENGTH";
  return lower === "proxy" || (lower === "host" && hasAuthority) ? null : headerVariableName(header);
}
