// Names that are never served, whatever their permissions: the files of editors, databases and version control.
import type { ByteString } from "../contract/bytes-text.js";
import { configFileName } from "../contract/config.js";
import { latin1 } from "../protocol/byte-string.js";

/** Codes of `routeMessage`. */
export type Unserved =
  | "hidden-file"
  | "backup-file"
  | "compiled-file"
  | "database-file"
  | "configuration-file"
  | "request-file";

interface NeverServed {
  readonly names: RegExp;
  readonly is: Unserved;
}

/**
 * What an interpreter leaves beside the source tells what the source says. Java's .class is left out: pages load
 * applets.
 */
const compiled = /\.(py[co](\.\d+)?|rbc|luac)$/i;
/** Whether a file is one of these, or lies in Python's folder of them, where it also writes others for a moment. */
export const isCompiledCopy = (path: string): boolean => compiled.test(path) || /(^|\/)__pycache__(\/|$)/.test(path);

const files: readonly NeverServed[] = [
  {
    names: /~$|^#.*#$|\.(bak|orig|old|rej|save(\.\d+)?|sw[nop]|tmp|(dpkg|ucf)-\w+|rpm(new|orig|save))$/i,
    is: "backup-file",
  },
  {
    // A script's name that goes on: hello.py.1, hello.pl.new, hello.py.orig.txt. Its source would be sent as text.
    names: /\.(py|p[lm]|php\d?|rb|sh|f?cgi|lua|tcl|[pw]sgi|ru)\.(\d+|new|copy|prev|(bak|orig|old|save)\.\w+)$/i,
    is: "backup-file",
  },
  { names: compiled, is: "compiled-file" },
  { names: /\.db(-(wal|shm|journal))?$|\.sqlite[^/]*$/i, is: "database-file" },
  { names: new RegExp(`^${configFileName.replaceAll(".", "\\.")}$`, "i"), is: "configuration-file" },
  { names: /\.http(-body)?$|^http-client(\.private)?\.env\.json$/i, is: "request-file" },
];

/** The last segments of paths that are never served. */
export const neverServedNames: readonly RegExp[] = files.map(({ names }) => names);

/**
 * Why no path with this segment (folder or file) is served; null if it may be.
 * `isFirst`: /.well-known/ is public (RFC 8615).
 */
export function hiddenSegment(name: ByteString, isFirst = false): Unserved | null {
  if (isFirst && name === ".well-known") return null;
  return name.startsWith(".") ? "hidden-file" : null;
}

/** Why a file with this name is not served; null if it may be. */
export function unservedFile(name: ByteString): Unserved | null {
  return files.find(({ names }) => names.test(name))?.is ?? hiddenSegment(name);
}

/** Why no file with this path, below a served folder, is served; null if it may be. */
export function unservedPath(path: ByteString): Unserved | null {
  const segments = path.split("/").map(latin1);
  const name = segments.pop() ?? path;
  const isHidden = segments.some((segment, index) => hiddenSegment(segment, index === 0) !== null);
  return isHidden ? "hidden-file" : unservedFile(name);
}
