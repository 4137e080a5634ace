// Codes that open the window once. An address with a code may stay in a browser's history, in a terminal or in a process
// list: it opens nothing after its use.
import { randomBytes } from "node:crypto";

/** Codes that were issued and not used. One more ends the oldest. */
const maxCodes = 32;

interface Code {
  readonly secret: string;
  /** By performance.now(); null: while the server runs. */
  readonly endsAt: number | null;
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
    this.#codes.set(id, { secret, endsAt: lifeMs === null ? null : this.#now() + lifeMs });
    return `${id}.${secret}`;
  }

  /** The secret of a code that is still good. */
  secret(id: string): string | null {
    const code = this.#codes.get(id);
    if (!code) return null;
    if (code.endsAt === null || this.#now() < code.endsAt) return code.secret;
    this.#codes.delete(id);
    return null;
  }

  /** Ends a code; false if it was no longer good. */
  use(id: string): boolean {
    return this.secret(id) !== null && this.#codes.delete(id);
  }
}
