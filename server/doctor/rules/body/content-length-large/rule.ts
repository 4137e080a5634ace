// Content-Length is larger than the body (RFC 9110 §8.6).
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { declaredLength } from "../../../evidence/content-length.js";
import { fieldLocation } from "../../../evidence/header-fields.js";
import { wasCutShort } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Content-Length is larger than the body",
  summary: "The script announces more bytes than it writes, so the client waits for the rest.",
  explanation:
    "`Content-Length` counts bytes. Here it is larger than the body. The client waits for bytes that never arrive until the connection closes, and may discard the response as incomplete. Either the script counted line endings as two bytes and wrote one, or the body changed after it was counted, or the script failed halfway. Remove `Content-Length`, or count just before writing.",
  reference: "RFC 3875 §6.3.4, RFC 9110 §8.6",
  logged: [
    apache.silent("200 OK with a corrected length"),
    lighttpd.silent("200 OK, closes the connection early"),
    nginx.logs("tooLittle", "200 OK, closes the connection early"),
  ],
  fixes: ["remove-content-length"],
  on: "anything",
  check: (facts) => {
    const length = declaredLength(facts);
    if (length === null || length.declared <= length.actual || wasCutShort(facts)) return null;
    const missing = length.declared - length.actual;
    return {
      detail: `\`Content-Length\` is ${length.declared}, and the body has ${length.actual} bytes: ${missing === 1 ? "1 byte is" : `${missing} bytes are`} missing.`,
      ...fieldLocation(facts, length.field),
    };
  },
};
