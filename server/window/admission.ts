// Lets a WebSocket in once it has proved that it knows the token or a one-time code (server/contract/window-proof.ts).
// Threat: a program of another user that connects here, or that listens here after this server has ended.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Socket } from "node:net";
import type { RawData, WebSocket } from "ws";
import { z } from "zod";
import { jsonOf } from "../base/json-of.js";
import { type ProofContext, type ProofPurpose, provenText, tokenHello, windowClose } from "../contract/window-proof.js";
import type { OneTimeCodes } from "./one-time-codes.js";

const proofWaitMs = 3000;
/** Bytes before the proof is accepted: two small messages, with some room. */
const maxBytesBeforeProof = 256;
/** Sockets without a proof. One more ends the oldest, so that strangers cannot fill every place. */
const maxStrangers = 32;

const hello = z.strictObject({ hello: z.string().max(16), nonce: z.string().regex(/^[0-9a-f]{32}$/) });
const answer = z.strictObject({ proof: z.string().regex(/^[0-9a-f]{64}$/) });

interface AdmissionOptions {
  readonly token: string;
  readonly codes: OneTimeCodes;
  /** Host and port in the page's address. */
  readonly authority: () => string;
  /** Called with each socket that was let in, and its connection; it is welcomed when that resolves. */
  readonly onSocket: (socket: WebSocket, connection: Socket) => void | Promise<void>;
}

export class Admission {
  readonly #options: AdmissionOptions;
  /** Sockets without a proof, the oldest first. */
  readonly #strangers = new Set<WebSocket>();

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** `connection`: what the socket reads from. */
  ask(client: WebSocket, connection: Socket): void {
    this.#limit(client, connection);
    const late = setTimeout(() => client.close(windowClose.late, "no proof"), proofWaitMs);
    // Broken frames end the connection; "close" tells whoever needs to know.
    client.on("error", () => client.terminate());
    client.once("close", () => clearTimeout(late));
    client.once("message", (data) => {
      const asked = parsed(hello, data);
      const secret = asked && this.#secretOf(asked.hello, asked.nonce);
      if (!asked || secret === null) return refuse(client);
      const serverNonce = randomBytes(16).toString("hex");
      const context = { authority: this.#options.authority(), clientNonce: asked.nonce, serverNonce };
      client.once("message", (second) => {
        clearTimeout(late);
        if (!this.#isProved(asked.hello, secret, context, second)) return refuse(client);
        this.#strangers.delete(client);
        const welcome = asked.hello === tokenHello ? null : masked(this.#options.token, secret, context);
        this.#admit(client, connection, JSON.stringify({ welcome })).catch((error: unknown) => {
          console.error("A window could not be served.", error);
          client.terminate();
        });
      });
      client.send(JSON.stringify({ nonce: serverNonce, proof: hmac(secret, "server", context).toString("hex") }));
    });
  }

  async #admit(client: WebSocket, connection: Socket, welcome: string): Promise<void> {
    await this.#options.onSocket(client, connection); // first: the page writes as soon as it has read the welcome
    client.send(welcome);
  }

  #secretOf(name: string, page: string): string | null {
    return name === tokenHello ? this.#options.token : this.#options.codes.secret(name, page);
  }

  /** After its first proof a code is good for that page alone. */
  #isProved(name: string, secret: string, context: ProofContext, data: RawData): boolean {
    const given = parsed(answer, data);
    if (!given || !timingSafeEqual(Buffer.from(given.proof, "hex"), hmac(secret, "client", context))) return false;
    return name === tokenHello || this.#options.codes.use(name, context.clientNonce);
  }

  /** Without a proof a socket costs almost nothing: few bytes, and few such sockets. */
  #limit(client: WebSocket, connection: Socket): void {
    const strangers = this.#strangers;
    strangers.add(client);
    client.once("close", () => strangers.delete(client));
    const [oldest] = strangers;
    if (oldest && strangers.size > maxStrangers) {
      strangers.delete(oldest);
      oldest.terminate();
    }
    let bytes = 0;
    const count = (chunk: Buffer): void => {
      if (!strangers.has(client)) return void connection.off("data", count);
      bytes += chunk.length;
      if (bytes > maxBytesBeforeProof) client.terminate();
    };
    connection.on("data", count);
  }
}

const refuse = (client: WebSocket): void => client.close(windowClose.refused, "not proved");

/** Null for anything but JSON text of this form. */
const parsed = <T>(schema: z.ZodType<T>, data: RawData): T | null =>
  schema.safeParse(jsonOf(String(data))).data ?? null;

const hmac = (secret: string, purpose: ProofPurpose, context: ProofContext): Buffer =>
  createHmac("sha256", secret).update(provenText(purpose, context)).digest();

/** At most 32 bytes, each changed by one that only the two sides can compute. */
function masked(token: string, secret: string, context: ProofContext): string {
  const mask = hmac(secret, "mask", context);
  const bytes = Buffer.from(token);
  if (bytes.length > mask.length) throw new Error(`a token has at most ${mask.length} bytes`);
  return Buffer.from(bytes.map((byte, at) => byte ^ (mask[at] ?? 0))).toString("hex");
}
