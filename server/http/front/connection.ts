// One client connection. It reads a request, hands it to the gateway, and reads on when its response is out: one
// exchange at a time, so that no script overtakes the response before it. Behind the request that is being served at
// most one read of the socket is held, within a budget that all connections share.
import type { Socket } from "node:net";
import type { ByteString } from "../../contract/bytes-text.js";
import { HeadReader } from "../../protocol/http1/head-reader.js";
import type { GatewayPolicy } from "../../protocol/policy.js";
import { plainAddress } from "../../protocol/server-name.js";
import type { SocketEnds } from "../../spawn/native/socket-owner.js";
import type { BusyWait } from "./busy-wait.js";
import type { Droppable, HeldBytes } from "./held-bytes.js";
import {
  dropBodyMs,
  headPieceBytes,
  idleMs,
  maxRequestHeadBytes,
  minUploadBytesPerSecond,
  requestHeadMs,
  slowUploadMs,
  timeoutCheckMs,
} from "./http-limits.js";
import type { ConnectionFacts, Refused, RequestHandler } from "./incoming.js";
import { IncomingBody } from "./incoming-body.js";
import { linger } from "./linger.js";
import { connectionFault, type FrontFault, faultOf } from "./messages.js";
import { type LastHeads, type ReadRequest, readRequest } from "./read-request.js";
import { Turn } from "./turn.js";

interface ConnectionOptions {
  readonly id: number;
  readonly handler: RequestHandler;
  readonly held: HeldBytes;
  readonly lastHeads: LastHeads;
  readonly busyWait: BusyWait;
  /** Read once per request. */
  readonly policy: () => GatewayPolicy;
  readonly ownNames: ReadonlySet<string>;
  /** Asked once per connection. */
  readonly otherUser: (ends: SocketEnds) => ConnectionFacts["otherUser"];
}

