// The cookie by which a client asks that its request be debugged. It is about the workbench, so no script sees it.
import type { ByteString } from "../contract/bytes-text.js";
import { latin1 } from "./byte-string.js";
import { firstValue, refererOrigin, valuesOf } from "./header-values.js";
import type { HeaderPair } from "./request.js";

const name = "cgi-workbench-debug";
const isIts = (pair: string): boolean => pair.trimStart().startsWith(`${name}=`);

/** The value of the header Cookie for a script. */
export const withoutDebugCookie = (cookies: ByteString): ByteString =>
  cookies.includes(name)
    ? latin1(
        cookies
          .split(";")
          .filter((pair) => !isIts(pair))
          .join(";")
          .trimStart(),
      )
    : cookies;

/** Whether the request has the cookie with this value, and does not say that a page of another site is behind it. */
export function hasDebugCookie(headers: readonly HeaderPair[], value: string): boolean {
  const pairs = valuesOf(headers, "cookie").flatMap((cookies) => cookies.split(";"));
  return pairs.some((pair) => pair.trim() === `${name}=${value}`) && !isCrossSite(headers);
}

/** Browsers say it in Sec-Fetch-Site to loopback addresses alone; elsewhere, in Origin or Referer. */
function isCrossSite(headers: readonly HeaderPair[]): boolean {
  const site = firstValue(headers, "sec-fetch-site");
  if (site !== null) return site === "cross-site";
  const origin = firstValue(headers, "origin") ?? refererOrigin(headers);
  return origin !== null && origin !== `http://${firstValue(headers, "host")}`;
}
