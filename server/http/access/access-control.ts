// Who may come in: HTTP Basic authentication (RFC 7617) against an htpasswd file, before anything else is decided about a request
// (RFC 3875 §3.1). The threats: a name nobody checked posing as REMOTE_USER, and what cannot be checked being let through.
import { createHash, randomBytes } from "node:crypto";
import { SerialQueue } from "../../base/serial-queue.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { Message } from "../../contract/message.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import type { HeaderPair, RequestHead } from "../../protocol/request.js";
import type { Guard } from "../../routing/route.js";
import { basicCredentials, type Credentials } from "./basic-credentials.js";
import { accessMessage } from "./messages.js";
import { PasswordFiles } from "./password-file.js";
import { checkPassword, unsupportedHash } from "./password-hash.js";

/** For AUTH_TYPE and REMOTE_USER. */
export interface SignedIn {
  readonly type: ByteString;
  readonly user: ByteString;
}
export type Access =
  | { readonly ok: true; readonly signedIn: SignedIn }
  | { readonly ok: false; readonly status: 401 | 500; readonly why: Message; readonly headers: readonly HeaderPair[] };

const basic = byteString("Basic");
/** Passwords found right that are remembered: bcrypt is made to be slow, and a browser sends the password with every request. */
const maxRemembered = 256;

export class AccessControl {
  readonly #files = new PasswordFiles();
  readonly #salt = randomBytes(32);
  readonly #remembered = new Set<string>();
  /** One check at a time: they are computation, and many at once would hold up everybody. */
  readonly #checks = new SerialQueue();

  async check(guard: Guard, { headers }: RequestHead): Promise<Access> {
    const table = await this.#files.read(guard.file);
    if ("problem" in table)
      return broken(
        accessMessage("password-file-unusable", {
          route: guard.path,
          file: guard.fileName,
          errno: null,
          limitBytes: null,
          ...table,
        }),
      );
    const fields = headers.filter(([name]) => name.toLowerCase() === "authorization");
    const [field] = fields;
    if (field === undefined) return refused(guard, "sign-in-needed");
    const credentials = fields.length === 1 ? basicCredentials(field[1]) : null;
    if (credentials === null) return refused(guard, "credentials-malformed");
    const hash = table.get(credentials.user);
    const unsupported = hash === undefined ? null : unsupportedHash(hash);
    if (unsupported !== null)
      return broken(
        accessMessage("password-hash-unusable", { route: guard.path, file: guard.fileName, form: unsupported }),
      );
    if (hash === undefined || !(await this.#isRight(credentials, hash))) return refused(guard, "credentials-wrong");
    return { ok: true, signedIn: { type: basic, user: credentials.user } };
  }

  async #isRight({ user, password }: Credentials, hash: ByteString): Promise<boolean> {
    const key = createHash("sha256")
      .update(this.#salt)
      .update(JSON.stringify([user, password, hash]))
      .digest("base64");
    if (this.#remembered.has(key)) return true;
    if (!(await this.#checks.run(() => checkPassword(password, hash)))) return false;
    if (this.#remembered.size >= maxRemembered) this.#remembered.clear(); // simple, and they are soon known again
    this.#remembered.add(key);
    return true;
  }
}

function refused(
  { path, realm }: Guard,
  code: "sign-in-needed" | "credentials-malformed" | "credentials-wrong",
): Access {
  const challenge = utf8(`Basic realm="${realm.replace(/["\\]/g, "\\$&")}", charset="UTF-8"`);
  return {
    ok: false,
    status: 401,
    why: accessMessage(code, { route: path, realm }),
    headers: [[byteString("WWW-Authenticate"), challenge]],
  };
}

const broken = (why: Message): Access => ({ ok: false, status: 500, why, headers: [] });
