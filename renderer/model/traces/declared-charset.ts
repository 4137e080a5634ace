// The charset that a Content-Type among some headers declares.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import { charsetOf } from "../../../server/protocol/charset.js";
import { readable } from "../../format/bytes-text.js";

/** As written, lower-case; null when there is none. */
export function declaredCharset(headers: readonly (readonly [BytesText, BytesText])[]): string | null {
  const contentType = headers.find(([name]) => readable(name).toLowerCase() === "content-type");
  return contentType ? charsetOf(readable(contentType[1])) : null;
}

/** The media type of a Content-Type, lower-case and without its parameters; null when there is none. */
export function declaredType(headers: readonly (readonly [BytesText, BytesText])[]): string | null {
  const contentType = headers.find(([name]) => readable(name).toLowerCase() === "content-type");
  const [type = ""] = contentType ? readable(contentType[1]).split(";", 1) : [];
  return type.trim() === "" ? null : type.trim().toLowerCase();
}
