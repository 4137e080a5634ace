// The request's head as lines of pieces, each with the variable it became: a header's name and value are one piece,
// line ends are shown only where they are not the CR LF that RFC 9112 §2.2 asks for.
import type { ByteString } from "../../../server/contract/bytes-text.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { type RequestTokenKind, requestTokens } from "../../../server/protocol/request-tokens.js";
import { readable } from "../../format/bytes-text.js";
import { isLookedFor } from "./colours.js";

/** Bytes `[from, to)` of the head. */
export interface LinePiece {
  readonly from: number;
  readonly to: number;
  /** The meta-variable these bytes became; null when none did. */
  readonly variable: string | null;
  /** The meta-variable they would become, were it passed on. */
  readonly withheld: string | null;
  /** "invalid": the bytes for which the server refused the request. */
  readonly is: "part" | "quiet" | "line-end" | "invalid";
  /** Where the field's name that it begins with ends; absent when it is no header. */
  readonly nameTo?: number;
}
export interface RequestLine {
  readonly from: number;
  readonly pieces: readonly LinePiece[];
}

/** `variables`: names in the script's environment; empty when none ran. `notExported`: the trace's. */
export function requestLines(
  head: ByteString,
  route: { readonly scriptName: ByteString; readonly pathInfo: ByteString },
  variables: ReadonlySet<string>,
  notExported: TraceView["notExported"],
): RequestLine[] {
  const hidden = hiddenHeaders(notExported);
  const isTypeRepeated = notExported.some(([, , code]) => code === "repeated-content-type");
  let isHidden = false;
  const lines: RequestLine[] = [];
  let pieces: LinePiece[] = [];
  let lineFrom = 0;
  for (const piece of requestTokens(head, route)) {
    if (piece.is === "line-end") {
      const isUsual = head.slice(piece.from, piece.to) === "\r\n";
      if (!isUsual) pieces.push({ from: piece.from, to: piece.to, variable: null, withheld: null, is: "line-end" });
      if (pieces.length > 0) lines.push({ from: lineFrom, pieces });
      pieces = [];
      lineFrom = piece.to;
      continue;
    }
    const last = pieces[pieces.length - 1];
    const { variable } = piece;
    const header = piece.is === "header-name" ? head.slice(piece.from, piece.to).toLowerCase() : null;
    if (header !== null) isHidden = hidden.has(header);
    if (header === "content-type" && isTypeRepeated) hidden.add(header); // the first one counts
    // The environment may have the variable from another line.
    const known = variable !== null && variables.has(variable) && !isHidden ? variable : null;
    // `Proxy` has no variable at all, so that none can ever be made of it by mistake.
    const isProxy = header === "proxy";
    const withheld = isProxy ? "HTTP_PROXY" : known === null ? variable : null;
    if (last && variable !== null && (last.variable ?? last.withheld) === variable)
      pieces[pieces.length - 1] = { ...last, to: piece.to };
    else
      pieces.push({
        from: piece.from,
        to: piece.to,
        variable: known,
        withheld,
        is: kindOf(piece.is, known),
        ...(piece.is === "header-name" && { nameTo: piece.to }),
      });
  }
  if (pieces.length > 0) lines.push({ from: lineFrom, pieces });
  return lines;
}

/** Why a header is not exported whatever line it is on. Other codes are about a trailer field, a query or a value. */
const hidingCodes: ReadonlySet<string> = new Set([
  "connection-header",
  "credentials",
  "httpoxy",
  "poses-as-content-type",
  "poses-as-content-length",
  "ambiguous-name",
  "poses-as-other-header",
]);

/** Names in lower case. */
const hiddenHeaders = (notExported: TraceView["notExported"]): Set<string> =>
  new Set(notExported.filter(([, , code]) => hidingCodes.has(code)).map(([name]) => readable(name).toLowerCase()));

/** What the server refused the request for, and what a finding is about. */
function isWrong(line: RequestLine, marks: Ranges): boolean {
  const to = line.pieces[line.pieces.length - 1]?.to ?? line.from;
  return line.pieces.some(({ is }) => is === "invalid") || marks.some((mark) => mark.from < to && mark.to > line.from);
}

/** At most `count` of the lines, in their order: first what is wrong, then what else is telling. */
export function firstLines(lines: readonly RequestLine[], marks: Ranges, count: number): readonly RequestLine[] {
  if (lines.length <= count) return lines;
  const wrong = lines.filter((line) => isWrong(line, marks));
  const telling = lines.filter((line) => isTelling(line, marks));
  const first = new Set([...new Set([...wrong, ...telling, ...lines])].slice(0, count));
  return lines.filter((line) => first.has(line));
}

type Ranges = readonly { readonly from: number; readonly to: number }[];

/**
 * Header lines that are worth a place before the others are unfolded: what tells of the body, the cookie, and what is
 * wrong.
 */
export function isTelling(line: RequestLine, marks: Ranges): boolean {
  return (
    isWrong(line, marks) ||
    line.pieces.every(({ nameTo }) => nameTo === undefined) || // the request line, and what is no header
    line.pieces.some(
      ({ variable, withheld, is }) =>
        is === "line-end" ||
        isLookedFor(variable ?? withheld ?? "") ||
        (variable ?? withheld) === "HTTP_TRANSFER_ENCODING",
    )
  );
}

/** The variables that the lines name, in their order. */
export function variablesOf(lines: readonly RequestLine[]): string[] {
  return [...new Set(lines.flatMap((line) => line.pieces.flatMap((piece) => piece.variable ?? [])))];
}

function kindOf(is: RequestTokenKind, known: string | null): LinePiece["is"] {
  if (is === "invalid") return "invalid";
  return known === null && (is === "header-name" || is === "version") ? "quiet" : "part";
}
