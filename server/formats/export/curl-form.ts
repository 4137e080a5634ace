// The body that cURL makes of its -F options (RFC 7578), as far as it can be known without reading files.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import type { GivenOption } from "./curl-options.js";
import { type FormPart, formPart, typeByName } from "./form-part.js";

interface CurlForm {
  readonly bytes: ByteString;
  readonly boundary: string;
  /** Sentences on what is not taken over. */
  readonly notes: readonly string[];
}

/** The body and its boundary, or why it cannot be made. `named`: the boundary that the command names, null for none. */
export function curlForm(parts: readonly GivenOption[], named: string | null): CurlForm | string {
  const boundary = named ?? boundaryFor(parts.map(({ value }) => value).join());
  const lines: string[] = [];
  const notes: string[] = [];
  for (const { is, value } of parts) {
    const equals = value.indexOf("=");
    if (equals < 0) return `The form’s part ${value} has no “=”.`;
    const name = value.slice(0, equals);
    const given = value.slice(equals + 1);
    if (is === "form" && /^[@<]/.test(given))
      return `The form’s part ${name} would be read from the file ${given.slice(1)}. Choose it in the composer’s form instead.`;
    if (is === "form" && given.startsWith("("))
      return `The form’s part ${name} begins parts within a part. Write them into the body instead.`;
    const part = is === "form" ? formPart(given) : plainPart(given);
    lines.push(`--${boundary}`, ...headLines(name, part), "", part.content);
    notes.push(...part.leftOut.map((text) => `Of the form’s part ${name} “;${text}” is left out.`));
  }
  return { bytes: byteString(`${[...lines, `--${boundary}--`].join("\r\n")}\r\n`), boundary, notes };
}

const plainPart = (content: string): FormPart => ({ content, type: null, filename: null, headers: [], leftOut: [] });

/** cURL makes no line that the option names itself. */
function headLines(name: string, { filename, type: given, headers }: FormPart): readonly string[] {
  const file = filename === null ? "" : `; filename="${escaped(filename)}"`;
  const type = given ?? (filename === null ? null : typeByName(filename));
  const made = [`Content-Disposition: form-data${name === "" ? "" : `; name="${escaped(name)}"`}${file}`];
  if (type !== null) made.push(`Content-Type: ${type}`);
  const nameOf = (line: string): string => line.replace(/:[\s\S]*/, "").toLowerCase();
  return [...made.filter((line) => !headers.some((header) => nameOf(header) === nameOf(line))), ...headers];
}

const escapes: Readonly<Record<string, string>> = { '"': "%22", "\r": "%0D", "\n": "%0A" };
const escaped = (text: string): string => text.replace(/["\r\n]/g, (sign) => escapes[sign] ?? sign);

/** One that is in none of the parts; the same each time. */
function boundaryFor(all: string): string {
  let number = 0;
  const candidate = (): string => `----CgiWorkbenchPasted${String(number).padStart(4, "0")}`;
  while (all.includes(candidate())) number++;
  return candidate();
}
