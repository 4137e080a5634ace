// A request as the productions of its grammar (RFC 9112 §2.1, §3, §5, §7.1), so that one of them can be made wrong and
// the others stay right. Text is bytes: one character each.
import type { Random } from "./random.js";

export interface Field {
  name: string;
  /** What lies between name and value: ":", with its blanks. */
  colon: string;
  value: string;
  end: string;
}

export interface Chunk {
  /** Null: the size of `data`, in hexadecimal. */
  size: string | null;
  extension: string;
  lineEnd: string;
  data: string;
  end: string;
}

export interface Model {
  /** Before the request line. */
  before: string;
  method: string;
  afterMethod: string;
  target: string;
  afterTarget: string;
  version: string;
  lineEnd: string;
  fields: Field[];
  blankLine: string;
  /** Of a body with a length, or what follows without one. */
  body: string;
  /** Null: the body is not chunked. */
  chunks: Chunk[] | null;
  lastChunk: string;
  trailers: Field[];
  trailerEnd: string;
  /** What follows on the connection. */
  after: string;
  /** 1 for the whole; less: the connection ends after this part of the bytes. */
  sent: number;
}

/** How the requests for a server look: where its script is. */
export interface Site {
  readonly path: string;
  readonly host: string;
}

const words = ["a", "b=c", "name=J%C3%BCrgen", "x+y", "q=1&r=2", ""] as const;
const values = ["text/html", "a, b;q=0.5", '"quoted \\" text"', 'W/"1"', "x", "0123456789".repeat(8)] as const;
const names = [
  "Accept",
  "User-Agent",
  "X-Tag",
  "Cookie",
  "If-None-Match",
  "x-lower",
  "X.Dot",
  "A",
  "X!#$%&'*+^`|~1",
] as const;

export const field = (name: string, value: string): Field => ({ name, colon: ": ", value, end: "\r\n" });
export const chunk = (data: string): Chunk => ({ size: null, extension: "", lineEnd: "\r\n", data, end: "\r\n" });

/** A valid request. */
export function validModel(random: Random, site: Site): Model {
  const query = random.chance(0.6) ? `?${random.pick(words)}` : "";
  const model: Model = {
    before: "",
    method: random.pick(["GET", "GET", "GET", "POST", "POST", "PUT", "HEAD", "DELETE", "PATCH"]),
    afterMethod: " ",
    target: `${site.path}${query}`,
    afterTarget: " ",
    version: "HTTP/1.1",
    lineEnd: "\r\n",
    fields: [field("Host", site.host)],
    blankLine: "\r\n",
    body: "",
    chunks: null,
    lastChunk: "0\r\n",
    trailers: [],
    trailerEnd: "\r\n",
    after: "",
    sent: 1,
  };
  for (let n = random.int(0, 4); n > 0; n--) {
    const name = random.pick(names);
    // nginx refuses some fields that come twice: a production of its own.
    if (!model.fields.some((line) => line.name === name)) model.fields.push(field(name, random.pick(values)));
  }
  if (model.method === "POST" || model.method === "PUT" || model.method === "PATCH") {
    if (random.chance(0.5)) makeChunked(model, random);
    else makeLength(model, random);
  }
  return model;
}

const bytesOf = (random: Random): string =>
  random.pick([
    "abc",
    "hello world",
    "0\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "\0\xff\r\n",
    "x".repeat(random.int(1, 300)),
  ]);

/** Some servers refuse a body with a GET: a production about bodies is sent with another method. */
export function takesBody(model: Model): void {
  if (model.method === "GET" || model.method === "HEAD" || model.method === "DELETE") model.method = "POST";
}

/** A body with its Content-Length. */
export function makeLength(model: Model, random: Random): void {
  dropFraming(model);
  takesBody(model);
  if (model.body === "") model.body = bytesOf(random);
  model.fields.push(field("Content-Length", String(model.body.length)));
}

/** A body of one to four chunks. */
export function makeChunked(model: Model, random: Random): Chunk[] {
  dropFraming(model);
  takesBody(model);
  model.body = "";
  model.chunks = Array.from({ length: random.int(1, 4) }, () => chunk(bytesOf(random)));
  model.fields.push(field("Transfer-Encoding", "chunked"));
  return model.chunks;
}

export function dropFraming(model: Model): void {
  model.chunks = null;
  model.fields = model.fields.filter(({ name }) => !/^(?:content-length|transfer-encoding)$/i.test(name));
}

const lineOf = ({ name, colon, value, end }: Field): string => `${name}${colon}${value}${end}`;
const chunkOf = ({ size, extension, lineEnd, data, end }: Chunk): string =>
  `${size ?? data.length.toString(16)}${extension}${lineEnd}${data}${end}`;

/** The bytes of the model. */
export function bytesOfModel(model: Model): string {
  const { before, method, afterMethod, target, afterTarget, version, lineEnd, fields, blankLine, chunks } = model;
  const head = `${before}${method}${afterMethod}${target}${afterTarget}${version}${lineEnd}${fields.map(lineOf).join("")}${blankLine}`;
  const body = chunks
    ? `${chunks.map(chunkOf).join("")}${model.lastChunk}${model.trailers.map(lineOf).join("")}${model.trailerEnd}`
    : model.body;
  const all = `${head}${body}${model.after}`;
  return model.sent === 1 ? all : all.slice(0, Math.floor(model.sent * all.length));
}
