// The fields of a request body as a person filled them in: of a form (URL Standard §5.1), of a
// multipart form (RFC 7578) and of a JSON object. For display, and therefore bounded; what a script
// makes of the same bytes is its own affair.
import type { ByteString } from "../contract/bytes-text.js";
import { byteString, fromBytes, toBytes } from "./byte-string.js";
import { charsetOf, decodeText } from "./charset.js";
import { percentDecode } from "./percent.js";
import { invalidUtf8 } from "./utf8-validity.js";

export interface FormField {
  readonly name: string;
  /** Of a file nothing: it may be anything. */
  readonly value: string;
  readonly file: { readonly name: string; readonly bytes: number } | null;
}
export interface FormFields {
  readonly kind: "urlencoded" | "multipart" | "json";
  /** What the bytes were decoded as. */
  readonly charset: string;
  /**
   * "declared": by Content-Type; "valid": they are valid UTF-8; "fallback":
   * they are not, so each byte is one character.
   */
  readonly reason: "declared" | "valid" | "fallback";
  readonly fields: readonly FormField[];
  /** Fields that are not in the list. */
  readonly omitted: number;
}

/** Bytes of a body that are looked at, fields in the list, characters of a name and of a value. */
export const maxFormBytes = 64 * 1024;
export const maxFormFields = 50;
export const maxFieldChars = 300;

/** A field as its bytes, unescaped. */
export interface RawField {
  readonly name: ByteString;
  readonly value: ByteString;
  readonly file: { readonly name: ByteString; readonly bytes: number } | null;
}

/** Null for what is no form. `isWhole`: the body ends where `body` does. */
export function formFields(contentType: string, body: Uint8Array, isWhole: boolean): FormFields | null {
  const seen = body.subarray(0, maxFormBytes);
  const isAll = isWhole && seen.length === body.length;
  const raw = rawFormFields(contentType, seen);
  if (raw) return decoded(raw.kind, raw.fields, contentType);
  return /^application\/(?:[^;\s]+\+)?json$/.test(typeOf(contentType)) && isAll ? jsonFields(seen) : null;
}

/** Every field of a form in the order of the body, whole and undecoded; null for what is no form of bytes. */
export function rawFormFields(
  contentType: string,
  body: Uint8Array,
): { readonly kind: "urlencoded" | "multipart"; readonly fields: readonly RawField[] } | null {
  const type = typeOf(contentType);
  if (type === "application/x-www-form-urlencoded")
    return { kind: "urlencoded", fields: urlencodedFields(fromBytes(body)) };
  const boundary = type === "multipart/form-data" ? boundaryOf(contentType) : "";
  return boundary === "" ? null : { kind: "multipart", fields: multipartFields(fromBytes(body), boundary) };
}

const typeOf = (contentType: string): string => contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";

function decoded(kind: FormFields["kind"], raw: readonly RawField[], contentType: string): FormFields {
  const { charset, reason } = charsetFor(raw, charsetOf(contentType));
  const text = (bytes: ByteString): string => shortened(decodeText(toBytes(bytes), charset));
  return {
    kind,
    charset,
    reason,
    fields: raw.slice(0, maxFormFields).map(({ name, value, file }) => ({
      name: text(name),
      value: text(value),
      file: file && { name: text(file.name), bytes: file.bytes },
    })),
    omitted: Math.max(0, raw.length - maxFormFields),
  };
}

/** What a form's bytes are decoded as. */
export function charsetFor(
  raw: readonly RawField[],
  declared: string | null,
): { readonly charset: string; readonly reason: FormFields["reason"] } {
  if (declared !== null) return { charset: declared, reason: "declared" };
  const isUtf8 = raw.every(({ name, value, file }) =>
    [name, value, file?.name ?? byteString("")].every((bytes) => invalidUtf8(toBytes(bytes), 1).length === 0),
  );
  return isUtf8 ? { charset: "utf-8", reason: "valid" } : { charset: "windows-1252", reason: "fallback" };
}

function urlencodedFields(body: ByteString): RawField[] {
  const unescaped = (text: string): ByteString => percentDecode(byteString(text.replaceAll("+", " "))).value;
  return body
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", value = ""] = pair.split(/=(.*)/s, 2);
      return { name: unescaped(name), value: unescaped(value), file: null };
    });
}

/** RFC 2046 §5.1.1, quoted or not; "" when there is none. */
function boundaryOf(contentType: string): string {
  const [, quoted, plain = ""] = /;[ \t]*boundary=(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? [];
  return quoted ?? plain;
}

function multipartFields(body: ByteString, boundary: string): RawField[] {
  const fields: RawField[] = [];
  const parts = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1);
  for (const part of parts) {
    if (part.startsWith("--")) break; // the closing delimiter
    const end = part.indexOf("\r\n\r\n");
    if (end === -1) continue; // cut within its headers
    const disposition = /^content-disposition:(.*)$/im.exec(part.slice(0, end))?.[1] ?? "";
    const name = parameterOf(disposition, "name");
    const file = parameterOf(disposition, "filename");
    const value = part.slice(end + 4);
    fields.push({
      name: byteString(name ?? ""),
      value: byteString(file === null ? value : ""),
      file: file === null ? null : { name: byteString(file), bytes: value.length },
    });
  }
  return fields;
}

/** Browsers write a quote within a name as %22, RFC 7578 §4.2 and the HTML Standard. */
function parameterOf(disposition: string, name: string): string | null {
  const [, quoted, plain] = new RegExp(`;[ \\t]*${name}=(?:"([^"]*)"|([^\\s;"]+))`, "i").exec(disposition) ?? [];
  return (quoted ?? plain)?.replace(/%22/g, '"').replace(/%0D/gi, "\r").replace(/%0A/gi, "\n") ?? null;
}

function jsonFields(body: Uint8Array): FormFields | null {
  const value = parsed(decodeText(body, "utf-8"));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  return {
    kind: "json",
    charset: "utf-8",
    reason: "declared", // RFC 8259 §8.1: there is no other
    fields: entries.slice(0, maxFormFields).map(([name, entry]) => ({
      name: shortened(name),
      value: shortened(typeof entry === "string" ? entry : JSON.stringify(entry)),
      file: null,
    })),
    omitted: Math.max(0, entries.length - maxFormFields),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return null; // SyntaxError: it is no JSON, whatever its type says
  }
}

/** Never ends within a character. */
function shortened(text: string): string {
  if (text.length <= maxFieldChars) return text;
  const cut = text.slice(0, maxFieldChars);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
