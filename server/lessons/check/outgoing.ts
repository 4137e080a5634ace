// A request of a lesson, as it goes to the server.
import { fill, formEncoded, type Values } from "../format/fill.js";
import type { LessonRequest } from "../format/schema.js";

/** The cookies of one check, by name. */
export type Jar = Map<string, string>;

interface Outgoing {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly [string, string][];
  readonly body: Uint8Array | null;
}

/** `jar`: its cookies are sent if the request asks for it. */
export function outgoing(request: LessonRequest, values: Values, jar: Jar): Outgoing {
  const body = bodyOf(request, values);
  const headers = Object.entries(request.headers ?? {}).map(([name, value]): [string, string] => [
    name,
    fill(value, values),
  ]);
  const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  if (body !== null) headers.push(["Content-Type", body.type]);
  if (request.cookies === true && cookies !== "") headers.push(["Cookie", cookies]);
  return {
    method: request.method ?? (body === null ? "GET" : "POST"),
    target: fill(request.target, values),
    headers,
    body: body?.bytes ?? null,
  };
}

function bodyOf({ form, text, type, multipart }: LessonRequest, values: Values) {
  if (form !== undefined) {
    const fields = Object.entries(form).flatMap(([name, value]) =>
      [value].flat().map((one) => `${formEncoded(name)}=${formEncoded(fill(one, values))}`),
    );
    return { type: "application/x-www-form-urlencoded", bytes: Buffer.from(fields.join("&")) };
  }
  if (text !== undefined) return { type: type ?? "text/plain; charset=utf-8", bytes: Buffer.from(fill(text, values)) };
  if (multipart === undefined) return null;
  const boundary = fill("part-{seed}", values);
  const parts = multipart.map((part) => {
    const file =
      "file" in part ? `; filename="${fill(part.file, values)}"\r\nContent-Type: application/octet-stream` : "";
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"${file}\r\n\r\n`;
    const content = "file" in part ? bytesOf(part.bytes, values) : Buffer.from(fill(part.value, values));
    return Buffer.concat([Buffer.from(head), content, Buffer.from("\r\n")]);
  });
  const bytes = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  return { type: `multipart/form-data; boundary=${boundary}`, bytes };
}

/** "{name}": the value's own bytes. */
function bytesOf(reference: string, values: Values): Uint8Array {
  const value = values.get(reference.slice(1, -1)) ?? reference;
  return typeof value === "string" ? Buffer.from(value) : value;
}

/** Takes in the cookies of a response. */
export function keepCookies(headers: readonly (readonly [string, string])[], jar: Jar): void {
  for (const [name, value] of headers) {
    const [, key, content] = /^([^=]+)=([^;]*)/.exec(value) ?? [];
    if (name.toLowerCase() === "set-cookie" && key !== undefined && content !== undefined)
      jar.set(key.trim(), content.trim());
  }
}
