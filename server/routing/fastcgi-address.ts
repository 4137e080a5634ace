// The address on which a FastCGI application listens: "tcp:host:port" or "unix:path", as in cgi-workbench.json and on
// the command line.
import { posix } from "node:path";

export type FastcgiAddress =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "unix"; readonly path: string };

/**
 * Longest path of a UNIX socket, bytes. The system's structure has 108 bytes with the final NUL; Node truncates longer
 * paths silently.
 */
export const maxSocketPathBytes = 107;

/** Null for any other text. A relative path is relative to `root`. */
export function parseAddress(text: string, root: string): FastcgiAddress | null {
  const unix = /^unix:(.+)$/.exec(text)?.[1];
  if (unix !== undefined) return { kind: "unix", path: posix.resolve(root, unix) };
  const [, host, port] = /^tcp:(.+):(\d+)$/.exec(text) ?? [];
  if (host === undefined || port === undefined || Number(port) > 65_535 || Number(port) === 0) return null;
  return { kind: "tcp", host: host.replace(/^\[(.*)\]$/, "$1"), port: Number(port) };
}

/** The address as the configuration writes it. */
export function addressText(address: FastcgiAddress): string {
  if (address.kind === "unix") return `unix:${address.path}`;
  return `tcp:${address.host.includes(":") ? `[${address.host}]` : address.host}:${address.port}`;
}
