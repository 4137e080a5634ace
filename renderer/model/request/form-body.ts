// application/x-www-form-urlencoded as browsers write it (URL Standard §5), in the form's charset.
import { decodeBytes } from "../../../server/protocol/charset.js";
import { percentEncode } from "../../../server/protocol/percent.js";
import { asReference, encodeText } from "./encode-charset.js";
import { encodeAround } from "./placeholders.js";

export const formType = "application/x-www-form-urlencoded";

interface NameAndValue {
  readonly name: string;
  readonly value: string;
}

/** The fields as one line of ASCII. `isFilled`: placeholders are kept, because the server has values for them. */
export function encodeForm(fields: readonly NameAndValue[], charset: string, isFilled = false): string {
  const written = (text: string): string =>
    isFilled ? encodeAround(text, (part) => encode(part, charset)) : encode(text, charset);
  return fields.map(({ name, value }) => `${written(name)}=${written(value)}`).join("&");
}

/**
 * The fields of a body, when a form of this charset would have been written in exactly these bytes and single-line
 * fields can show its names; else null.
 */
export function decodeForm(body: Uint8Array, charset: string): readonly NameAndValue[] | null {
  const text = decodeBytes(body, "windows-1252").text;
  const fields = (text === "" ? [] : text.split("&")).map((part): NameAndValue => {
    const equals = part.indexOf("=");
    return {
      name: decode(equals < 0 ? part : part.slice(0, equals), charset),
      value: equals < 0 ? "" : decode(part.slice(equals + 1), charset),
    };
  });
  return encodeForm(fields, charset) === text && !fields.some(({ name }) => /[\r\n]/.test(name)) ? fields : null;
}

function encode(text: string, charset: string): string {
  let out = "";
  for (const byte of encodeText(text, charset, asReference)) {
    const character = String.fromCharCode(byte);
    if (byte === 0x20) out += "+";
    else if (/[A-Za-z0-9*._-]/.test(character)) out += character;
    else out += percentEncode(character);
  }
  return out;
}

function decode(text: string, charset: string): string {
  const bytes: number[] = [];
  const plain = text.replaceAll("+", " ");
  for (let at = 0; at < plain.length; at++) {
    const hex = plain.slice(at + 1, at + 3);
    if (plain.charAt(at) === "%" && /^[0-9A-Fa-f]{2}$/.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(plain.charCodeAt(at) & 0xff);
  }
  return decodeBytes(Uint8Array.from(bytes), charset).text;
}
