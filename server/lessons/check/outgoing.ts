// A request of a lesson, as it goes to the server.
import type { OutgoingRequest } from "../../client/send-request.js";
import { utf8 } from "../../protocol/byte-string.js";
import { type Fill, formEncoded, type Value, type Values } from "../format/fill.js";
import type { LessonRequest } from "../format/schema.js";

/** The cookies of one check, by name. */
export type Jar = Map<string, string>;

/** `method` and `mode` are those of the lesson; `jar`: its cookies are sent if the request asks for it. */
export function outgoing(request: LessonRequest, values: Values, filled: Fill, jar: Jar): OutgoingRequest {
  const body = bodyOf(request, values, filled);
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [name, filled(value)] as const);
  const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const all = [
    ...headers,
    ...(body === null ? [] : ([["Content-Type", body.type]] as const)),
    ...(request.cookies === true && cookies !== "" ? ([["Cookie", cookies]] as const) : []),
  ];
  return {
    method: utf8(request.method ?? (body === null ? "GET" : "POST")),
    target: utf8(filled(request.target)),
    headers: all.map(([name, value]) => [utf8(name), utf8(value)]),
    body: body && { bytes: body.bytes },
  };
}

function bodyOf(request: LessonRequest, values: Values, filled: Fill): { type: string; bytes: Uint8Array } | null {
  const { form, text, bytes, multipart, type } = request;
  if (form !== undefined) {
    const fields = Object.entries(form).flatMap(([name, value]) =>
      [value].flat().map((one) => `${formEncoded(name)}=${formEncoded(filled(one))}`),
    );
    return { type: "application/x-www-form-urlencoded", bytes: Buffer.from(fields.join("&")) };
  }
  if (text !== undefined) return { type: type ?? "text/plain; charset=utf-8", bytes: Buffer.from(filled(text)) };
  if (bytes !== undefined) return { type: type ?? "application/octet-stream", bytes: bytesOf(bytes, values) };
  if (multipart === undefined) return null;
  const boundary = `part-${String(values.get("seed"))}`;
  const parts = multipart.flatMap((part) => {
    const name = `Content-Disposition: form-data; name="${part.name}"`;
    const head =
      "file" in part
        ? `${name}; filename="${filled(part.file)}"\r\nContent-Type: ${part.type ?? "application/octet-stream"}`
        : name;
    const content = "file" in part ? bytesOf(part.bytes, values) : Buffer.from(filled(part.value));
    return [Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), content, Buffer.from("\r\n")];
  });
  const all = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  return { type: `multipart/form-data; boundary=${boundary}`, bytes: all };
}

/** "{name}": the value's own bytes. */
function bytesOf(reference: string, values: Values): Uint8Array {
  const value: Value = values.get(reference.slice(1, -1)) ?? reference;
  return typeof value === "string" ? Buffer.from(value) : value;
}

/** The server's variables, in place of its own. */
export const variablesOf = ({ variables = {} }: LessonRequest, filled: Fill) =>
  new Map(Object.entries(variables).map(([name, value]) => [utf8(name), utf8(filled(value))] as const));

/** Takes in the cookies of a response. */
export function keepCookies(headers: readonly (readonly [string, string])[], jar: Jar): void {
  for (const [name, value] of headers) {
    const [, key, content] = /^([^=]+)=([^;]*)/.exec(value) ?? [];
    if (name.toLowerCase() === "set-cookie" && key !== undefined && content !== undefined)
      jar.set(key.trim(), content.trim());
  }
}
