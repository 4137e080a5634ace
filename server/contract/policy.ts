// What RFC 3875 leaves to the server, or what servers are known to handle differently, as plain data: one value, one behaviour.
// A policy never decides safety (control bytes, two lengths, a path out of the root): those have one answer. The defaults are the
// strictest useful ones: refused is what a widely used server refuses, tolerated what all of them pass on and real programs rely on.
import { z } from "zod";

export const policy = z.strictObject({
  encodedSlash: z
    .enum(["reject", "decode"])
    .default("reject")
    .describe(
      "%2F in the path (RFC 3875 §4.1.5 permits both): refused with 404, as by Apache, or decoded, as by lighttpd and nginx.",
    ),
  underscoreHeader: z
    .enum(["drop", "map"])
    .default("drop")
    .describe(
      'A header name with characters other than letters, digits and "-": hidden, as by Apache and nginx, or written with "_" (lighttpd) where no other header means that variable.',
    ),
  passAuthorization: z
    .boolean()
    .default(false)
    .describe(
      "Whether all scripts see Authorization and Proxy-Authorization (RFC 3875 §9.2 advises against it); a route or a script can say so for itself.",
    ),
  searchWords: z
    .enum(["pass", "ignore"])
    .default("pass")
    .describe(
      'A query without "=" becomes the script\'s arguments (RFC 3875 §4.4), as in Apache, or never does, as in lighttpd and nginx.',
    ),
  missingCgiField: z
    .enum(["reject", "tolerate"])
    .default("reject")
    .describe(
      "A response without Content-Type, Location or Status, of which RFC 3875 §6.3 requires one: 500, or sent as it is, as by Apache, lighttpd and nginx.",
    ),
  missingContentType: z
    .enum(["tolerate", "reject"])
    .default("tolerate")
    .describe(
      "A document with a Status but without Content-Type (RFC 3875 §6.2.1 requires it). git's own script answers 404 so: tolerated by all.",
    ),
  httpStatusLine: z
    .enum(["reject", "tolerate", "ignore"])
    .default("reject")
    .describe(
      '"HTTP/1.1 404 Not Found" as the first line of a script that is not NPH: 500, as by Apache, honoured, as by lighttpd, or skipped, as by nginx.',
    ),
  repeatedCgiField: z
    .enum(["tolerate", "reject"])
    .default("tolerate")
    .describe("A CGI field said twice (RFC 3875 §6.3 forbids it): the last one counts, or the response is invalid."),
  relativeLocation: z
    .enum(["tolerate", "reject"])
    .default("tolerate")
    .describe(
      '"Location: page" (RFC 3875 §6.3.2 knows only absolute URIs and paths from the root, RFC 9110 §10.2.2 any reference): sent with 302, or invalid.',
    ),
  localRedirect: z
    .enum(["serve", "send"])
    .default("serve")
    .describe(
      '"Location: /path" alone (RFC 3875 §6.2.2): answered with what is there, as by Apache and lighttpd, or sent to the client with 302, as by nginx.',
    ),
  foldedRequestHeader: z
    .enum(["join", "reject"])
    .default("join")
    .describe(
      "A request header that is continued on a line that begins with a space (RFC 9112 §5.2): joined with a space, as by Apache and lighttpd, or 400, as by nginx.",
    ),
  bareLineFeed: z
    .enum(["accept", "reject"])
    .default("accept")
    .describe(
      "A line of a request's head that ends in LF alone (RFC 9112 §2.2): taken, as by nginx, or 400, as by Apache and lighttpd.",
    ),
});
/** One server's choices. */
export type Policy = Readonly<z.infer<typeof policy>>;
