// A script that calls sendmail by its path: no PATH changes that, so its mail would leave the machine.
import { readFileSync } from "node:fs";
import { diskPath, errorCode } from "../../base/disk.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { ScriptRoute } from "../../routing/route.js";

const path = /(?<![\w.:/])(?:\/(?:usr|opt|var)(?:\/[\w.-]+)*)?\/(?:s?bin|lib|libexec)\/sendmail(?![\w./-])/g;
const comment = /^\s*(?:#|\/\/)/;
/** What was found, by the hash of the script; when it is full, all are forgotten. */
const known = new Map<string, UncaughtMail | null>();
const maxKnown = 1000;

interface UncaughtMail {
  readonly path: string;
  readonly line: number;
}

/** The first such line; null: there is none, or it is a compiled program. */
export function uncaughtMail({ file, copy, scriptHash }: ScriptRoute): UncaughtMail | null {
  if (scriptHash === null) return null;
  const before = known.get(scriptHash);
  if (before !== undefined) return before;
  const found = uncaughtMailOf(copy ?? file);
  if (found === undefined) return null; // the start of the script says why
  if (known.size >= maxKnown) known.clear();
  known.set(scriptHash, found);
  return found;
}

/** The first such line of a file as it is now; undefined: it cannot be read. */
export function uncaughtMailOf(file: ByteString): UncaughtMail | null | undefined {
  const text = readText(file);
  if (text === null) return undefined;
  const lines = text.includes("\0") ? [] : text.split("\n");
  const at = lines.findIndex((line) => !comment.test(line) && line.search(path) >= 0);
  return at < 0 ? null : { path: lines[at]?.match(path)?.[0] ?? "", line: at + 1 };
}

/** The text with the name in place of each path. */
export const sendmailByName = (text: string): string =>
  text
    .split("\n")
    .map((line) => (comment.test(line) ? line : line.replaceAll(path, "sendmail")))
    .join("\n");

function readText(file: ByteString): string | null {
  try {
    return readFileSync(diskPath(file)).toString("latin1");
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return null;
  }
}
