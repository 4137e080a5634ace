// Conditional requests (RFC 9110 §13): whether the client's copy still is the
// current one, or its assumption still holds.
import type { Stats } from "node:fs";
import { withoutBlanks } from "../../protocol/blanks.js";
import { valuesOf } from "../../protocol/header-values.js";
import { httpDate } from "../../protocol/http-date.js";
import type { HeaderPair, RequestHead } from "../../protocol/request.js";

/** Null: the resource has none. */
export interface Validators {
  readonly tag: string | null;
  readonly modified: Date | null;
}

/** Those of a script's headers; null if it sends neither ETag nor a valid Last-Modified. */
export function validatorsIn(headers: readonly HeaderPair[]): Validators | null {
  let tag: string | null = null;
  let modified: Date | null = null;
  for (const [name, value] of headers) {
    if (name.length === 4 && name.toLowerCase() === "etag") tag = tagsIn(value)[0] ?? null;
    else if (name.length === 13 && name.toLowerCase() === "last-modified")
      modified = dateOf(value.replace(otherUtc, " GMT"));
  }
  return tag === null && modified === null ? null : { tag, modified };
}

/** How programs name the same time zone: man2html does. RFC 9110 §5.6.7 encourages to be robust; Apache takes any. */
const otherUtc = / (?:UTC|UT|Z|[+-]0000)$/;

/**
 * RFC 9110 §8.8.3. Weak while the file is younger than a second: it may change again without its time doing so,
 * on file systems that keep whole seconds.
 */
export function entityTag(stats: Stats, now = Date.now()): string {
  const opaque = `"${stats.ino.toString(36)}-${stats.size.toString(36)}-${Math.round(stats.mtimeMs * 1000).toString(36)}"`;
  return now - Math.max(stats.mtimeMs, stats.ctimeMs) > 1000 ? opaque : `W/${opaque}`;
}

/** Evaluated in the order of RFC 9110 §13.2.2; null: respond as if there were none. */
export function preconditions(request: RequestHead, { tag, modified }: Validators): 304 | 412 | null {
  const ifMatch = listValue(request, "if-match");
  const ifUnmodified = dateOf(listValue(request, "if-unmodified-since"));
  if (ifMatch !== null) {
    if (ifMatch !== "*" && !tagsIn(ifMatch).some((given) => strongly(given, tag))) return 412;
  } else if (ifUnmodified !== null && modified !== null && seconds(modified) > seconds(ifUnmodified)) return 412;

  const ifNoneMatch = listValue(request, "if-none-match");
  if (ifNoneMatch !== null)
    return ifNoneMatch === "*" || tagsIn(ifNoneMatch).some((given) => weakly(given, tag)) ? 304 : null;
  const ifModified = dateOf(listValue(request, "if-modified-since"));
  return ifModified !== null && modified !== null && seconds(modified) <= seconds(ifModified) ? 304 : null;
}

/** RFC 9110 §13.1.5: whether a range of the file is a range of what the client has. */
export function rangeStillHolds(request: RequestHead, { tag, modified }: Validators): boolean {
  const ifRange = listValue(request, "if-range");
  if (ifRange === null) return true;
  if (/^(W\/)?"/.test(ifRange)) return strongly(ifRange, tag);
  const date = dateOf(ifRange);
  return date !== null && modified !== null && seconds(date) === seconds(modified) && !tag?.startsWith("W/");
}

/** A header's value, of several lines one list (RFC 9110 §5.3); null when it was not sent. `name` in lower case. */
export function listValue(request: RequestHead, name: string): string | null {
  const values = valuesOf(request.headers, name).map(withoutBlanks);
  return values.length === 0 ? null : values.join(", ");
}

const tagsIn = (list: string): string[] => list.match(/(W\/)?"[^"]*"/g) ?? [];
const weakly = (a: string, b: string | null): boolean => a.replace(/^W\//, "") === b?.replace(/^W\//, "");
const strongly = (a: string, b: string | null): boolean => a === b && !a.startsWith("W/");
/** HTTP dates know no parts of a second. */
const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** What is no HTTP date is ignored, §13.1.3 and §13.1.4. */
function dateOf(text: string | null): Date | null {
  const date = text === null ? null : httpDate(text);
  return date instanceof Date ? date : null;
}
