// Which recorded cookies a preview's browser gets. A browser gets each response once: showing a response a second time,
// or an old one after a newer one, must not bring an old session id back.
import type { ByteString } from "../../contract/bytes-text.js";
import { withoutBlanks } from "../../protocol/blanks.js";
import { byteString } from "../../protocol/byte-string.js";
import { valuesOf } from "../../protocol/header-values.js";
import type { HeaderPair } from "../../protocol/request.js";
import type { TraceRecord } from "../../trace/trace-record.js";

/** Names remembered; the oldest go first. */
const maxNames = 1000;

export interface CookiePlan {
  /**
   * Set-Cookie values that come before the recorded response: of the redirects
   * before it, and of the session it was asked in.
   */
  readonly brought: readonly ByteString[];
  /** Names that the response itself must not set again. */
  readonly kept: ReadonlyMap<string, number>;
  /** Every name the browser gets, with the number of the trace it is from. */
  readonly given: ReadonlyMap<string, number>;
}

export class PreviewCookies {
  /** By name: the newest trace whose cookie the preview's browser has. */
  readonly #newest = new Map<string, number>();

  /** The browser has got these. */
  note(given: ReadonlyMap<string, number>): void {
    for (const [name, seq] of given) {
      if (seq <= (this.#newest.get(name) ?? 0)) continue;
      this.#newest.delete(name);
      this.#newest.set(name, seq);
    }
    for (const name of this.#newest.keys()) {
      if (this.#newest.size <= maxNames) break;
      this.#newest.delete(name);
    }
  }

  /** `before`: the traces whose redirects led to the first of `shown`, oldest first. */
  plan(before: readonly TraceRecord[], shown: readonly TraceRecord[]): CookiePlan {
    const given = new Map<string, number>();
    const kept = new Map<string, number>();
    const brought: ByteString[] = [];
    const isNew = (name: string, seq: number): boolean => {
      const newest = this.#newest.get(name);
      if (newest === undefined || newest < seq) given.set(name, seq);
      else kept.set(name, newest);
      return newest === undefined || newest < seq;
    };
    const [first] = [...before, ...shown];
    for (const [name, pair] of first ? sentCookies(first) : [])
      if (!this.#newest.has(name) && isNew(name, first?.seq ?? 0))
        brought.push(byteString(`${pair}; Path=/; SameSite=Lax`));
    for (const trace of before)
      for (const [name, line] of setCookies(trace.response?.headers ?? []))
        if (isNew(name, trace.seq)) brought.push(line);
    for (const trace of shown) for (const [name] of setCookies(trace.response?.headers ?? [])) isNew(name, trace.seq);
    return { brought, given, kept };
  }
}

/** The Set-Cookie lines, each with its cookie's name. */
export function setCookies(headers: readonly HeaderPair[]): (readonly [string, ByteString])[] {
  return valuesOf(headers, "set-cookie").map((line) => [cookieName(line), line] as const);
}

/**
 * What a request from the workbench itself carried along: `name=value` by name. A browser's own are in its jar already.
 */
function sentCookies({ client, request }: TraceRecord): (readonly [string, string])[] {
  if (client.from === "browser") return [];
  return valuesOf(request.headers, "cookie")
    .flatMap((value) => value.split(";"))
    .flatMap((pair) => (pair.includes("=") ? [[cookieName(pair), withoutBlanks(pair)] as const] : []));
}

const cookieName = (line: string): string => withoutBlanks(line.split(";", 1)[0]?.split("=", 1)[0] ?? "");
