// The fields of a request body as a person filled them in: of a form (URL Standard §5.1), of a
// multipart form (RFC 7578) and of a JSON object. For display, and therefore bounded; what a script
// makes of the same bytes is its own affair.
import type { ByteString } from "../contract/bytes-text.js";
import { byteString, fromBytes, toBytes } from "../protocol/byte-string.js";
import { charsetOf, decodeText } from "../protocol/charset.js";
import { parametersOf } from "../protocol/header-parameters.js";
import { jsonMembers } from "../protocol/json-members.js";
import { percentDecode } from "../protocol/percent.js";
import { invalidUtf8, isUtf8Prefix } from "../protocol/utf8-validity.js";
import { encodingOf } from "./encodings/browser-charset.js";

export interface FormField {
  readonly name: string;
  /** Of a file nothing: it may be anything. */
  readonly value: string;
  readonly file: { readonly name: string; readonly bytes: number } | null;
  /** False: it goes on where the examined bytes end. */
  readonly isWhole: boolean;
}
export interface FormFields {
  readonly kind: "urlencoded" | "multipart" | "json";
  /** What the bytes were decoded as. */
  readonly charset: string;
  /**
   * "declared": by Content-Type; "unknown": Content-Type declares one that does not exist; "valid": they are valid
   * UTF-8; "fallback": they are not. Unknown and fallback: each byte is one character.
   */
  readonly reason: "declared" | "unknown" | "valid" | "fallback";
  readonly fields: readonly FormField[];
  /** Fields among the examined bytes that are not in the list. */
  readonly omitted: number;
  /** Only the beginning of the body was examined: nothing is known of the fields behind it. */
  readonly isCut: boolean;
}

/** Bytes of a body that are examined, fields in the list, characters of a name and of a value. */
export const maxFormBytes = 64 * 1024;
export const maxFormFields = 50;
export const maxFieldChars = 300;

/** A field as its bytes, unescaped. */
interface RawField {
  readonly name: ByteString;
  readonly value: ByteString;
  readonly file: { readonly name: ByteString; readonly bytes: number } | null;
  readonly isWhole: boolean;
}

/** Null for what is no form. `isWhole`: the body ends where `body` does. */
export function formFields(contentType: string, body: Uint8Array, isWhole: boolean): FormFields | null {
  const seen = body.subarray(0, maxFormBytes);
  const isAll = isWhole && seen.length === body.length;
  const raw = rawFormFields(contentType, seen, !isAll);
  if (raw) return { ...decoded(raw.kind, raw.fields, contentType), isCut: !isAll };
  return /^application\/(?:[^;\s]+\+)?json$/.test(typeOf(contentType)) && isAll ? jsonFields(seen) : null;
}

/**
 * Every field of a form in the order of the body, undecoded; null for what is no form of bytes. `isCut`: the body goes
 * on behind these bytes.
 */
export function rawFormFields(
  contentType: string,
  body: Uint8Array,
  isCut = false,
): { readonly kind: "urlencoded" | "multipart"; readonly fields: readonly RawField[] } | null {
  const type = typeOf(contentType);
  if (type === "application/x-www-form-urlencoded")
    return { kind: "urlencoded", fields: urlencodedFields(fromBytes(body), isCut) };
  const boundary = type === "multipart/form-data" ? boundaryOf(contentType) : "";
  return boundary === "" ? null : { kind: "multipart", fields: multipartFields(fromBytes(body), boundary, isCut) };
}

const typeOf = (contentType: string): string => contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";

function decoded(kind: FormFields["kind"], raw: readonly RawField[], contentType: string): Omit<FormFields, "isCut"> {
  const { charset, reason } = charsetFor(raw, charsetOf(contentType));
  const text = (bytes: ByteString): string => shortened(decodeText(toBytes(bytes), charset));
  // The last character may be cut, too.
  const begun = (bytes: ByteString): string =>
    shortened(decodeText(toBytes(bytes), charset).replace(/\ufffd$/, ""), false);
  return {
    kind,
    charset,
    reason,
    fields: raw.slice(0, maxFormFields).map(({ name, value, file, isWhole }) => ({
      name: text(name),
      value: isWhole || file !== null ? text(value) : begun(value),
      file: file && { name: text(file.name), bytes: file.bytes },
      isWhole,
    })),
    omitted: Math.max(0, raw.length - maxFormFields),
  };
}

