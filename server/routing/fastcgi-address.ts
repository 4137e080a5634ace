// Where a FastCGI application listens: "tcp:host:port" or "unix:path", as in cgi-workbench.json and on the command line.
import { posix } from "node:path";

export type FastcgiAddress =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "unix"; readonly path: string };

/** Longest path of a UNIX socket, bytes: the system's address has room for 108 with a final zero, and Node cuts a longer one silently. */
export const maxSocketPathBytes = 107;

/** Null for anything else. A relative path is one in `root`. */
export function parseAddress(text: string, root: string): FastcgiAddress | null {
  const unix = /^unix:(.+)$/.exec(text)?.[1];
  if (unix !== undefined) return { kind: "unix", path: posix.resolve(root, unix) };
  const [, host, port] = /^tcp:(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || port === undefined || Number(port) > 65_535 || Number(port) === 0) return null;
  return { kind: "tcp", host: host.replace(/^\[(.*)\]$/, "$1"), port: Number(port) };
}

/** As it is written in the configuration. */
export function addressText(address: FastcgiAddress): string {
  if (address.kind === "unix") return `unix:${address.path}`;
  return `tcp:${address.host.includes(":") ? `[${address.host}]` : address.host}:${address.port}`;
}
