// The composer's cookie jar: one per open folder, in the server's memory. Cookies depend on hosts and paths, not on
// ports.

import { oc } from "@orpc/contract";
import { z } from "zod";
import { bytesText } from "./bytes-text.js";
import { call } from "./call.js";
import { message } from "./trace.js";

const place = z.object({ name: bytesText, domain: z.string().max(1024), path: z.string().max(4096) });
/** The identity of a cookie (RFC 6265 §5.3 step 11). */
export type CookiePlace = z.infer<typeof place>;

const cookie = place.extend({
  value: bytesText,
  /** Sent to this host only, not to its subdomains. */
  hostOnly: z.boolean(),
  /** Unix time in ms; null: when the folder is closed. */
  expiresAt: z.number().nullable(),
  secure: z.boolean(),
  httpOnly: z.boolean(),
  sameSite: z.enum(["strict", "lax", "none"]).nullable(),
});
export type JarCookie = z.infer<typeof cookie>;

/** The jar as one request sees it. */
const cookieList = z.object({
  /** Grows with each change of the jar. */
  rev: z.number().int(),
  /** First the cookies that are sent, in that order. `withheld`: why a cookie is not sent; null if it is. */
  cookies: z.array(cookie.extend({ withheld: message.nullable() })),
  /** The value of the request's Cookie header; null if no cookie is sent. */
  header: bytesText.nullable(),
});
export type CookieList = z.infer<typeof cookieList>;

export const cookiesContract = {
  /** For a request to `target`; `host` is the value of its Host header, null for the script origin's own. */
  list: oc
    .input(z.object({ target: z.string().max(65_536), host: z.string().max(1024).nullable() }))
    .output(cookieList),
  /** Adds a cookie; if `replaces` is set, in place of that one. */
  set: call.input(z.object({ cookie, replaces: place.nullable() })).output(z.null()),
  remove: oc.input(place).output(z.null()),
  clear: oc.output(z.null()),
};
