// The header fields of a request's head, read again from its bytes.
import type { ByteString } from "../contract/bytes-text.js";
import { latin1 } from "./byte-string.js";
import type { HeaderPair } from "./request.js";

/** Folded lines (RFC 9112 §5.2) cannot be told from what was sent: a head with one is for the parser alone. */
export const hasFoldedLine = (head: ByteString): boolean => head.includes("\n ") || head.includes("\n\t");

/** As the HTTP parser gives them: `head` is one that it took, the request line and the empty line included, and has no folded line. */
export function headerFields(head: ByteString): HeaderPair[] {
  const fields: HeaderPair[] = [];
  let from = head.indexOf("\n") + 1;
  while (from > 0 && from < head.length) {
    const lineFeed = head.indexOf("\n", from);
    const end = lineFeed < 0 ? head.length : lineFeed;
    const colon = head.indexOf(":", from);
    if (colon > from && colon < end)
      fields.push([latin1(head.slice(from, colon)), withoutBlanks(head, colon + 1, end)]);
    from = end + 1;
  }
  return fields;
}

/** Spaces, tabs and the carriage return at either end do not belong to a value (RFC 9110 §5.5). */
function withoutBlanks(head: ByteString, from: number, to: number): ByteString {
  let [first, last] = [from, to];
  while (first < last && isBlank(head.charCodeAt(first))) first++;
  while (last > first && isBlank(head.charCodeAt(last - 1))) last--;
  return latin1(head.slice(first, last));
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0d;
