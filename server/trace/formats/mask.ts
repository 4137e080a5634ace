// Replaces secret values wherever they are in the JSON of a trace. A mask is as long as what it replaces.
import { escapeHtml } from "../../base/escape-html.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { escapeBytes } from "../../protocol/quote.js";

/**
 * Shorter values are masked where they are the header's or the variable's own, and not wherever else their few bytes
 * appear.
 */
const minFoundBytes = 4;
/** So much of a value is no other word. It is masked although the rest is missing, as in a message that was cut. */
const minBegunBytes = 32;
/** Before it, the beginning of a value is masked: `quoteBytes` cuts so. */
const cutMark = "…”";

export const stars = (text: { readonly length: number }): string => "*".repeat(text.length);

/** Text is compared by characters, the bytes of a stream by bytes. */
type Encoding = "utf8" | "latin1";

export class Mask {
  readonly #inTexts: readonly string[];
  readonly #inBytes: readonly string[];

  constructor(values: readonly ByteString[]) {
    const found = values.filter(({ length }) => length >= minFoundBytes);
    this.#inTexts = formsOf(found, "utf8");
    this.#inBytes = formsOf(found, "latin1");
  }

  in<T>(value: T): T;
  in(value: unknown): unknown {
    if (typeof value === "string") return masked(value, this.#inTexts, "utf8");
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
    const shown = masked(bytes, this.#inBytes, "latin1", hasMore);
    return shown === bytes ? base64 : Buffer.from(shown, "latin1").toString("base64");
  }
}

/**
 * As they are, as sentences quote them, and as the gateway's error pages quote them. The longest first: one may be a
 * part of another.
 */
function formsOf(values: readonly ByteString[], encoding: Encoding): readonly string[] {
  const forms = values.flatMap((value) => {
    const quoted = escapeBytes(value);
    return [Buffer.from(value, "latin1").toString(encoding), quoted, escapeHtml(quoted)];
  });
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
}

/** A stream of which the beginning was kept. */
const isCut = (stream: object): boolean =>
  "captured" in stream &&
  "bytes" in stream &&
  typeof stream.captured === "number" &&
  typeof stream.bytes === "number" &&
  stream.captured < stream.bytes;

const masked = (text: string, secrets: readonly string[], encoding: Encoding, hasMore = false): string =>
  secrets.reduce((shown, secret) => withoutSecret(shown, secret, encoding, hasMore), text);

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
