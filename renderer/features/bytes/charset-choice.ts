// Which charset a stream is shown in: what the user chose, else what its Content-Type declares, else what its first
// bytes look like.
import { detectCharset } from "../../../server/protocol/charset.js";

export interface CharsetChoice {
  /** Lower-case, as the Encoding Standard names it; `binary` when the bytes are not text. */
  readonly charset: string;
  /** Where that comes from, in a word and in words. */
  readonly from: "chosen" | "declared" | "guessed";
  readonly why: string;
}

/** Bytes examined to guess the charset. */
const detectBytes = 64 * 1024;

/**
 * The encoding's own name for a label: `latin1` is windows-1252 on the web, `utf8` is utf-8; null for an unknown label.
 */
export function canonicalCharset(label: string): string | null {
  const lower = label.trim().toLowerCase();
  // The Encoding Standard would read it as windows-1252 and hide the mistake.
  if (lower === "us-ascii" || lower === "ascii") return "us-ascii";
  try {
    return new TextDecoder(lower).encoding;
  } catch {
    return null; // a RangeError: no such label; the caller reports it
  }
}

/** `chosen` and `declared` null: not. `beginning`: the first bytes of the stream. */
export function chooseCharset(chosen: string | null, declared: string | null, beginning: Uint8Array): CharsetChoice {
  if (chosen !== null) return { charset: chosen, from: "chosen", why: "chosen here" };
  const known = declared === null ? null : canonicalCharset(declared);
  if (known !== null) return { charset: known, from: "declared", why: "declared by Content-Type" };
  const charset = detectCharset(beginning.subarray(0, detectBytes));
  return {
    charset,
    from: "guessed",
    why: declared === null ? "guessed from the bytes" : `guessed: “${declared}” is not a known charset`,
  };
}

/** Where the charset comes from, as a sentence: "utf-8, declared by Content-Type". */
export const charsetLabel = ({ charset, why }: CharsetChoice): string =>
  `${charset === "binary" ? "not text" : charset}, ${why}`;
