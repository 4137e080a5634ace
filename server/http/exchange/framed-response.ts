// A response as it goes on the wire: framed, with what its connection needs said, and its head as text.
import { STATUS_CODES } from "node:http";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { type Framed, type FramingInput, frame } from "../../protocol/framing.js";
import { fieldMessage } from "../../protocol/framing-messages.js";
import type { HeaderPair, NameAndWhy, RequestHead } from "../../protocol/request.js";
import { headText } from "../response/response-head.js";
import type { SentResponse } from "../response/response-writer.js";
import { serverHeaders } from "../response/server-headers.js";

export interface FramedResponse extends Framed, SentResponse {
  /** It says that the connection ends with it. */
  readonly isLast: boolean;
}

/** What a response is framed for. */
export interface FramedFor {
  readonly request: Pick<RequestHead, "method" | "httpVersion">;
  /** Of the whole body, bytes; null: not known. */
  readonly length: number | null;
  /** No other request is served on the connection. */
  readonly isClosing: boolean;
  readonly serverSoftware: ByteString;
}

const connection = byteString("Connection");
const closes = fieldMessage("connection-close");
const keepsAlive = fieldMessage("connection-keep-alive");

export function frameResponse(response: FramingInput, { request, length, isClosing, serverSoftware }: FramedFor) {
  return framedWith(response, request, length, isClosing, serverHeaders(serverSoftware));
}

/**
 * Frames a response that is the same for many requests: again only when something
 * else is, at least the second of its Date.
 */
export class RepeatedResponse {
  readonly #response: FramingInput;
  #last: (FramedFor & { readonly date: ByteString; readonly framed: FramedResponse }) | null = null;

  constructor(response: FramingInput) {
    this.#response = response;
  }

  framedFor({ request, length, isClosing, serverSoftware }: FramedFor): FramedResponse {
    const own = serverHeaders(serverSoftware);
    const last = this.#last;
    if (
      last?.date === own.date &&
      last.serverSoftware === serverSoftware &&
      last.request.method === request.method &&
      last.request.httpVersion === request.httpVersion &&
      last.length === length &&
      last.isClosing === isClosing
    )
      return last.framed;
    const { method, httpVersion } = request;
    const framed = framedWith(this.#response, request, length, isClosing, own);
    const { date } = own;
    this.#last = { request: { method, httpVersion }, length, isClosing, serverSoftware, date, framed };
    return framed;
  }
}

function framedWith(
  response: FramingInput,
  request: FramedFor["request"],
  length: number | null,
  isClosing: boolean,
  own: { readonly date: ByteString; readonly server: ByteString },
): FramedResponse {
  const framed = frame(response, request, length, own);
  const reason = framed.reason === "" ? byteString(STATUS_CODES[framed.status] ?? "") : framed.reason;
  const field = connectionField(framed, { close: isClosing, httpVersion: request.httpVersion });
  const { status, framing, bodyBytes, changed, dropped } = framed;
  const headers: readonly HeaderPair[] = field ? [...framed.headers, [connection, field[0]]] : framed.headers;
  const added: readonly NameAndWhy[] = field ? [...framed.added, [connection, field[1]]] : framed.added;
  const head = headText({ status, reason, headers });
  const isLast = framing === "close" || field?.[0] === "close";
  return { status, reason, headers, framing, bodyBytes, added, changed, dropped, head, isLast };
}

/** The Connection header that a response needs beside its framing, with the reason; null for none. */
function connectionField(
  framed: Framed,
  { close, httpVersion }: { close: boolean; httpVersion: string },
): NameAndWhy | null {
  if (framed.framing === "close") return null; // says so already
  if (close) return [byteString("close"), closes];
  return httpVersion === "1.0" ? [byteString("keep-alive"), keepsAlive] : null;
}
