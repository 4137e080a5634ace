// Names that are never served, whatever they are and whoever may read them: what editors, databases and version control leave behind.
import type { ByteString } from "../contract/bytes-text.js";
import { configFileName } from "../contract/config.js";

interface NeverServed {
  readonly names: RegExp;
  /** Completes "…: x is". */
  readonly is: string;
}

const files: readonly NeverServed[] = [
  { names: /~$|\.(bak|orig|swp)$/i, is: "a backup copy" },
  { names: /\.db(-(wal|shm|journal))?$|\.sqlite[^/]*$/i, is: "a database" },
  { names: new RegExp(`^${configFileName.replaceAll(".", "\\.")}$`, "i"), is: "the workbench's configuration" },
];

/** Why no path with such a segment (folder or file) is served; null when it may be. */
export function hiddenSegment(name: ByteString): string | null {
  return name.startsWith(".") ? "its name begins with a dot, which hides it: hidden files are never served" : null;
}

/** Why a file of this name is not served; null when it may be. */
export function unservedFile(name: ByteString): string | null {
  const rule = files.find(({ names }) => names.test(name));
  return rule === undefined ? hiddenSegment(name) : `it is ${rule.is}, and those are never served`;
}
