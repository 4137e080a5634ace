// Codes that open the window once. An address with a code may stay in a browser's history, in a terminal or in a
// process list: it opens nothing after its use. Only the page that used it may prove it again for a while: it may have
// been loaded again before the token reached it.
import { randomBytes } from "node:crypto";

/** Codes that are kept. One more ends the oldest. */
const maxCodes = 32;
/** How long the page that used a code may prove it again, ms. */
const usedMs = 60_000;

interface Code {
  readonly secret: string;
  /** The time of performance.now(); null: while the server runs. */
  readonly endsAt: number | null;
  /** The nonce of the page that used it; null: none has. */
  readonly page: string | null;
}

export class OneTimeCodes {
  readonly #codes = new Map<string, Code>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** A new code, `ID.SECRET`. `lifeMs` null: good until it is used. */
  issue(lifeMs: number | null): string {
    const id = randomBytes(6).toString("base64url");
    const secret = randomBytes(16).toString("base64url");
    const [oldest] = this.#codes.keys();
    if (oldest !== undefined && this.#codes.size >= maxCodes) this.#codes.delete(oldest);
    this.#codes.set(id, { secret, endsAt: lifeMs === null ? null : this.#now() + lifeMs, page: null });
    return `${id}.${secret}`;
  }

  /** The secret of a code that is still good for this page. `page`: its nonce. */
  secret(id: string, page: string): string | null {
    const code = this.#codes.get(id);
    if (!code) return null;
    const isOver = code.endsAt !== null && this.#now() >= code.endsAt;
    if (isOver) this.#codes.delete(id);
    return isOver || (code.page !== null && code.page !== page) ? null : code.secret;
  }

  /** The code is this page's now; false if it was no longer good. */
  use(id: string, page: string): boolean {
    const secret = this.secret(id, page);
    const isGood = secret !== null;
    if (isGood && this.#codes.get(id)?.page === null)
      this.#codes.set(id, { secret, endsAt: this.#now() + usedMs, page });
    return isGood;
  }
}
