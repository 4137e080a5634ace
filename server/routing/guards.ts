// Which requests must sign in, and the files with the passwords. A guard applies to its path and everything below, also
// to other routes below it; the innermost guard asks.
import { posix } from "node:path";
import type { ByteString } from "../contract/bytes-text.js";
import type { Config } from "../contract/config.js";
import { utf8 } from "../protocol/byte-string.js";
import { isSameFile } from "./containment.js";
import type { Guard } from "./route.js";
import { folded } from "./url-path.js";

export class Guards {
  readonly #guards: readonly { readonly prefix: string; readonly guard: Guard }[];
  readonly #files: readonly ByteString[];

  constructor(root: string, { routes }: Config) {
    this.#guards = routes
      .flatMap(({ path, auth, from }) => {
        if (auth === undefined) return [];
        const guard: Guard = {
          path,
          realm: auth.realm,
          file: posix.resolve(root, auth.htpasswd),
          fileName: auth.htpasswd,
          ...(from && { from }),
        };
        return [{ prefix: folded(utf8(path)).replace(/\/$/, ""), guard }];
      })
      .sort((a, b) => b.prefix.length - a.prefix.length);
    this.#files = this.#guards.map(({ guard }) => utf8(guard.file));
  }

  get any(): boolean {
    return this.#guards.length > 0;
  }

  /** The guard of this decoded path, to be asked before anything else; null: none. */
  of(path: ByteString): Guard | null {
    const asked = folded(path);
    return (
      this.#guards.find(
        ({ prefix }) => asked.startsWith(prefix) && (asked.length === prefix.length || asked[prefix.length] === "/"),
      )?.guard ?? null
    );
  }

  /** Finds the guards that a request has to pass: of one within another, the inner one alone. */
  innermost(guards: readonly (Guard | null)[]): readonly Guard[] {
    const asked = new Set(guards);
    const prefixes = this.#guards.flatMap(({ prefix, guard }) => (asked.has(guard) ? [prefix] : []));
    return this.#guards
      .filter(({ prefix, guard }) => asked.has(guard) && !prefixes.some((other) => other.startsWith(`${prefix}/`)))
      .map(({ guard }) => guard);
  }

  /** Whether a file on disk is a password file, through whatever link. */
  isPasswordFile(file: ByteString): boolean {
    return this.#files.some((secret) => isSameFile(secret, file));
  }
}