/** What a form's bytes are decoded as. */
export function charsetFor(
  raw: readonly RawField[],
  declared: string | null,
): { readonly charset: string; readonly reason: FormFields["reason"] } {
  if (declared !== null)
    return encodingOf(declared) === null
      ? { charset: "windows-1252", reason: "unknown" }
      : { charset: declared, reason: "declared" };
  const isUtf8 = raw.every(({ name, value, file, isWhole }) =>
    [name, value, file?.name ?? byteString("")].every((bytes) =>
      isWhole ? invalidUtf8(toBytes(bytes), 1).length === 0 : isUtf8Prefix(toBytes(bytes)),
    ),
  );
  return isUtf8 ? { charset: "utf-8", reason: "valid" } : { charset: "windows-1252", reason: "fallback" };
}

function urlencodedFields(body: ByteString, isCut: boolean): RawField[] {
  const unescaped = (text: string): ByteString => percentDecode(byteString(text.replaceAll("+", " "))).value;
  const pairs = body.split("&");
  return pairs.flatMap((pair, index) => {
    if (pair === "") return [];
    const isWhole = !isCut || index < pairs.length - 1;
    const written = isWhole ? pair : pair.replace(/%[0-9A-Fa-f]?$/, ""); // half an escape is no byte
    const [name = "", value = ""] = written.split(/=(.*)/s, 2);
    return [{ name: unescaped(name), value: unescaped(value), file: null, isWhole }];
  });
}

/** RFC 2046 §5.1.1, quoted or not; "" when there is none. */
const boundaryOf = (contentType: string): string => parametersOf(contentType).get("boundary") ?? "";

function multipartFields(body: ByteString, boundary: string, isCut: boolean): RawField[] {
  const fields: RawField[] = [];
  const delimiter = `\r\n--${boundary}`;
  const parts = `\r\n${body}`.split(delimiter).slice(1);
  for (const [index, part] of parts.entries()) {
    if (part.startsWith("--")) break; // the closing delimiter
    const end = part.indexOf("\r\n\r\n");
    if (end === -1) continue; // cut within its headers
    const head = part.slice(0, end).replace(/\r\n[ \t]+/g, " "); // a folded line is one (RFC 5322 §2.2.3)
    const disposition = parametersOf(/^content-disposition:(.*)$/im.exec(head)?.[1] ?? "");
    const name = asTyped(disposition.get("name"));
    const file = asTyped(disposition.get("filename"));
    const isWhole = !isCut || index < parts.length - 1;
    const rest = part.slice(end + 4);
    const value = isWhole ? rest : withoutBegun(rest, delimiter);
    fields.push({
      name: byteString(name ?? ""),
      value: byteString(file === null ? value : ""),
      file: file === null ? null : { name: byteString(file), bytes: value.length },
      isWhole,
    });
  }
  return fields;
}

/** Without what may be the beginning of the delimiter that ends the part. */
function withoutBegun(part: string, delimiter: string): string {
  for (let length = Math.min(part.length, delimiter.length - 1); length > 0; length--)
    if (part.endsWith(delimiter.slice(0, length))) return part.slice(0, -length);
  return part;
}

/** Browsers write a quote within a name as %22, RFC 7578 §4.2 and the HTML Standard. */
const asTyped = (written: string | undefined): string | null =>
  written?.replace(/%22/g, '"').replace(/%0D/gi, "\r").replace(/%0A/gi, "\n") ?? null;

function jsonFields(body: Uint8Array): FormFields | null {
  const members = jsonMembers(decodeText(body, "utf-8").replace(/^\ufeff/, ""));
  if (members === null) return null;
  return {
    kind: "json",
    charset: "utf-8",
    reason: "declared", // RFC 8259 §8.1: there is no other
    fields: members.slice(0, maxFormFields).map(({ name, value }) => ({
      name: shortened(name),
      value: shortened(value),
      file: null,
      isWhole: true,
    })),
    omitted: Math.max(0, members.length - maxFormFields),
    isCut: false,
  };
}

/** Never ends within a character. */
function shortened(text: string, isWhole = true): string {
  if (text.length <= maxFieldChars) return isWhole ? text : `${text}…`;
  const cut = text.slice(0, maxFieldChars);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
