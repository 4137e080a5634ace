// The Authorization field of HTTP Basic authentication, RFC 7617: user-ID and password as
// bytes, or nothing that could be checked.
import type { ByteString } from "../../contract/bytes-text.js";
import { fromBytes, toBytes } from "../../protocol/byte-string.js";

export interface Credentials {
  readonly user: ByteString;
  readonly password: ByteString;
}

const basic = /^basic +([A-Za-z0-9+/]+={0,2})$/i;
const controlByte = /[\0-\x1f\x7f]/;

/** Null: another scheme, no base64, no colon, or a control byte (RFC 7617 §2 forbids them). */
export function basicCredentials(authorization: ByteString): Credentials | null {
  const [, encoded] = basic.exec(authorization) ?? [];
  if (encoded === undefined) return null;
  const decoded = fromBytes(Buffer.from(encoded, "base64"));
  const colon = decoded.indexOf(":");
  if (colon < 0 || controlByte.test(decoded)) return null;
  const bytes = toBytes(decoded);
  return { user: fromBytes(bytes, 0, colon), password: fromBytes(bytes, colon + 1) };
}
