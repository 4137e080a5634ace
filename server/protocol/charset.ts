// Which characters bytes stand for: what a Content-Type declares (RFC 9110 §8.3), what the bytes look
// like, and the text itself with the places where bytes and charset do not agree. Decoding is for
// display; nothing in the gateway depends on it.
import { fromBytes } from "./byte-string.js";
import { invalidUtf8, isUtf8Prefix } from "./utf8-validity.js";

type DetectedCharset = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "binary";
interface DecodedText {
  /** With a byte order mark, if there is one, as U+FEFF: it is a byte to be seen. */
  readonly text: string;
  /** Byte ranges `[from, to)` that mean nothing in this charset, in order; each is U+FFFD in `text`. */
  readonly invalid: readonly (readonly [number, number])[];
  /**
   * What was used, as the Encoding Standard names it ("iso-8859-1" is windows-1252 there). An unknown name means
   * windows-1252, which has a character for every byte.
   */
  readonly charset: string;
}

/** A parameter: token or quoted string (RFC 9110 §5.6.6). Blanks round "=" are wrong but common. */
const parameter = /;[ \t]*([^\s;="]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;

/** The charset parameter of a Content-Type value, lower-case; null when there is none. The first of several counts. */
export function charsetOf(contentType: string): string | null {
  for (const [, name = "", quoted, plain = ""] of contentType.matchAll(parameter)) {
    if (name.toLowerCase() !== "charset") continue;
    const charset = (quoted === undefined ? plain : quoted.replace(/\\(.)/g, "$1")).trim().toLowerCase();
    return charset === "" ? null : charset;
  }
  return null;
}

/**
 * Characters of windows-1252 where it differs from ISO-8859-1, 0x80 to 0x9F. Bytes it does not assign
 * are controls, as in the Encoding Standard.
 */
const windows1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** Never throws, whatever the bytes and the name. */
export function decodeBytes(bytes: Uint8Array, charset: string): DecodedText {
  const { encoding } = decoderFor(charset);
  const text = decodeText(bytes, charset);
  return {
    text,
    invalid: encoding !== "windows-1252" && text.includes(replacement) ? invalidRanges(bytes, encoding) : [],
    charset: encoding,
  };
}

/** The text alone, which is cheaper where much is invalid. */
export function decodeText(bytes: Uint8Array, charset: string): string {
  const decoder = decoderFor(charset);
  // Not left to the decoder: Node 20's takes windows-1252 for ISO-8859-1.
  return decoder.encoding === "windows-1252" ? decodeWindows1252(bytes) : decoder.decode(bytes);
}

const replacement = "\ufffd";

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset, { ignoreBOM: true });
  } catch {
    // RangeError: a name the Encoding Standard does not know. The result says what was used instead.
    return new TextDecoder("windows-1252");
  }
}

function decodeWindows1252(bytes: Uint8Array): string {
  return fromBytes(bytes).replace(/[\x80-\x9f]/g, (byte) => windows1252.charAt(byte.charCodeAt(0) - 0x80));
}

function invalidRanges(bytes: Uint8Array, charset: string): [number, number][] {
  if (charset === "utf-8") return invalidUtf8(bytes);
  if (isValid(bytes, charset)) return [];
  // The decoder itself is asked, byte by byte: when U+FFFD comes out, the bytes since the last output are a range.
  // Slow, but only for text that is known to have one. (A genuine U+FFFD beside an invalid byte is taken for another.)
  let decoder = new TextDecoder(charset, { ignoreBOM: true });
  const ranges: [number, number][] = [];
  let from = 0;
  for (let at = 0; at <= bytes.length; at++) {
    let out: string;
    try {
      out = at < bytes.length ? decoder.decode(bytes.subarray(at, at + 1), { stream: true }) : decoder.decode();
    } catch {
      // TypeError, in spite of `fatal: false`: Node 20's runs out of room when one
      // byte ends several invalid ones (gb18030).
      out = replacement;
      decoder = new TextDecoder(charset, { ignoreBOM: true });
    }
    if (out === "") continue;
    // More than one character at once: the bytes before were invalid, and the last one stands for itself.
    const to = out.length > 1 || at === bytes.length ? at : at + 1;
    if (out.startsWith(replacement) && to > from) ranges.push([from, to]);
    from = at + 1;
  }
  return ranges;
}

function isValid(bytes: Uint8Array, charset: string): boolean {
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes);
    return true;
  } catch {
    // TypeError: the answer to the question. (A label that is unknown was replaced before.)
    return false;
  }
}

/** A guess from the first 64 KiB, for bytes that declare nothing or wrongly. ASCII is "utf-8". */
export function detectCharset(bytes: Uint8Array): DetectedCharset {
  const sample = bytes.subarray(0, 64 << 10);
  if (sample[0] === 0xff && sample[1] === 0xfe) return "utf-16le";
  if (sample[0] === 0xfe && sample[1] === 0xff) return "utf-16be";
  let controls = 0;
  let evenNuls = 0;
  let oddNuls = 0;
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at] ?? 0;
    if (byte === 0 && at % 2 === 0) evenNuls++;
    else if (byte === 0) oddNuls++;
    else if (isOddControl(byte)) controls++;
  }
  if (evenNuls + oddNuls > 0) {
    // Western text in UTF-16 has a NUL in nearly every second place, and in no other.
    const enough = Math.max(2, sample.length * 0.3);
    if (controls === 0 && evenNuls === 0 && oddNuls > enough) return "utf-16le";
    if (controls === 0 && oddNuls === 0 && evenNuls > enough) return "utf-16be";
    return "binary";
  }
  if (isUtf8Prefix(sample)) return controls > sample.length / 10 ? "binary" : "utf-8";
  return controls > sample.length / 50 ? "binary" : "windows-1252";
}

/**
 * Control bytes that text does not hold. Tab, line ends, form feed, backspace and escape (terminal colours) are text.
 */
const isOddControl = (byte: number): boolean =>
  (byte < 0x20 && byte !== 0x1b && (byte < 0x08 || byte > 0x0d)) || byte === 0x7f;
