// Addresses of the script origin as a preview may show them: plain HTTP on this machine. Every loopback name reaches
// the same server, so that what tells one script origin from another is the port.
import type { ByteString } from "../contract/bytes-text.js";
import { percentEncode } from "./percent.js";

/** The port of a loopback HTTP address; null for any other address. */
export function scriptPort(address: string): number | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port, username, password } = new URL(address);
  if (protocol !== "http:" || username !== "" || password !== "" || !isLoopbackHost(hostname)) return null;
  return port === "" ? 80 : Number(port);
}

/**
 * The origin under which a browser on this machine reaches a server that listens at `url`; null when none
 * is on loopback. A server on all addresses is reached at 127.0.0.1; one on ::1 by name, because a
 * content policy cannot name an IPv6 address.
 */
export function browsableOrigin(url: string): string | null {
  const { hostname, port } = new URL(url);
  const host =
    hostname === "0.0.0.0" || hostname === "[::]" ? "127.0.0.1" : hostname === "[::1]" ? "localhost" : hostname;
  const origin = `http://${host}${port === "" ? "" : `:${port}`}`;
  return scriptPort(origin) === null ? null : origin;
}

/** Whether browser mode can show its pages: of IP addresses, a content policy matches 127.0.0.1 alone (CSP3 §6.7). */
export const isFramable = (origin: string): boolean =>
  /^(?:127\.0\.0\.1|(?:.+\.)?localhost)$/.test(new URL(origin).hostname);

/** A request target of the wire as an address on `origin`; null when it names no page there (`*`, `host:port`). */
export function addressOf(target: ByteString, origin: string): URL | null {
  const escaped = target.replace(/[^\x21-\x7e]|#/g, percentEncode);
  const path = escaped.startsWith("/") ? escaped : /^http:\/\/[^/]+(\/.*)$/i.exec(escaped)?.[1];
  return path !== undefined && URL.canParse(`${origin}${path}`) ? new URL(`${origin}${path}`) : null;
}

/** The host of a URL or of a Host field, an IPv6 address in brackets: whether a browser finds it on this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}
