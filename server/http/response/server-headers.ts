// What the server says of itself in a response.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";

let second = 0;
let date = byteString("");

/** Date and Server. A date has no fractions: it is written out once a second. */
export function serverHeaders(server: ByteString): { readonly date: ByteString; readonly server: ByteString } {
  const now = Math.floor(Date.now() / 1000);
  if (now !== second) {
    second = now;
    date = byteString(new Date(now * 1000).toUTCString());
  }
  return { date, server };
}