export class Connection implements Droppable {
  readonly facts: ConnectionFacts;
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  #reader = new HeadReader(maxRequestHeadBytes);
  #turn: Turn | null = null;
  #requests = 0;
  /** Bytes that were read and that the exchange under way has no use for (yet). */
  #rest: Uint8Array | null = null;
  /** When what is read now came; performance.now(). */
  #receivedAt = 0;
  /** Since when a head, the next request, or the rest of one that has its response is awaited; performance.now(). */
  #waitsSince = performance.now();
  /** What the last exchange took, and what passed between the last two, ms. */
  #lastExchangeMs = Number.POSITIVE_INFINITY;
  #lastGapMs = Number.POSITIVE_INFINITY;
  /** Of the head under way, counted as held. */
  #headBytes = 0;
  /** No further request is read. */
  #isClosing = false;
  #isFeeding = false;
  /** The response is out, and the rest of the request's body is read and dropped. */
  #isReleased = false;

  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    const ends = {
      remoteAddress: plainAddress(socket.remoteAddress ?? ""),
      remotePort: socket.remotePort ?? 0,
      localAddress: plainAddress(socket.localAddress ?? ""),
      localPort: socket.localPort ?? 0,
    };
    this.facts = { id: options.id, ...ends, ownNames: options.ownNames, otherUser: options.otherUser(ends) };
    socket.on("drain", () => this.#turn?.onDrain?.());
    socket.once("end", () => this.#ended());
    socket.once("close", () => this.#closed());
    socket.on("error", ignoreSocketError);
  }

  /** `bytes` may change after this. */
  received(bytes: Uint8Array): void {
    this.#receivedAt = performance.now();
    this.#feed(bytes);
  }

  /**
   * Ends what takes too long: a head that does not come, the next request on a connection that is kept,
   * the body of a request that has its response, and if other requests wait (`isCrowded`), a body that
   * hardly comes. Called every `timeoutCheckMs`.
   */
  checkTimeouts(now: number, isCrowded: boolean): void {
    if (this.#isClosing) return;
    const waited = now - this.#waitsSince;
    if (this.#turn && this.#isReleased) this.#checkRest(this.#turn, now);
    else if (this.#turn) this.#checkUpload(this.#turn, isCrowded);
    else if (!this.#reader.hasBegun) {
      if (waited > idleMs) this.#socket.destroy();
    } else if (waited > requestHeadMs) this.#refuse(connectionFault("head-timeout"), this.#reader.partial);
  }

  /** A script that reads on after its response takes as long as it likes. */
  #checkRest(turn: Turn, now: number): void {
    const { hasReader, isAwaited } = turn.body;
    if (hasReader && !isAwaited) this.#waitsSince = now;
    const waited = now - this.#waitsSince;
    if ((waited > dropBodyMs && !hasReader) || Math.min(waited, now - this.#receivedAt) > idleMs)
      this.#socket.destroy();
  }

  /** Only the time counts in which the client could send. */
  #checkUpload(turn: Turn, isCrowded: boolean): void {
    const { body } = turn;
    if (body.isComplete || !body.isFlowing || body.isUpgraded || turn.awaitsContinue) return;
    turn.uploadMs += timeoutCheckMs;
    const isSlow = turn.uploadMs > slowUploadMs && body.takenBytes < (turn.uploadMs / 1000) * minUploadBytesPerSecond;
    if (isSlow && isCrowded) this.#bodyFailed(turn, connectionFault("body-too-slow"));
  }

  #feed(chunk: Uint8Array): void {
    if (this.#isFeeding) return void this.#hold(chunk);
    this.#isFeeding = true;
    let from = 0;
    while (from < chunk.length) {
      const turn = this.#turn;
      if (!turn) {
        if (this.#isClosing) break;
        from = this.#readHead(chunk, from);
      } else if (turn.body.isFlowing && !turn.body.isComplete) {
        from = turn.body.take(chunk, from);
        if (turn.body.fault) {
          this.#bodyFailed(turn, faultOf(turn.body.fault.code, turn.body.fault.range));
          break;
        }
        if (this.#isReleased && turn.body.isComplete) this.#next(turn);
      } else {
        if (!turn.body.isBroken) this.#hold(chunk.subarray(from)); // where a broken body ends is not known
        break;
      }
    }
    this.#isFeeding = false;
  }

  #readHead(chunk: Uint8Array, from: number): number {
    const reader = this.#reader;
    const idleSince = this.#waitsSince;
    if (!reader.hasBegun) {
      if (this.#requests > 0) this.#lastGapMs = this.#receivedAt - this.#waitsSince;
      this.#waitsSince = this.#receivedAt;
      const { id, lastHeads, policy } = this.#options;
      const again = lastHeads.again(id, chunk, from, policy());
      if (again) {
        this.#take(again, true);
        return from + again.head.length;
      }
    }
    const to = reader.read(chunk, from);
    if (reader.fault) this.#refuse(faultOf(reader.fault.code, reader.fault.range), reader.partial);
    else if (reader.head !== null) this.#begin(reader.head);
    else if (!reader.hasBegun)
      this.#waitsSince = idleSince; // blank lines alone are no request
    else if (this.#options.held.hold(to - from + headPieceBytes, this)) this.#headBytes += to - from + headPieceBytes;
    else this.#refuse(connectionFault("too-much-held"), reader.partial);
    return to;
  }

  #begin(head: ByteString): void {
    this.#releaseHead();
    this.#reader = new HeadReader(maxRequestHeadBytes);
    const { id, lastHeads, policy } = this.#options;
    const result = readRequest(head, policy());
    if (!result.ok) return void this.#refuse(result.fault, head);
    lastHeads.keep(id, result.read);
    this.#take(result.read, false);
  }

  #take(read: ReadRequest, isRepeated: boolean): void {
    if (this.#socket.destroyed) return void this.#refuse(connectionFault("closed-before-turn"), read.head);
    const turn = new Turn({
      connection: this.facts,
      socket: this.#socket,
      nth: ++this.#requests,
      t0Ms: this.#waitsSince,
      read,
      isRepeated,
      body: new IncomingBody(read.framing, () => this.#flow(), this.#options.held),
      held: this.#options.held,
      onRelease: () => this.#released(turn),
    });
    this.#turn = turn;
    this.#options.busyWait.exchangeBegan(turn.headAt, this.#lastExchangeMs);
    this.#options.handler.handle(turn);
  }

  /**
   * The response is out. A body that is still coming is read first, for the script that may still want it, and because
   * closing over unread bytes resets the connection.
   */
  #released(turn: Turn): void {
    if (this.#turn !== turn) return;
    const comes = !turn.awaitsContinue && !turn.body.isBroken && (this.#rest || !this.#socket.readableEnded);
    if (turn.body.isComplete || !comes) return void this.#next(turn);
    this.#isReleased = true;
    this.#waitsSince = performance.now();
    if (!turn.keepsConnection && this.#socket.writable) this.#socket.end(); // the client need not wait for it
    if (!turn.body.hasReader) turn.body.discard();
  }

  #next(turn: Turn): void {
    this.#turn = null;
    this.#isReleased = false;
    const now = performance.now();
    this.#waitsSince = now;
    this.#lastExchangeMs = now - turn.t0Ms;
    this.#options.busyWait.exchangeEnded(now, turn.keepsConnection ? this.#lastGapMs : Number.POSITIVE_INFINITY);
    if (!turn.body.isComplete) this.#dropRest();
    if (!turn.keepsConnection || !turn.body.isComplete || (this.#socket.readableEnded && !this.#rest)) this.#close();
    else if (this.#rest) process.nextTick(() => this.#flow());
    else this.#socket.resume();
  }

  #close(): void {
    this.#abandonRest();
    this.#isClosing = true;
    if (this.#socket.writable) this.#socket.end();
    linger(this.#socket);
  }

  /** Reads on: first what was read already. */
  #flow(): void {
    if (this.#isFeeding) return;
    const rest = this.#rest;
    if (rest) {
      this.#dropRest();
      this.#feed(rest);
    }
    if (this.#rest || this.#socket.destroyed) return;
    if (this.#socket.readableEnded) this.#ended();
    else this.#socket.resume();
  }

  #hold(bytes: Uint8Array): void {
    this.#socket.pause();
    const turn = this.#turn;
    if (this.#options.held.hold(bytes.length, null))
      this.#rest = this.#rest ? Buffer.concat([this.#rest, bytes]) : new Uint8Array(bytes);
    else if (turn && !turn.body.isComplete) this.#bodyFailed(turn, connectionFault("too-much-held"));
    else if (turn) turn.keepsConnection = false; // what was asked next gets no response, and the client can tell
  }

  /** A head under way has no right to the room that a newer one needs. */
  canBeDropped(): boolean {
    return true;
  }

  drop(): number {
    this.#refuse(connectionFault("too-much-held"), this.#reader.partial);
    return 0;
  }

  /** What waited behind the last request was received all the same: each head becomes a trace. */
  #abandonRest(): void {
    const rest = this.#rest;
    this.#dropRest();
    for (let from = 0; rest && from < rest.length; ) {
      const reader = new HeadReader(maxRequestHeadBytes);
      from = reader.read(rest, from);
      const head = reader.head ?? reader.partial;
      if (head !== "") this.#refuse(connectionFault("closed-before-turn"), head);
      const result = readRequest(head, this.#options.policy());
      // Where a request with a body ends is not known here.
      if (!result.ok || result.read.framing.kind !== "none") return;
    }
  }

  #dropRest(): void {
    if (this.#rest) this.#options.held.release(this.#rest.length, null);
    this.#rest = null;
  }

  #releaseHead(): void {
    this.#options.held.release(this.#headBytes, this);
    this.#headBytes = 0;
  }

  #refuse({ status, cause }: FrontFault, head: ByteString): void {
    this.#releaseHead();
    this.#reader = new HeadReader(maxRequestHeadBytes); // what came of the head is counted no longer
    this.#isClosing = true;
    const isGone = status === null || this.#socket.destroyed;
    const refused: Refused = {
      connection: this.facts,
      socket: this.#socket,
      nth: ++this.#requests,
      head,
      t0Ms: this.#waitsSince,
      status: isGone ? null : status,
      outcome: isGone ? "client-gone" : "bad-request",
      cause,
    };
    this.#options.handler.refuse(refused);
  }

  #bodyFailed(turn: Turn, { status, cause }: FrontFault): void {
    turn.keepsConnection = false;
    // A client that has its response gets no other: for it, to stop sending is to leave.
    const hasLeft = this.#isReleased && cause.code === "body-incomplete";
    if (!hasLeft) turn.exchangeAbort.abort({ outcome: "bad-request", cause, status: status ?? 400 });
    turn.body.break();
    if (this.#isReleased) this.#next(turn); // the response is out, so only the connection waited for this body
  }

  /** The client sends nothing more, and may still read. Bytes that came before and still wait are read first. */
  #ended(): void {
    if (this.#rest) return;
    const turn = this.#turn;
    if (turn) {
      if (turn.body.isUpgraded) turn.body.break();
      else if (!turn.body.isComplete) this.#bodyFailed(turn, connectionFault("body-incomplete"));
    } else if (this.#isClosing) return;
    else if (this.#reader.hasBegun) this.#refuse(connectionFault("head-incomplete"), this.#reader.partial);
    else this.#socket.destroySoon();
  }

  #closed(): void {
    this.#options.lastHeads.forget(this.#options.id);
    const turn = this.#turn;
    if (turn) {
      if (!turn.body.isComplete) this.#dropRest(); // bytes of the body
      turn.body.break();
      turn.closed();
      this.#turn = null;
      this.#options.busyWait.exchangeEnded(performance.now(), Number.POSITIVE_INFINITY);
    }
    if (!this.#isClosing) this.#abandonRest();
    if (this.#reader.hasBegun && !this.#isClosing)
      this.#refuse(connectionFault("closed-in-head"), this.#reader.partial);
    this.#releaseHead();
  }
}

/** `close` follows, and says all there is to say. */
function ignoreSocketError(): void {}
