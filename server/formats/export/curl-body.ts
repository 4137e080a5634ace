// The body that a cURL command makes of its -d, --json and -F options.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { percentEncode } from "../../protocol/percent.js";
import { boundaryIn, givenHeaders } from "./curl-headers.js";
import type { CurlMeaning, GivenOption } from "./curl-options.js";
import { type FormPart, formPart, typeByName } from "./form-part.js";

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
    return { ...made, type: byteString(`multipart/form-data; boundary=${made.boundary}`), isJson: false };
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

/**
 * A form (RFC 7578) with its boundary, or why it cannot be made: files are not read. `named`: the boundary that the
 * command names, null for none.
 */
function curlForm(
  parts: readonly GivenOption[],
  named: string | null,
): Pick<CurlBody, "bytes" | "boundary" | "notes"> | string {
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
  const file = filename === null ? "" : `; filename="${inQuotes(filename)}"`;
  const type = given ?? (filename === null ? null : typeByName(filename));
  const made = [`Content-Disposition: form-data${name === "" ? "" : `; name="${inQuotes(name)}"`}${file}`];
  if (type !== null) made.push(`Content-Type: ${type}`);
  const nameOf = (line: string): string => line.replace(/:[\s\S]*/, "").toLowerCase();
  return [...made.filter((line) => !headers.some((header) => nameOf(header) === nameOf(line))), ...headers];
}

const formEscapes: Readonly<Record<string, string>> = { '"': "%22", "\r": "%0D", "\n": "%0A" };
const inQuotes = (text: string): string => text.replace(/["\r\n]/g, (sign) => formEscapes[sign] ?? sign);

/** One that is in none of the parts; the same each time. */
function boundaryFor(all: string): string {
  let number = 0;
  const candidate = (): string => `----CgiWorkbenchPasted${String(number).padStart(4, "0")}`;
  while (all.includes(candidate())) number++;
  return candidate();
}
