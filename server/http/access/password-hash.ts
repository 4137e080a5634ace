// The forms in which htpasswd writes a password, and whether one matches. Two are refused: DES (the
// old crypt) and plain text, of which the first sees eight characters only and the second is no
// protection; and forms of other programs.
import { createHash, timingSafeEqual } from "node:crypto";
import apacheMd5 from "apache-md5";
import type { ByteString } from "../../contract/bytes-text.js";
import { toBytes, utf8Text } from "../../protocol/byte-string.js";

/** A bcrypt cost of 15 takes seconds for every sign-in; each step more doubles that. */
const maxBcryptCost = 15;

interface Form {
  readonly looks: RegExp;
  check(password: ByteString, hash: ByteString): boolean | Promise<boolean>;
}

const forms: readonly Form[] = [
  // bcrypt has no cost below 4
  { looks: /^\$2[aby]\$(?:0[4-9]|[1-9]\d)\$[./A-Za-z0-9]{53}$/, check: checkBcrypt },
  {
    looks: /^\$apr1\$[./A-Za-z0-9]{0,8}\$[./A-Za-z0-9]{22}$/,
    check: (password, hash) => isSame(apacheMd5(password, hash), hash),
  },
  {
    looks: /^\{SHA\}[A-Za-z0-9+/]{27}=$/,
    check: (password, hash) => isSame(`{SHA}${createHash("sha1").update(toBytes(password)).digest("base64")}`, hash),
  },
];

const otherForms: readonly (readonly [RegExp, string])[] = [
  [/^\$2[a-z]?\$/, "a damaged bcrypt hash"],
  [/^\$(?:1|5|6|7|y|gy|argon2\w*)\$/, "a hash of the system's own password file"],
  [/^\{S?SHA\d*\}/, "a hash of an LDAP directory"],
  [/^[./A-Za-z0-9]{13}$/, "crypt, which compares only eight characters"],
];

/** Why a hash cannot be checked, in words that go on from "the password of … is"; null when it can. */
export function unsupportedHash(hash: ByteString): string | null {
  if (!forms.some(({ looks }) => looks.test(hash)))
    return otherForms.find(([looks]) => looks.test(hash))?.[1] ?? "plain text, or in a form that is not known here";
  const cost = hash.startsWith("$2") ? Number(hash.slice(4, 6)) : 0;
  if (cost > maxBcryptCost)
    return `a bcrypt hash of cost ${cost}, and checking one above ${maxBcryptCost} takes too long`;
  return null;
}

/** Whether the password belongs to a hash that `unsupportedHash` lets pass. */
export async function checkPassword(password: ByteString, hash: ByteString): Promise<boolean> {
  return (await forms.find(({ looks }) => looks.test(hash))?.check(password, hash)) ?? false;
}

/**
 * bcryptjs encodes text as UTF-8 itself. Bytes that are none cannot be said to it;
 * browsers send UTF-8, since they are asked to.
 */
async function checkBcrypt(password: ByteString, hash: ByteString): Promise<boolean> {
  const text = utf8Text(toBytes(password));
  if (text === null) return false;
  const { compare } = await import("bcryptjs");
  return compare(text, hash);
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a, "latin1");
  const right = Buffer.from(b, "latin1");
  return left.length === right.length && timingSafeEqual(left, right);
}
