// The charset that a Content-Type among some headers declares.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import { charsetOf } from "../../../server/protocol/charset.js";
import { readable, readableValue } from "../../format/bytes-text.js";

type Headers = readonly (readonly [BytesText, BytesText])[];

const isContentType = ([name]: Headers[number]): boolean => readable(name).toLowerCase() === "content-type";

/** The charset of a script or a response, lower-case; null without one. The last one counts, as on the wire. */
export function declaredCharset(headers: Headers): string | null {
  const contentType = headers.findLast(isContentType);
  return contentType ? charsetOf(readable(contentType[1])) : null;
}

/** The charset of a request: the first one counts, as it becomes CONTENT_TYPE. */
export function requestCharset(headers: Headers): string | null {
  const contentType = readableValue(headers, "content-type");
  return contentType === null ? null : charsetOf(contentType);
}

/** The media type of a response's Content-Type, lower-case and without its parameters; null when there is none. */
export function declaredType(headers: Headers): string | null {
  const contentType = headers.findLast(isContentType);
  const [type = ""] = contentType ? readable(contentType[1]).split(";", 1) : [];
  return type.trim() === "" ? null : type.trim().toLowerCase();
}
