// Messages about a script's headers: why they are not valid, what they lack, and what was tolerated.
import { defineMessages } from "../contract/message.js";

const redirected = "so this is not a local redirect (RFC 3875 §6.2.2): the client is sent there, with 302.";

/** The line as `quoteBytes` shows it. */
type InLine = { readonly line: string };
/** `isFirst`: it is the first line of stdout. */
type InLinePlaced = InLine & { readonly isFirst: boolean };

/** The header was understood all the same; else it is why the output is not a CGI response. */
type Tolerated = { readonly isTolerated: boolean };

/**
 * Why a script's output is not a CGI response, and what in one differs from RFC 3875 and was understood all the same.
 */
export const scriptMessage = defineMessages({
  "no-output": "The script wrote nothing to standard output.",
  "no-empty-line": "The output ended before the blank line that separates the headers from the body (RFC 3875 §6.2).",
  /** More than `limit`. */
  "too-many-fields": ({ limit }: { limit: number }) => `There are more than ${limit} headers.`,
  "head-too-large": ({ limitBytes }: { limitBytes: number }) =>
    `No blank line came within the first ${limitBytes >> 10} KiB, so this is not a header block.`,

  // A line that should have been a header.
  "byte-order-mark":
    "The output begins with a byte order mark (EF BB BF), which is not part of a header. Save the script, or write the output, without it.",
  "utf-16": "The output is UTF-16. Headers are ASCII; only the body may have another encoding.",
  "bad-status-line": ({ line }: InLine) =>
    `${line} looks like an HTTP status line, but is not valid. A CGI script prints Status: instead (RFC 3875 §6.3.3).`,
  "folded-field": ({ line }: InLine) =>
    `${line} begins with white space: a header must not continue on a second line (RFC 3875 §6.3).`,
  "no-field-name": ({ line }: InLine) => `${line} has no name before its colon.`,
  "space-before-colon": ({ line }: InLine) =>
    `${line} has white space before the colon, which a header must not have (RFC 3875 §6.3).`,
  "carriage-return": ({ line }: InLine) =>
    `${line} holds a carriage return inside the line. Lines end in LF or CR LF (RFC 3875 §7.2), not in CR alone or CR CR LF.`,
  markup: ({ line, isFirst }: InLinePlaced) =>
    `${line} is markup where a header should be. ${isFirst ? "Content-Type and a blank line must come first" : "A blank line must come before the body"} (RFC 3875 §6.2).`,
  "binary-data": ({ line }: InLine) => `${line} is binary data where a header should be.`,
  "no-colon": ({ line, isFirst }: InLinePlaced) =>
    `${line} is not a header: it has no colon. ${isFirst ? "Something was printed before the headers" : "A blank line must end the headers"} (RFC 3875 §6.2).`,
  "bad-field-name": ({ line }: InLine) =>
    `${line} is not a header: the name before the colon holds characters a name cannot have (RFC 3875 §6.3).`,

  // What the headers say.
  "field-repeated": ({ name, isTolerated }: Tolerated & { readonly name: string }) =>
    `${name} occurs more than once (RFC 3875 §6.3)${isTolerated ? "; the last one counts" : ""}.`,
  "no-fields":
    "The output begins with a blank line, so there are no headers. Content-Type, Location or Status must be there (RFC 3875 §6.3).",
  "no-cgi-field":
    "None of the headers is Content-Type, Location or Status. One of the three must be there (RFC 3875 §6.3).",
  "no-content-type": ({ isTolerated }: Tolerated) =>
    `There is no Content-Type, which a document must have (RFC 3875 §6.2.1)${isTolerated ? "; the browser has to guess what the body is" : ""}.`,
  "empty-location": "Location is empty (RFC 3875 §6.3.2).",
  "relative-location": ({ isTolerated }: Tolerated) =>
    `Location is neither an absolute URI nor a path from the root (RFC 3875 §6.3.2)${isTolerated ? "; it is sent as it is, and the client resolves it" : ""}.`,
  "malformed-status": ({ value }: { value: string }) =>
    `Status: ${value} is not three digits and a reason (RFC 3875 §6.3.3).`,
  "interim-status": ({ status }: { status: number }) =>
    `Status ${status} is not a final status: 1xx only announces one (RFC 9110 §15.2), and only a script named nph-… may.`,
  "unknown-status": ({ status }: { status: number }) =>
    `Status ${status} is not an HTTP status: they end at 599 (RFC 9110 §15).`,
  "nph-without-status-line": "An NPH script begins with an HTTP status line.",
  "http-status-line":
    "The first line is an HTTP status line. A CGI script prints Status: instead (RFC 3875 §6.3.3); only one named nph-… speaks HTTP itself (§5).",

  // Never a reason to refuse.
  "location-with-status-200":
    "Location beside status 200: no client follows it (RFC 3875 §6.2.4 asks for 302 or another 3xx).",
  "local-redirect-not-followed":
    "Location is a path alone, a local redirect (RFC 3875 §6.2.2), which the policy does not follow: the client is sent there, with 302.",
  "local-redirect-characters": `Location holds characters a local redirect's path cannot have, ${redirected}`,
  "local-redirect-with-fields": `Location is a path, but not the only header, ${redirected}`,
  "local-redirect-with-status":
    "Location is a path, but there is a Status, so this is not a local redirect (RFC 3875 §6.2.2): the client is sent there.",
  "redirect-without-status":
    "A redirect with other headers must have a Status and a Content-Type (RFC 3875 §6.2.4); 302 is assumed.",
  "redirect-without-document": "A redirect with a Status must have a Content-Type and a document (RFC 3875 §6.2.4).",
});
