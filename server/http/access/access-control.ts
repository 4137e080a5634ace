// Who may come in: HTTP Basic authentication (RFC 7617) against an htpasswd file, before anything else is
// decided about a request (RFC 3875 §3.1). The threats: a name nobody checked posing as REMOTE_USER, and
// what cannot be checked being let through.
import { createHash, randomBytes } from "node:crypto";
import type { ByteString } from "../../contract/bytes-text.js";
import type { Message } from "../../contract/message.js";
import type { Outcome } from "../../contract/trace.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import { valuesOf } from "../../protocol/header-values.js";
import type { HeaderPair, RequestHead } from "../../protocol/request.js";
import type { Guard } from "../../routing/route.js";
import { ConcurrencyLimiter, Permit } from "../base/concurrency-limiter.js";
import { ExchangeAbort } from "../base/exchange-abort.js";
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
  | {
      readonly ok: false;
      /** 401, 500, 503; when the exchange was aborted meanwhile, that of the reason. */
      readonly status: number;
      readonly outcome: Outcome;
      readonly why: Message;
      readonly headers: readonly HeaderPair[];
    };

const basic = byteString("Basic");
/**
 * Passwords found right that are remembered: bcrypt is made to be slow, and a
 * browser sends the password with every request.
 */
const maxRemembered = 256;
/**
 * bcrypt takes 72 bytes. One check of a longer password could hold up everybody: apr1 is computed at once, and slowly.
 */
const maxPasswordBytes = 1024;
/** One check at a time: they are computation, and many at once would hold up everybody. */
export const checkLimits = { concurrency: 1, queue: 64 };

export class AccessControl {
  readonly #files = new PasswordFiles();
  readonly #salt = randomBytes(32);
  readonly #remembered = new Set<string>();
  readonly #checks: ConcurrencyLimiter;

  /** `checks`: who checks a password, and who waits for it. */
  constructor(checks = new ConcurrencyLimiter(() => checkLimits)) {
    this.#checks = checks;
  }

  /** An aborted exchange releases its place among those that wait at once. */
  async check(guard: Guard, { headers }: RequestHead, exchangeAbort = new ExchangeAbort()): Promise<Access> {
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
    const fields = valuesOf(headers, "authorization");
    const [field] = fields;
    if (field === undefined) return refused(guard, "sign-in-needed");
    const credentials = fields.length === 1 ? basicCredentials(field) : null;
    if (credentials === null) return refused(guard, "credentials-malformed");
    const hash = table.get(credentials.user);
    const unsupported = hash === undefined ? null : unsupportedHash(hash);
    if (unsupported !== null)
      return broken(
        accessMessage("password-hash-unusable", { route: guard.path, file: guard.fileName, form: unsupported }),
      );
    if (hash === undefined || credentials.password.length > maxPasswordBytes)
      return refused(guard, "credentials-wrong");
    const checked = await this.#isRight(credentials, hash, exchangeAbort);
    if (checked === "full") return busy;
    if (checked === "aborted") return aborted(exchangeAbort);
    if (!checked) return refused(guard, "credentials-wrong");
    return { ok: true, signedIn: { type: basic, user: credentials.user } };
  }

  async #isRight(
    { user, password }: Credentials,
    hash: ByteString,
    exchangeAbort: ExchangeAbort,
  ): Promise<boolean | "full" | "aborted"> {
    const key = createHash("sha256")
      .update(this.#salt)
      .update(JSON.stringify([user, password, hash]))
      .digest("base64");
    if (this.#remembered.has(key)) return true;
    const permit = await this.#checks.acquire(exchangeAbort);
    if (!(permit instanceof Permit)) return permit;
    try {
      if (this.#remembered.has(key)) return true; // it was found right while this one waited
      if (!(await checkPassword(password, hash))) return false;
    } finally {
      permit.release();
    }
    if (this.#remembered.size >= maxRemembered) this.#remembered.clear(); // simple, and they are soon known again
    this.#remembered.add(key);
    return true;
  }
}

function refused(
  { path, realm, from }: Guard,
  code: "sign-in-needed" | "credentials-malformed" | "credentials-wrong",
): Access {
  const challenge = utf8(`Basic realm="${realm.replace(/["\\]/g, "\\$&")}", charset="UTF-8"`);
  return {
    ok: false,
    status: 401,
    outcome: "ok",
    why: accessMessage(code, { route: path, realm, ...(from && { from }) }),
    headers: [[byteString("WWW-Authenticate"), challenge]],
  };
}

const broken = (why: Message): Access => ({ ok: false, status: 500, outcome: "upstream-error", why, headers: [] });

const busy: Access = {
  ok: false,
  status: 503,
  outcome: "upstream-error",
  why: accessMessage("sign-ins-full", { limit: checkLimits.queue }),
  headers: [[byteString("Retry-After"), byteString("1")]],
};

function aborted({ reason }: ExchangeAbort): Access {
  if (!reason) throw new Error("an exchange is aborted for a reason");
  return { ok: false, status: reason.status, outcome: reason.outcome, why: reason.cause, headers: [] };
}
