// The composer's cookie jar: one for each open folder, kept in the server's memory. Cookies know hosts and paths, not ports.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { bytesText } from "./bytes-text.js";
import { message } from "./trace.js";
import { problem } from "./workspace.js";

const place = z.object({ name: bytesText, domain: z.string().max(1024), path: z.string().max(4096) });
/** What tells one cookie from another (RFC 6265 §5.3 step 11). */
export type CookiePlace = z.infer<typeof place>;

const cookie = place.extend({
  value: bytesText,
  /** Sent to this host alone, not to those below it. */
  hostOnly: z.boolean(),
  /** Unix time in ms; null: until the folder is closed. */
  expiresAt: z.number().nullable(),
  secure: z.boolean(),
  httpOnly: z.boolean(),
  sameSite: z.enum(["strict", "lax", "none"]).nullable(),
});
export type JarCookie = z.infer<typeof cookie>;

/** The jar as it concerns one request. */
export const cookieList = z.object({
  /** Grows with each change of the jar. */
  rev: z.number().int(),
  /** Those that go along first, in the order they are sent in. `withheld`: why this one does not; null: it goes along. */
  cookies: z.array(cookie.extend({ withheld: message.nullable() })),
  /** The Cookie field's value for this request; null when there is nothing to send. */
  header: bytesText.nullable(),
});
export type CookieList = z.infer<typeof cookieList>;

const failures = { NOT_FOUND: { data: problem }, NOT_POSSIBLE: { data: problem } } as const;

export const cookiesContract = {
  /** For a request to `target`; `host` is its Host header's value, null for the script origin's own. */
  list: oc
    .input(z.object({ target: z.string().max(65_536), host: z.string().max(1024).nullable() }))
    .output(cookieList),
  /** Puts a cookie in, in the place of the one `replaces` names, if any. */
  set: oc
    .errors(failures)
    .input(z.object({ cookie, replaces: place.nullable() }))
    .output(z.null()),
  remove: oc.input(place).output(z.null()),
  clear: oc.output(z.null()),
};
