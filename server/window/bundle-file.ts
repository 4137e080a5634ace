// The window's own files, served by both shells: app:// in the desktop app, a loopback origin in browser mode.
// Threat: a path that climbs out of the folder. Control: the path is decoded once and refused when any segment is not a
// plain name; then the real path, links resolved, must still lie inside the folder.
import { readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { lookup } from "mrmime";
import { contentSecurityPolicy } from "./csp.js";

export interface BundleFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** What every answer carries, also one without a file. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": contentSecurityPolicy(),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** The file's path below the folder, `/`-separated, for a URL's still encoded path; null when it is not a plain one. */
export function bundlePath(pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null; // a malformed escape names no file
  }
  if (decoded === "/") return "index.html";
  if (!decoded.startsWith("/")) return null;
  const segments = decoded.slice(1).split("/");
  const plain = segments.every(
    (segment) => segment !== "" && segment !== "." && segment !== ".." && !/[\0\\:]/.test(segment),
  );
  return plain ? segments.join("/") : null;
}

/**
 * The headers in browser mode. Origin-Agent-Cluster asks for a process apart from other ports of this host: a previewed
 * page that never stops computing must not stop the window.
 */
export const browserSecurityHeaders: typeof securityHeaders = {
  ...securityHeaders,
  "content-security-policy": contentSecurityPolicy({ frames: true }),
  "origin-agent-cluster": "?1",
};

/** Reads the file that a URL's path names; null when there is none inside `root`. */
export async function readBundleFile(
  root: string,
  pathname: string,
  security: typeof securityHeaders = securityHeaders,
): Promise<BundleFile | null> {
  const path = bundlePath(pathname);
  if (path === null) return null;
  try {
    const file = await realpath(join(root, path));
    if (!file.startsWith((await realpath(root)) + sep)) return null;
    const bytes = new Uint8Array(await readFile(file));
    return { bytes, headers: { ...security, "content-type": contentType(path), "cache-control": cacheControl(path) } };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

const contentType = (path: string): string => {
  const type = lookup(path) ?? "application/octet-stream";
  return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
};

/** Whether a path below the folder holds a hash of the file's content. */
export const isHashed = (path: string): boolean => path.startsWith("assets/");

const cacheControl = (path: string): string => (isHashed(path) ? "max-age=31536000, immutable" : "no-store");

const absent = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENAMETOOLONG", "EACCES"]);
const isAbsent = (error: unknown): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && absent.has(error.code);
