// The body that cURL makes of its -F options (RFC 7578), as far as it can be known without reading files.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../byte-string.js";
import type { GivenOption } from "./curl-options.js";

/** The body and its boundary, or why it cannot be made. */
export function curlForm(
  parts: readonly GivenOption[],
): { readonly bytes: ByteString; readonly boundary: string } | string {
  const boundary = boundaryFor(parts.map(({ value }) => value).join());
  const lines: string[] = [];
  for (const { is, value } of parts) {
    const equals = value.indexOf("=");
    if (equals < 0) return `The form’s part ${value} has no “=”.`;
    const name = value.slice(0, equals);
    const given = value.slice(equals + 1);
    if (is === "form" && /^[@<]/.test(given))
      return `The form’s part ${name} would be read from the file ${given.slice(1)}. Choose it in the composer’s form instead.`;
    const [content, type] = is === "form" ? splitType(given) : [given, null];
    lines.push(`--${boundary}`, `Content-Disposition: form-data; name="${name.replaceAll('"', "%22")}"`);
    if (type !== null) lines.push(`Content-Type: ${type}`);
    lines.push("", content);
  }
  return { bytes: byteString(`${[...lines, `--${boundary}--`].join("\r\n")}\r\n`), boundary };
}

function splitType(value: string): readonly [string, string | null] {
  const [, content = value, type = null] = /^([\s\S]*?);type=([^;]+)$/.exec(value) ?? [];
  return [content, type];
}

/** One that is in none of the parts; the same each time. */
function boundaryFor(all: string): string {
  let number = 0;
  const candidate = (): string => `----CgiWorkbenchPasted${String(number).padStart(4, "0")}`;
  while (all.includes(candidate())) number++;
  return candidate();
}
