// Addresses of the script origin as a preview may show them: plain HTTP on this machine, at a name that leads to no
// other program. The server holds 127.0.0.1 and ::1 at its port, so that the port tells one script origin from another.
import type { ByteString } from "../contract/bytes-text.js";
import { percentEncode } from "./percent.js";

/** The port of an HTTP address at localhost, 127.0.0.1 or ::1; null for any other, also for 127.0.0.2. */
export function scriptPort(address: string): number | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port, username, password } = new URL(address);
  if (protocol !== "http:" || username !== "" || password !== "" || !isPreviewHost(hostname)) return null;
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

const isPreviewHost = (hostname: string): boolean => /^(?:127\.0\.0\.1|\[::1\]|(?:.+\.)?localhost)$/.test(hostname);

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
