// Options of the verbs that send a request: headers and bodies.
import { open } from "node:fs/promises";
import { errorCode, NotRegularFile, readBounded } from "../base/disk.js";
import type { OutgoingRequest, RequestBody } from "../client/send-request.js";
import type { ByteString } from "../contract/bytes-text.js";
import { utf8 } from "../protocol/byte-string.js";
import { firstValue } from "../protocol/header-values.js";
import { onlyOneOf } from "./only-one.js";
import { UsageError } from "./usage/usage.js";

/** A file up to this size is read as a whole: those of /proc and /sys have another size than the system says. */
const wholeBytes = 1 << 20;

/** For `parseArgs`. */
export const requestOptions = {
  request: { type: "string", short: "X" },
  header: { type: "string", short: "H", multiple: true },
  data: { type: "string", short: "d", multiple: true },
  "data-binary": { type: "string" },
} as const;

type RequestValues = Readonly<{
  request?: string | undefined;
  header?: string[] | undefined;
  data?: string[] | undefined;
  "data-binary"?: string | undefined;
}>;

/** The request that the options describe. @throws UsageError */
export async function outgoingOf(values: RequestValues, target: string): Promise<OutgoingRequest> {
  const body = await bodyOf(values.data, values["data-binary"]);
  const headers = headersOf(values.header, values.data !== undefined);
  return { method: utf8(values.request ?? (body ? "POST" : "GET")), target: utf8(target), headers, body };
}

/** Each -H, and the Content-Type that -d implies if none is given. @throws UsageError without a colon */
export function headersOf(texts: readonly string[] = [], isForm: boolean): [ByteString, ByteString][] {
  const headers = texts.map(headerOf);
  if (isForm && firstValue(headers, "content-type") === null)
    headers.push([utf8("Content-Type"), utf8("application/x-www-form-urlencoded")]);
  return headers;
}

/** @throws UsageError without a colon */
function headerOf(text: string): [ByteString, ByteString] {
  const colon = text.indexOf(":");
  if (colon < 1) throw new UsageError(`--header takes 'Name: value', not “${text}”`);
  return [utf8(text.slice(0, colon)), utf8(text.slice(colon + 1).trim())];
}

/** -d and --data-binary. */
export async function bodyOf(
  data: readonly string[] | undefined,
  binary: string | undefined,
): Promise<RequestBody | null> {
  onlyOneOf({ data, "data-binary": binary }, "data", "data-binary");
  if (data) return { bytes: Buffer.from(data.join("&")) };
  if (binary === undefined) return null;
  if (!binary.startsWith("@")) return { bytes: Buffer.from(binary) };
  if (binary === "@-") return { stream: process.stdin, sizeBytes: null };
  const path = binary.slice(1);
  const refuse = (error: unknown): never => {
    throw new UsageError(
      error instanceof NotRegularFile
        ? `--data-binary takes a file, and ${error.message}`
        : `the file of --data-binary cannot be read: ${path}, ${errorCode(error) || String(error)}`,
    );
  };
  const read = await readBounded(path, wholeBytes).catch(refuse);
  if (read.kind === "read") return { bytes: read.bytes };
  const file = await open(path).catch(refuse);
  const { size } = await file.stat();
  if (size <= wholeBytes) return { stream: file.createReadStream(), sizeBytes: null }; // it has more: one of /proc
  // What is added meanwhile, as to a log, would be taken for another request.
  return { stream: file.createReadStream({ start: 0, end: size - 1 }), sizeBytes: size };
}
