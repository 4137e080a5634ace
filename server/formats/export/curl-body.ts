// The body that a cURL command makes of its -d, --json and -F options.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { percentEncode } from "../../protocol/percent.js";
import { curlForm } from "./curl-form.js";
import { boundaryIn, givenHeaders } from "./curl-headers.js";
import type { CurlMeaning, GivenOption } from "./curl-options.js";

interface CurlBody {
  readonly bytes: ByteString | null;
  /** The Content-Type that cURL would give it. */
  readonly type: ByteString;
  /** Of a form; null for another body. */
  readonly boundary: string | null;
  readonly isJson: boolean;
  /** Sentences on what is not taken over. */
  readonly notes: readonly string[];
}

const formType = byteString("application/x-www-form-urlencoded");

/** The body, or why it cannot be known. */
export function bodyOf(options: readonly GivenOption[], input: ByteString | null): CurlBody | string {
  const form = options.filter(({ is }) => is === "form" || is === "form-string");
  const data = options.filter(({ is }) => is === "json" || is.startsWith("data"));
  if (form.length > 0) {
    if (data.length > 0) return "The command has both a form (-F) and data (-d): cURL takes one of them.";
    const types = givenHeaders(options).filter(({ name }) => name.toLowerCase() === "content-type");
    const made = curlForm(form, boundaryIn(types[0]?.value ?? ""));
    if (typeof made === "string") return made;
    const { bytes, boundary, notes } = made;
    return { bytes, type: byteString(`multipart/form-data; boundary=${boundary}`), boundary, isJson: false, notes };
  }
  let bytes: string | null = null;
  for (const { is, value } of data) {
    const piece = pieceOf(is, value, input);
    if (piece === null)
      return `The body would be read from the file ${value.replace(/^[^@]*@/, "")}. Choose it as the body’s file instead.`;
    bytes = bytes === null ? piece : `${bytes}${is === "json" ? "" : "&"}${piece}`;
  }
  const isJson = data.some(({ is }) => is === "json");
  return {
    bytes: bytes === null ? null : byteString(bytes),
    type: isJson ? byteString("application/json") : formType,
    boundary: null,
    isJson,
    notes: [],
  };
}

const escaped = (byte: string): string => (byte === " " ? "+" : percentEncode(byte));

/** What one option adds to the body; null when that is in a file. */
function pieceOf(is: CurlMeaning, value: ByteString, input: ByteString | null): string | null {
  if (is === "data-raw") return value;
  if (is === "data-urlencode") {
    // As cURL does: "=" wherever it is, only then "@"; and a space as a form has it.
    const equals = value.indexOf("=");
    if (equals < 0 && value.includes("@")) return null;
    const name = equals > 0 ? value.slice(0, equals + 1) : "";
    return name + value.slice(equals + 1).replace(/[^A-Za-z0-9\-._~]/g, escaped);
  }
  if (!value.startsWith("@")) return value;
  if (value !== "@-" || input === null) return null;
  return is === "data" ? input.replace(/[\r\n\0]/g, "") : input;
}
