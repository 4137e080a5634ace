// What a connection hands to the gateway: a request whose turn has come, or one that cannot be served.
import type { Socket } from "node:net";
import type { ByteString } from "../../contract/bytes-text.js";
import type { Message } from "../../contract/message.js";
import type { Outcome } from "../../contract/trace.js";
import type { RequestHead } from "../../protocol/request.js";
import type { ExchangeAbort } from "../base/exchange-abort.js";
import type { IncomingBody } from "./incoming-body.js";

/** Asked for once: a closed socket does not know its addresses any more. IPv4 in IPv6 form is written as IPv4. */
export interface ConnectionFacts {
  readonly id: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
  /** The listener's `ownNames`. */
  readonly ownNames: ReadonlySet<string>;
  /**
   * A client on this machine that is not this user's: its uid, or "gone" if it closed before it was asked; else null.
   */
  readonly otherUser: number | "gone" | null;
}

interface Received {
  readonly connection: ConnectionFacts;
  readonly socket: Socket;
  /** 1 for the connection's first request. */
  readonly nth: number;
  /** As received, up to and including the blank line; what came of it, when it was refused before that. */
  readonly head: ByteString;
  /** performance.now() of the first byte. */
  readonly t0Ms: number;
}

export interface Incoming extends Received {
  /** The same object as for the connection's request before this one, if its head has the same bytes. */
  readonly request: RequestHead;
  /** It is the same object. */
  readonly isRepeated: boolean;
  readonly body: IncomingBody;
  /** performance.now() when the head was complete. */
  readonly headAt: number;
  /**
   * Whether the connection may serve another request after this one. Setting it to false closes it with this response.
   */
  keepsConnection: boolean;
  /** The client waits for "100 Continue" before it sends the body; false again once it was sent. */
  awaitsContinue: boolean;
  /** The connection reports here that the body is invalid or the client has disconnected. */
  readonly exchangeAbort: ExchangeAbort;
  /** So many bytes of the response wait for the client to read; each call replaces the number before. */
  waitsForClient(bytes: number): void;
  /** The socket takes bytes again. One listener at a time. */
  onDrain: (() => void) | null;
  /** `listener` is called once when the connection closes before `release`. */
  onClosed(listener: () => void): void;
  /** The whole response was handed to the system: the next request has its turn, or the connection closes. */
  release(): void;
}

/** A request that was refused as it was read, or whose connection closed before its turn. */
export interface Refused extends Received {
  /** Null: there is no client to respond to. */
  readonly status: number | null;
  readonly outcome: Extract<Outcome, "bad-request" | "client-gone">;
  readonly cause: Message;
}

/** Serves the requests that connections read. Neither call throws. */
export interface RequestHandler {
  handle(incoming: Incoming): void;
  refuse(refused: Refused): void;
}
