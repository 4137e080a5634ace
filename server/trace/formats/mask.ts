// Replaces secret values wherever they are in the JSON of a trace. A mask is as long as what it replaces.
import { masking } from "../../base/masking.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { maskFields } from "./secret-fields.js";

/**
 * Shorter values are masked where they are the header's or the variable's own, and not wherever else their few bytes
 * appear.
 */
export const minFoundBytes = 4;
/** Each takes time. A list of thousands, as in a table of users, is masked beside the names alone. */
const maxFound = 500;
/** A value that is also in many texts that have nothing to do with it. */
const isCommon = /^(?:true|false|null|none|\d{4,5})$/i;
/** So much of a value is no other word. It is masked although the rest is missing, as in a message that was cut. */
const minBegunBytes = 32;
/** Before it, the beginning of a value is masked: `quoteBytes` cuts so. */
const cutMark = "…”";

export const stars = (text: { readonly length: number }): string => "*".repeat(text.length);

/** Text is compared by characters, the bytes of a stream by bytes. */
type Encoding = "utf8" | "latin1";

export class Mask {
  readonly #masked: (text: string, encoding: Encoding, hasMore?: boolean) => string;

  /** `isSecret`: of fields, whose values are masked however short they are. */
  constructor(values: readonly ByteString[], isSecret: (name: string) => boolean) {
    const found = [...new Set(values)]
      .filter((value) => value.length >= minFoundBytes && !isCommon.test(value))
      .slice(0, maxFound);
    const both = [...new Set(found.flatMap((value) => [value, Buffer.from(value, "latin1").toString()]))];
    const starsIn = (encoding: Encoding) => (hidden: string) => stars(Buffer.from(hidden, encoding));
    const ways = { utf8: masking(both, starsIn("utf8")), latin1: masking(both, starsIn("latin1")) };
    this.#masked = (text, encoding, hasMore = false) =>
      ways[encoding](maskFields(text, isSecret, starsIn(encoding)), (rest, form) =>
        withoutSecret(rest, form, encoding, hasMore),
      );
  }

  in<T>(value: T): T;
  in(value: unknown): unknown {
    if (typeof value === "string") return this.#masked(value, "utf8");
    if (Array.isArray(value)) return value.map((item) => this.in(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        key === "base64" && typeof item === "string" ? this.#inBase64(item, isCut(value)) : this.in(item),
      ]),
    );
  }

  #inBase64(base64: string, hasMore: boolean): string {
    const bytes = Buffer.from(base64, "base64").toString("latin1");
    const shown = this.#masked(bytes, "latin1", hasMore);
    return shown === bytes ? base64 : Buffer.from(shown, "latin1").toString("base64");
  }
}

/** A stream of which the beginning was kept. */
const isCut = (stream: object): boolean =>
  "captured" in stream &&
  "bytes" in stream &&
  typeof stream.captured === "number" &&
  typeof stream.bytes === "number" &&
  stream.captured < stream.bytes;

/** `hasMore`: the text was cut at its end, so the beginning of a secret may stand there. */
function withoutSecret(text: string, secret: string, encoding: Encoding, hasMore: boolean): string {
  const cut = Buffer.from(cutMark).toString(encoding);
  const begin = secret.slice(0, minFoundBytes);
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, Math.max(from, at + 1))) {
    let to = at + begin.length;
    while (to - at < secret.length && text[to] === secret[to - at]) to++;
    const isBegun = text.startsWith(cut, to) || (hasMore && to === text.length);
    if (to - at < Math.min(secret.length, minBegunBytes) && !isBegun) continue;
    parts.push(text.slice(from, at), stars(Buffer.from(text.slice(at, to), encoding)));
    from = to;
  }
  return parts.join("") + text.slice(from);
}
