// An independent, unforgiving reader of HTTP/1.1 responses (RFC 9112): it shares no code with the server, and throws
// for whatever a client may stumble over. Bytes as latin1 text.
export interface WireResponse {
  readonly status: number;
  readonly reason: string;
  /** As they came: name and value. */
  readonly headers: readonly (readonly [string, string])[];
  /** Without its chunking. */
  readonly body: string;
  /** False: the connection ended before the body did. */
  readonly isComplete: boolean;
  /** The connection ends with it, by its own word. */
  readonly closes: boolean;
}

const statusLine = /^HTTP\/1\.1 ([1-5]\d\d) ([\t \x21-\x7e\x80-\xff]*)\r\n/;
const fieldLine =
  /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*((?:[\x21-\x7e\x80-\xff](?:[\t \x21-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?)[ \t]*\r\n/;
const chunkLine = /^([0-9a-fA-F]{1,15})\r\n/;

/**
 * The responses to requests of these methods, in order, on one connection that the server has closed.
 * @throws for anything that is not HTTP/1.1
 */
export function readResponses(bytes: string, methods: readonly string[]): WireResponse[] {
  const responses: WireResponse[] = [];
  let rest = bytes;
  for (const method of methods) {
    if (rest === "") break;
    const { response, after } = readResponse(rest, method);
    responses.push(response);
    rest = after;
    if ((response.closes || !response.isComplete) && rest !== "")
      throw new Error(`bytes after the last response: ${shown(rest)}`);
  }
  if (rest !== "") throw new Error(`bytes that answer nothing: ${shown(rest)}`);
  return responses;
}

function readResponse(bytes: string, method: string): { response: WireResponse; after: string } {
  const { head, after } = readHead(bytes);
  const status = Number(head.status);
  if (status < 200) throw new Error(`an interim ${status} that nobody asked for`);
  const valuesOf = (name: string) =>
    head.headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);
  const [lengths, codings] = [valuesOf("content-length"), valuesOf("transfer-encoding")];
  if (lengths.length + codings.length > 1)
    throw new Error(`the length is told ${lengths.length + codings.length} times`);
  if (codings.some((coding) => coding !== "chunked")) throw new Error(`an unknown coding: ${codings}`);
  if (lengths.some((length) => !/^(?:0|[1-9]\d*)$/.test(length))) throw new Error(`a length that is none: ${lengths}`);
  for (const name of ["date", "server", "content-type", "location", "connection"])
    if (valuesOf(name).length > 1) throw new Error(`${name} is said ${valuesOf(name).length} times`);
  if (valuesOf("date").length === 0) throw new Error("no Date (RFC 9110 §6.6.1)");
  const closes = valuesOf("connection").some((value) => /\bclose\b/i.test(value));
  if (status === 204 && lengths.length + codings.length > 0) throw new Error("a 204 with a length (RFC 9110 §8.6)");
  const made = (body: string, rest: string, isComplete = true) => ({
    response: { ...head, status, body, isComplete, closes },
    after: rest,
  });

  if (method === "HEAD" || status === 204 || status === 304) return made("", after);
  if (codings.length > 0) return readChunks(after, made);
  if (lengths.length > 0) {
    const length = Number(lengths[0]);
    return made(after.slice(0, length), after.slice(length), after.length >= length);
  }
  if (!closes) throw new Error("no way to tell where the body ends");
  return made(after, "");
}

function readHead(bytes: string) {
  const first = statusLine.exec(bytes);
  if (!first) throw new Error(`no status line: ${shown(bytes)}`);
  let rest = bytes.slice(first[0].length);
  const headers: [string, string][] = [];
  while (!rest.startsWith("\r\n")) {
    const field = fieldLine.exec(rest);
    if (!field) throw new Error(`no header field: ${shown(rest)}`);
    headers.push([field[1] ?? "", field[2] ?? ""]);
    rest = rest.slice(field[0].length);
  }
  return { head: { status: first[1] ?? "", reason: first[2] ?? "", headers }, after: rest.slice(2) };
}

type Made = (body: string, rest: string, isComplete?: boolean) => { response: WireResponse; after: string };

function readChunks(bytes: string, made: Made): ReturnType<Made> {
  let body = "";
  let rest = bytes;
  for (;;) {
    const line = chunkLine.exec(rest);
    if (!line) {
      if (rest.length < 18 && /^[0-9a-fA-F]*\r?$/.test(rest)) return made(body, "", false);
      throw new Error(`no chunk: ${shown(rest)}`);
    }
    const size = Number.parseInt(line[1] ?? "", 16);
    const data = rest.slice(line[0].length);
    if (size === 0) {
      if (!data.startsWith("\r\n")) throw new Error(`a trailer nobody asked for: ${shown(data)}`);
      return made(body, data.slice(2));
    }
    body += data.slice(0, size);
    if (data.length < size + 2) return made(body, "", false);
    if (data.slice(size, size + 2) !== "\r\n") throw new Error(`a chunk without its end: ${shown(data.slice(size))}`);
    rest = data.slice(size + 2);
  }
}

const shown = (bytes: string): string => JSON.stringify(bytes.slice(0, 120));
