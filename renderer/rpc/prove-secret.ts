// The page's side of the proof (server/contract/window-proof.ts): it sends no secret, and goes on only if the other
// side has proved that it knows the secret too.
import { type ProofContext, type ProofPurpose, provenText, tokenHello } from "../../server/contract/window-proof.js";
import { hex, newNonce, type WindowSecret } from "./window-secret.js";

export type ProofResult =
  /** `token`: what the proof of a code brought. */
  | { readonly kind: "welcome"; readonly token: string | null }
  /** The other side is not the server that gave this secret. */
  | { readonly kind: "stranger" }
  | { readonly kind: "closed"; readonly code: number };

/** A server that does not answer is gone or hangs: the page connects again. */
const answerWaitMs = 10_000;

/** `authority`: host and port in the page's address. `socket` is connecting or open. */
export async function proveSecret(socket: WebSocket, known: WindowSecret, authority: string): Promise<ProofResult> {
  const late = setTimeout(() => socket.close(), answerWaitMs);
  const closed = new Promise<Closed>((resolve) => {
    socket.addEventListener("close", ({ code }) => resolve({ kind: "closed", code }), { once: true });
  });
  const result = await talk(socket, known, authority, closed);
  clearTimeout(late);
  return result;
}

type Closed = Extract<ProofResult, { kind: "closed" }>;

async function talk(
  socket: WebSocket,
  { name, secret, nonce }: WindowSecret,
  authority: string,
  closed: Promise<Closed>,
): Promise<ProofResult> {
  const opened = new Promise<null>((resolve) => {
    if (socket.readyState === socket.OPEN) resolve(null);
    else socket.addEventListener("open", () => resolve(null), { once: true });
  });
  /** Sends a message and gives the next one. */
  const ask = (message: Readonly<Record<string, string>>): Promise<unknown> => {
    const answered = new Promise<unknown>((resolve) => {
      socket.addEventListener("message", ({ data }) => resolve(data), { once: true });
    });
    socket.send(JSON.stringify(message));
    return Promise.race([answered, closed.then(() => null)]);
  };

  const ended = await Promise.race([opened, closed]);
  if (ended) return ended;
  const clientNonce = nonce ?? newNonce();
  const challenge = await ask({ hello: name, nonce: clientNonce });
  if (challenge === null) return closed;
  const serverNonce = stringIn(challenge, "nonce") ?? "";
  const context: ProofContext = { authority, clientNonce, serverNonce };
  if (stringIn(challenge, "proof") !== hex(await hmac(secret, "server", context))) return { kind: "stranger" };
  const welcome = await ask({ proof: hex(await hmac(secret, "client", context)) });
  if (welcome === null) return closed;
  if (name === tokenHello) return { kind: "welcome", token: null };
  const masked = stringIn(welcome, "welcome");
  if (masked === null) return { kind: "stranger" };
  return { kind: "welcome", token: unmasked(masked, await hmac(secret, "mask", context)) };
}

const encoder = new TextEncoder();

async function hmac(secret: string, purpose: ProofPurpose, context: ProofContext): Promise<Uint8Array> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(provenText(purpose, context))));
}

function unmasked(masked: string, mask: Uint8Array): string {
  const bytes = masked.match(/../g) ?? [];
  return String.fromCharCode(...bytes.map((byte, at) => Number.parseInt(byte, 16) ^ (mask[at] ?? 0)));
}

/** A string of a JSON message; null if there is none. */
function stringIn(message: unknown, key: string): string | null {
  if (typeof message !== "string") return null;
  try {
    const value: unknown = JSON.parse(message);
    const field: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : null;
    return typeof field === "string" ? field : null;
  } catch {
    return null; // not a message of our server
  }
}
