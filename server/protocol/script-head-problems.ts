// What is wrong with a line that should have been a header field, in words for its author. The order matters: the most telling
// explanation first.
import type { ByteString } from "../contract/bytes-text.js";
import { quoteBytes } from "./quote.js";

/** One sentence or two on why this line is no header field. `first`: it is the first line of stdout. */
export function explainMalformedLine(line: ByteString, first: boolean): string {
  if (first && line.startsWith("\xef\xbb\xbf"))
    return "The output begins with a byte order mark (EF BB BF), which belongs to no header field. Save the script, or write, without it.";
  if (first && (line.startsWith("\xff\xfe") || line.startsWith("\xfe\xff")))
    return "The output is UTF-16. Header fields are ASCII; only the body may have another encoding.";
  if (first && line.startsWith("HTTP/"))
    return `${quoteBytes(line)} looks like an HTTP status line, but is none. A CGI script says Status: instead (RFC 3875 §6.3.3).`;
  if (/^[ \t]/.test(line))
    return `${quoteBytes(line)} begins with white space: a header field must not go on in a second line (RFC 3875 §6.3).`;
  if (line.startsWith(":")) return `${quoteBytes(line)} has no name before its colon.`;
  if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+[ \t]+:/.test(line))
    return `${quoteBytes(line)} has white space before the colon, which a header field must not have (RFC 3875 §6.3).`;
  if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:/.test(line))
    return `${quoteBytes(line)} holds a carriage return inside the line. Lines end in LF or CR LF (RFC 3875 §7.2), not in CR alone or CR CR LF.`;
  if (line.startsWith("<"))
    return `${quoteBytes(line)} is markup where a header field should be. ${first ? "Content-Type and an empty line must come first" : "An empty line must come before the body"} (RFC 3875 §6.2).`;
  if (line.includes("\0")) return `${quoteBytes(line)} is binary data where a header field should be.`;
  if (!line.includes(":"))
    return `${quoteBytes(line)} is no header field: it has no colon. ${first ? "Something was printed before the header" : "The header must be ended by an empty line"} (RFC 3875 §6.2).`;
  return `${quoteBytes(line)} is no header field: the name before the colon holds characters a name cannot have (RFC 3875 §6.3).`;
}
