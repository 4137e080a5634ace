// SERVER_NAME and addresses as RFC 3875 wants to see them: a name without a port, IPv6 in brackets there (§4.1.14) and
// bare in REMOTE_ADDR (§4.1.8), and never the mapped form in which a dual-stack socket reports an IPv4 peer.
import type { ByteString } from "../contract/bytes-text.js";
import { byteString, latin1, utf8 } from "./byte-string.js";

const hostPart = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~%-]+)(?::\d*)?$/;

/** The host of a Host header or an authority, without the port; null when it is none. */
export function hostOf(hostAndPort: ByteString): ByteString | null {
  const host = hostPart.exec(hostAndPort)?.[1];
  return host === undefined ? null : latin1(host);
}

/**
 * A socket's address for a variable: "::ffff:127.0.0.1" is 127.0.0.1, and an interface's name after "%" is left out.
 */
export function plainAddress(address: string): ByteString {
  if (address !== last.address) last = { address, plain: readAddress(address) };
  return last.plain;
}

/** Nearly all requests come from one. */
let last = { address: "", plain: utf8("") };

function readAddress(address: string): ByteString {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return utf8(mapped ?? address.replace(/%.*$/, ""));
}

/** A host of the configuration or a plain address: whether only programs on this machine reach it. */
export const isLoopback = (host: string): boolean =>
  /^127(\.\d{1,3}){3}$/.test(host) || host === "::1" || host.toLowerCase() === "localhost";

/** An address where a host name could stand: IPv6 in brackets. */
export function addressAsHost(address: string): ByteString {
  const plain = plainAddress(address);
  return plain.includes(":") ? byteString(`[${plain}]`) : plain;
}
