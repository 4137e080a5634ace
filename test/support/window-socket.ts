// A page's connection to the window's origin, as the browser makes it: a WebSocket that proves a secret.
import { once } from "node:events";
import { WebSocket } from "ws";
import { type ProofResult, proveSecret } from "../../renderer/rpc/prove-secret.js";
import type { WindowSecret } from "../../renderer/rpc/window-secret.js";
import { codeParameter, tokenHello } from "../../server/contract/window-proof.js";

/** The secret of an address that opens a window. */
export function secretOf(link: string): WindowSecret {
  const code = new URLSearchParams(new URL(link).hash.slice(1)).get(codeParameter);
  const [name = "", secret = ""] = code?.split(".") ?? [];
  return { name, secret, nonce: null };
}

export const tokenSecret = (token: string): WindowSecret => ({ name: tokenHello, secret: token, nonce: null });

/** An open socket that has proved nothing. */
export async function strangeSocket(host: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://${host}/rpc`, { origin: `http://${host}` });
  await once(socket, "open");
  return socket;
}

/** `authority`: what the page has in its address. */
export async function provingSocket(
  host: string,
  secret: WindowSecret,
  authority = host,
): Promise<{ socket: WebSocket; result: ProofResult }> {
  const socket = await strangeSocket(host);
  return { socket, result: await proveSecret(likeABrowsers(socket), secret, authority) };
}

/** A socket that was let in. */
export async function windowSocket(host: string, secret: WindowSecret): Promise<WebSocket> {
  const { socket, result } = await provingSocket(host, secret);
  if (result.kind !== "welcome") throw new Error(`the window is refused: ${result.kind}`);
  return socket;
}

/** The page's code is made for a browser's WebSocket; the one of `ws` does the same under types of its own. */
export function likeABrowsers(socket: unknown): globalThis.WebSocket {
  return socket as globalThis.WebSocket;
}
