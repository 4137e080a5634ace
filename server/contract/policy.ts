// What RFC 3875 leaves to the server, and what servers handle differently, as plain data: each value is one behaviour.
// A policy never decides about safety (control bytes, two lengths, a path out of the root). The defaults are the
// strictest useful ones: refuse what a widely used server refuses, accept what all of them pass on and real programs
// need. `bareLineFeed` alone is lenient beyond that: people type requests by hand.
import { z } from "zod";

export const policy = z.strictObject({
  encodedSlash: z
    .enum(["reject", "decode"])
    .default("reject")
    .describe(
      "%2F in the path (RFC 3875 §4.1.5 permits both): refused with 404 (as Apache does), or decoded (lighttpd, nginx).",
    ),
  underscoreHeader: z
    .enum(["drop", "map"])
    .default("drop")
    .describe(
      'A header name with characters other than letters, digits and "-": not exported (as Apache and nginx do), or exported with "_" (lighttpd) if no other header becomes the same variable.',
    ),
  passAuthorization: z
    .boolean()
    .default(false)
    .describe(
      "Whether all scripts receive Authorization and Proxy-Authorization (RFC 3875 §9.2 advises against it). A route or a script can set this for itself.",
    ),
  searchWords: z
    .enum(["pass", "ignore"])
    .default("pass")
    .describe(
      'A query without "=" becomes the script\'s arguments (RFC 3875 §4.4), as in Apache, or never does, as in lighttpd and nginx.',
    ),
  missingCgiField: z
    .enum(["tolerate", "reject"])
    .default("tolerate")
    .describe(
      "A response without Content-Type, Location or Status, of which RFC 3875 §6.3 requires one: sent unchanged (as Apache, lighttpd and nginx do), or 500.",
    ),
  missingContentType: z
    .enum(["tolerate", "reject"])
    .default("tolerate")
    .describe(
      "A document with a Status but without Content-Type (RFC 3875 §6.2.1 requires it). Git's own script sends its 404 like this, and all servers accept it.",
    ),
  httpStatusLine: z
    .enum(["reject", "tolerate", "ignore"])
    .default("reject")
    .describe(
      '"HTTP/1.1 404 Not Found" as the first line of a script that is not NPH: 500 (as Apache does), used as the status (lighttpd), or ignored (nginx).',
    ),
  repeatedCgiField: z
    .enum(["tolerate", "reject"])
    .default("tolerate")
    .describe(
      "A CGI header that occurs twice (RFC 3875 §6.3 forbids it): the last one counts, or the response is invalid.",
    ),
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
      '"Location: /path" alone (RFC 3875 §6.2.2): the server responds with that path (as Apache and lighttpd do), or sends the client there with 302 (nginx).',
    ),
  scriptConditions: z
    .enum(["evaluate", "ignore"])
    .default("evaluate")
    .describe(
      "If-None-Match and the other conditions of a GET or HEAD (RFC 9110 §13), when the script sends ETag or Last-Modified with a status of 200: the server compares them and responds 304 or 412 (as Apache does), or sends the script's response (lighttpd, nginx).",
    ),
  foldedRequestHeader: z
    .enum(["join", "reject"])
    .default("join")
    .describe(
      "A request header that is continued on a line that begins with a space (RFC 9112 §5.2): joined with a space (as Apache and lighttpd do), or 400 (nginx).",
    ),
  bareLineFeed: z
    .enum(["accept", "reject"])
    .default("accept")
    .describe(
      "A line of a request's head that ends in LF alone (RFC 9112 §2.2): accepted (as nginx does), or 400 (as Apache and lighttpd do).",
    ),
});
/** One server's choices. */
export type Policy = Readonly<z.infer<typeof policy>>;
