// The bytes for which a text in a HAR file stands. HAR 1.2 does not say how: tools write characters, or bytes.
import { browserCharset } from "../../formats/encodings/browser-charset.js";
import { encodeAs } from "../../formats/encodings/codecs.js";
import { fromBytes } from "../../protocol/byte-string.js";

interface InText {
  readonly text?: string | null | undefined;
  readonly encoding?: string | null | undefined;
  readonly _encoding?: string | null | undefined;
  readonly mimeType?: string | null | undefined;
  readonly params?: readonly { readonly name: string; readonly value?: string | null | undefined }[] | null | undefined;
}
type Size = number | null | undefined;

const isBase64 = ({ encoding, _encoding }: InText): boolean => (encoding ?? _encoding) === "base64";

/** Null: the file does not have them. `size`: how many there are, as the file says. */
export function bytesOf(given: InText | null | undefined, size: Size): Buffer | null {
  if (!given) return null;
  const { text, mimeType, params } = given;
  if (typeof text === "string") {
    if (isBase64(given)) return Buffer.from(text, "base64");
    // Firefox writes each byte of a request body as a character.
    const isBytes = text.length === size && /^[^\u0100-\uffff]*$/.test(text);
    return Buffer.from(text, isBytes ? "latin1" : "utf8");
  }
  // Of a multipart body the boundary and the headers of its parts are unknown.
  if (!params || params.length === 0 || /^\s*multipart\//i.test(mimeType ?? "")) return null;
  return Buffer.from(new URLSearchParams(params.map(({ name, value }) => [name, value ?? ""])).toString());
}

export interface ReadBody {
  readonly bytes: Buffer | null;
  /** They are UTF-8, though the response says another charset: how it was sent is not known. */
  readonly isConverted: boolean;
}

/** Of a response, which browsers write as the text that they decoded. `type`: its Content-Type. */
export function responseBody(content: (InText & { readonly size?: Size }) | null | undefined, type: string): ReadBody {
  const bytes = bytesOf(content, content?.size);
  const text = content?.text;
  const isKnown = bytes === null || !content || typeof text !== "string" || isBase64(content);
  if (isKnown || bytes.length === content.size || bytes.length === text.length) return { bytes, isConverted: false };
  const { encoding, from } = browserCharset(type, fromBytes(bytes));
  // A byte for each character.
  const one = encoding === "windows-1252" && text.length === content.size ? encodeAs(text, encoding).value : null;
  if (one !== null) return { bytes: Buffer.from(one, "latin1"), isConverted: false };
  return { bytes, isConverted: encoding !== "utf-8" && from !== "default" };
}
