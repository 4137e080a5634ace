// The composer's cookies. The jar is made by the first request that uses it: its list of public suffixes takes time to
// load, and few runs of the command line need it.
import type { CookieJar } from "./cookie-jar.js";

export class Cookies {
  #jar: CookieJar | null = null;

  async jar(): Promise<CookieJar> {
    const { CookieJar } = await import("./cookie-jar.js");
    this.#jar ??= new CookieJar();
    return this.#jar;
  }

  clear(): void {
    this.#jar?.clear();
  }
}
