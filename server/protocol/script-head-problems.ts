// What is wrong with a line that should have been a header field. The order
// matters: the most telling explanation first.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import { quoteBytes } from "./quote.js";
import { scriptMessage } from "./script-head-messages.js";

/** Why this line is no header field. `isFirst`: it is the first line of stdout. */
export function malformedLine(bytes: ByteString, isFirst: boolean): Message {
  const line = quoteBytes(bytes);
  if (isFirst && bytes.startsWith("\xef\xbb\xbf")) return scriptMessage("byte-order-mark");
  if (isFirst && (bytes.startsWith("\xff\xfe") || bytes.startsWith("\xfe\xff"))) return scriptMessage("utf-16");
  if (isFirst && bytes.startsWith("HTTP/")) return scriptMessage("bad-status-line", { line });
  if (/^[ \t]/.test(bytes)) return scriptMessage("folded-field", { line });
  if (bytes.startsWith(":")) return scriptMessage("no-field-name", { line });
  if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+[ \t]+:/.test(bytes)) return scriptMessage("space-before-colon", { line });
  if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:/.test(bytes)) return scriptMessage("carriage-return", { line });
  if (bytes.startsWith("<")) return scriptMessage("markup", { line, isFirst });
  if (bytes.includes("\0")) return scriptMessage("binary-data", { line });
  if (!bytes.includes(":")) return scriptMessage("no-colon", { line, isFirst });
  return scriptMessage("bad-field-name", { line });
}
