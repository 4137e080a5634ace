// A Set-Cookie value, parsed as browsers do (RFC 6265 §5.1.1, §5.2).
import { month } from "../../protocol/http-date.js";

export interface SetCookie {
  /** null if the first part has no "=". */
  readonly name: string | null;
  readonly value: string;
  /** The attributes by name in lower case; of several the last one counts. */
  readonly attributes: ReadonlyMap<string, string>;
}

export function readSetCookie(text: string): SetCookie {
  const [pair = "", ...rest] = text.split(";");
  const attributes = new Map(
    rest.map((part): [string, string] => {
      const equals = part.indexOf("=");
      return equals < 0
        ? [part.trim().toLowerCase(), ""]
        : [part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim()];
    }),
  );
  const equals = pair.indexOf("=");
  return { name: equals < 0 ? null : pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim(), attributes };
}

/** Browsers accept the four parts of a cookie's date in any order. */
export function isCookieDate(value: string): boolean {
  const parts = value.split(/[\t -/;-@[-`{-~]+/);
  return (
    parts.some((part) => /^\d{1,2}:\d{1,2}:\d{1,2}(?:\D|$)/.test(part)) &&
    parts.some((part) => new RegExp(`^${month}`, "i").test(part)) &&
    parts.some((part) => /^\d{1,2}(?:\D|$)/.test(part)) &&
    parts.some((part) => /^(?:\d{4}|\d{2})(?:\D|$)/.test(part))
  );
}

/**
 * A fixed date of years ago. Not the first day of a year, which is how scripts write a date that has passed for
 * certain; and none of the last years, which may be the result of “a year ago”.
 */
export function isLongPast(value: string): boolean {
  const parts = value.split(/[\t -/;-@[-`{-~]+/);
  const year = parts.map((part) => /^(?:\d{4}|\d{2})$/.exec(part)?.[0] ?? "").findLast((part) => part !== "") ?? "";
  const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) >= 70 ? 1900 : 2000);
  const isFirstDay = /^0?1$/.test(parts.find((part) => /^\d{1,2}$/.test(part)) ?? "") && /\bJan/i.test(value);
  return !isFirstDay && full > 1970 && full < 2020;
}
