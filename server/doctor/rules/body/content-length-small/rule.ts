// Content-Length is smaller than the body (RFC 9110 §8.6).
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { declaredLength } from "../../../evidence/content-length.js";
import { fieldLocation } from "../../../evidence/header-fields.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Content-Length is smaller than the body",
  summary: "The script announces fewer bytes than it writes, so clients cut off the end of the body.",
  explanation:
    '`Content-Length` counts bytes. Here it is smaller than the body, and clients stop reading there, so the end of the body is missing. Usually the script counted characters instead of bytes: “ü” is one character and two bytes in UTF-8. Count the encoded text: `len(page.encode("utf-8"))` in Python, `length(encode_utf8($page))` in Perl, `Buffer.byteLength(page)` in Node. Or remove `Content-Length`: the server adds it.',
  reference: "RFC 3875 §6.3.4, RFC 9110 §8.6",
  logged: [
    apache.silent("200 OK with the whole body and a corrected length"),
    lighttpd.silent("200 OK, cut off"),
    nginx.logs("tooMuch", "200 OK, cut off"),
  ],
  fixes: ["content-length-in-bytes", "remove-content-length"],
  on: "anything",
  check: (facts) => {
    const length = declaredLength(facts);
    if (length === null || length.declared >= length.actual) return null;
    const lost = length.actual - length.declared;
    return {
      // Another count of a length that was counted in bytes would be wrong again.
      ...(length.isInCharacters ? {} : { fixes: ["remove-content-length" as const] }),
      title: length.isInCharacters ? "Content-Length counts characters, not bytes" : rule.title,
      detail: `\`Content-Length\` is ${length.declared}, and the body has ${length.actual} bytes${length.isInCharacters ? ` (${length.declared} characters)` : ""}. Clients lose the last ${lost === 1 ? "byte" : `${lost} bytes`}.`,
      ...fieldLocation(facts, length.field),
    };
  },
};
