// What a connection hands to the gateway: a request whose turn has come, or one that cannot be served.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { ByteString } from "../../contract/bytes-text.js";
import type { Message } from "../../contract/message.js";
import type { Outcome } from "../../contract/trace.js";
import type { ExchangeAbort } from "../exchange/exchange-abort.js";

/** Asked for once: a closed socket does not know its addresses any more. IPv4 in IPv6 form is written as IPv4. */
export interface ConnectionFacts {
  readonly id: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
}

interface Received {
  readonly connection: ConnectionFacts;
  readonly socket: Socket;
  /** 1 for the connection's first request. */
  readonly nth: number;
  /** As received, up to and including the empty line; "" when it could not be told apart. */
  readonly head: ByteString;
  /** performance.now() of the first byte. */
  readonly t0Ms: number;
}

export interface Incoming extends Received {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** performance.now() when the head was complete. */
  readonly headAt: number;
  /** The client waits for "100 Continue" before it sends the body; false again once it was sent. */
  awaitsContinue: boolean;
  /** The connection tells here that the body turned out to be broken or the client gone. */
  readonly exchangeAbort: ExchangeAbort;
}

/** A request that node's parser refused, or whose connection closed before its turn. */
export interface Refused extends Received {
  /** Null: nobody is there to answer. */
  readonly status: number | null;
  readonly outcome: Extract<Outcome, "bad-request" | "client-gone">;
  readonly cause: Message;
}

/** Whoever serves what connections read. Neither call throws. */
export interface RequestHandler {
  handle(incoming: Incoming): void;
  refuse(refused: Refused): void;
}
