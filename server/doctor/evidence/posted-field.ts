// Whether bytes of the page are those of a posted form: then the form is one of the
// page's sources, and its encoding is known.
import { rawFormFields } from "../../formats/form-fields.js";
import { fromBytes, toBytes } from "../../protocol/byte-string.js";
import { firstValue } from "../../protocol/header-values.js";
import { invalidUtf8 } from "../../protocol/utf8-validity.js";
import type { TraceFacts } from "../base/facts.js";
import type { PageEncoding } from "./page-encoding.js";

const maxFormBytes = 64 << 10;
const maxPageBytes = 512 << 10;

/**
 * " The field `name` is in the page with the bytes that the client sent, which are
 * UTF-8.", to append to a detail; else "".
 */
export function postedSentence({ request }: Pick<TraceFacts, "request">, page: PageEncoding): string {
  const { body, headers } = request;
  if (body.bytes === 0) return "";
  const type = firstValue(headers, "content-type") ?? "";
  const fields = rawFormFields(type, body.read(0, maxFormBytes))?.fields ?? [];
  const text = fromBytes(page.stdout.read(page.from, maxPageBytes));
  for (const { name, value } of fields) {
    if (!/[\x80-\xff]/.test(value) || !text.includes(value)) continue;
    const isUtf8 = invalidUtf8(toBytes(value), 1).length === 0;
    const field = /^[\x20-\x7e]+$/.test(name) ? `The field \`${name}\`` : "A field of the form";
    const encoding = isUtf8 ? "UTF-8" : "not UTF-8";
    return ` ${field} is in the page with the bytes that the client sent, which are ${encoding}. The rest comes from the script, or from what it read.`;
  }
  return "";
}
