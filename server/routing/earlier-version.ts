// A request that is answered by a script as it once was. Everything about the route
// stays, the file that is started does not.
import { posix } from "node:path";
import { toDisplayText } from "../base/decode-text.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { Mode } from "../contract/modes.js";
import { routeMessage } from "./messages.js";
import type { NoRoute, Route } from "./route.js";
import { shebangProgram } from "./script-interpreter.js";

/** A kept version of a script, ready to start. */
export interface EarlierVersion {
  /** SHA-256 of its bytes, hexadecimal. */
  readonly hash: string;
  /** The script whose version it is. */
  readonly file: ByteString;
  /** Where its bytes are. */
  readonly copy: ByteString;
  /** The first line of the bytes if it begins with "#!"; else empty. */
  readonly firstLine: ByteString;
}

/** A process of its own: those that are kept have today's version. */
export const earlierMode: Mode = "cgi";

export function routeToEarlier(route: Route, { hash, file, copy, firstLine }: EarlierVersion): Route {
  if (route.kind !== "script" || route.file !== file) return elsewhere(route, file);
  const program = posix.basename(route.interpreter?.[0] ?? shebangProgram(firstLine));
  return {
    ...route,
    mode: earlierMode,
    scriptHash: hash,
    copy,
    firstLine,
    // php-cgi takes the script from SCRIPT_FILENAME, not from its command line.
    ...(/^php.*cgi/.test(program) && { scriptFilename: copy }),
  };
}

function elsewhere({ scriptName, pathInfo }: Route, file: ByteString): NoRoute {
  const why = routeMessage("version-elsewhere", { path: toDisplayText(scriptName), file: toDisplayText(file) });
  return { kind: "none", file: null, scriptName, pathInfo, status: 404, why, location: null };
}
