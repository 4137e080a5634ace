// Which encoding a browser reads a text with: a byte order mark wins over the header, the header over a <meta>
// in the page, and a page that says nothing is windows-1252 (HTML Standard, "determining the character
// encoding"; Encoding Standard; RFC 8259 for JSON).
import type { ByteString } from "../../contract/bytes-text.js";
import { charsetOf } from "../../protocol/charset.js";

/** Who decided. "type": the format allows one encoding only, as JSON does. */
type CharsetDecider = "bom" | "header" | "meta" | "xml-declaration" | "type" | "default";

/** A name as it was written, and the encoding it means; null when it means none. Bytes `[from, to)` of the body. */
interface NamedCharset {
  readonly name: string;
  readonly encoding: string | null;
  readonly range: readonly [number, number] | null;
}
export interface BrowserCharset {
  /** As the Encoding Standard names it: "iso-8859-1" is windows-1252 there. */
  readonly encoding: string;
  readonly from: CharsetDecider;
  readonly header: NamedCharset | null;
  /** Of a <meta> or an XML declaration. */
  readonly inPage: NamedCharset | null;
  readonly bom: "utf-8" | "utf-16le" | "utf-16be" | null;
}

/** A browser looks for a <meta> in so many bytes. */
export const prescanBytes = 1024;

/** The encoding that a label means to a browser; null for a name that it does not know. */
export function encodingOf(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null; // RangeError: the answer
  }
}

/** True for what a browser treats as text in some encoding. */
export function isTextType(contentType: string): boolean {
  const type = essence(contentType);
  return (
    type.startsWith("text/") ||
    isJson(type) ||
    isXml(type) ||
    /^application\/(?:x-)?(?:javascript|ecmascript)$/.test(type)
  );
}

const essence = (contentType: string): string => (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
const isJson = (type: string): boolean => type === "application/json" || type === "text/json" || type.endsWith("+json");
const isXml = (type: string): boolean => type === "application/xml" || type === "text/xml" || type.endsWith("+xml");

/** `contentType`: the field's value, "" when there is none. `body`: its beginning, 1024 bytes are enough. */
export function browserCharset(contentType: string, body: ByteString): BrowserCharset {
  const type = essence(contentType);
  const label = charsetOf(contentType);
  const header = label === null ? null : { name: label, encoding: encodingOf(label), range: null };
  const inPage = isXml(type) ? xmlDeclaration(body) : type === "text/html" || type === "" ? metaCharset(body) : null;
  const bom = byteOrderMark(body);
  const known = { header, inPage, bom };
  if (bom !== null) return { encoding: bom, from: "bom", ...known };
  if (isJson(type) || type === "text/event-stream") return { encoding: "utf-8", from: "type", ...known };
  if (header?.encoding != null) return { encoding: header.encoding, from: "header", ...known };
  if (inPage?.encoding != null)
    return { encoding: inPage.encoding, from: isXml(type) ? "xml-declaration" : "meta", ...known };
  return { encoding: isXml(type) ? "utf-8" : "windows-1252", from: isXml(type) ? "type" : "default", ...known };
}

export function byteOrderMark(body: ByteString): BrowserCharset["bom"] {
  if (body.startsWith("\xef\xbb\xbf")) return "utf-8";
  if (body.startsWith("\xff\xfe")) return "utf-16le";
  return body.startsWith("\xfe\xff") ? "utf-16be" : null;
}

function xmlDeclaration(body: ByteString): NamedCharset | null {
  const match = /^<\?xml[^>]{0,200}?encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z][\w.-]*)\1/d.exec(
    body.slice(0, prescanBytes),
  );
  const range = match?.indices?.[2];
  return match?.[2] === undefined || range === undefined
    ? null
    : { name: match[2].toLowerCase(), encoding: inPageEncoding(match[2]), range };
}

/** Comments are passed over. Of `http-equiv` the content counts, of others the attribute `charset`. */
function metaCharset(body: ByteString): NamedCharset | null {
  const head = body.slice(0, prescanBytes).replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => " ".repeat(comment.length));
  for (const tag of head.matchAll(/<meta[\s/][^>]*>/gi)) {
    const attributes = tag[0];
    const direct = /[\s/"']charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/di.exec(attributes);
    const old = /http-equiv\s*=\s*["']?content-type/i.test(attributes)
      ? /content\s*=\s*(?:"[^"]*?|'[^']*?)charset\s*=\s*([^\s"';>]+)/di.exec(attributes)
      : null;
    const found = old ?? direct;
    if (found === null) continue;
    const group = [1, 2, 3].find((index) => found[index] !== undefined) ?? 0;
    const written = found[group] ?? "";
    // Trimmed here: blanks in the expression would take cubic time.
    const name = written.trim();
    const from = tag.index + (found.indices?.[group]?.[0] ?? 0) + written.length - written.trimStart().length;
    return { name: name.toLowerCase(), encoding: inPageEncoding(name), range: [from, from + name.length] };
  }
  return null;
}

/** A page whose declaration could be read as ASCII is not UTF-16: browsers take UTF-8 instead. */
function inPageEncoding(label: string): string | null {
  const encoding = encodingOf(label);
  return encoding?.startsWith("utf-16") ? "utf-8" : encoding === "x-user-defined" ? "windows-1252" : encoding;
}
