// What a start refuses, or was refused, as the errors the callers know.
import type { ByteString } from "../contract/bytes-text.js";
import { startMessage } from "./messages.js";
import { errnoName } from "./native/errno.js";
import { StartError } from "./start.js";
import { toDisplay } from "./to-display.js";

/** The error for a start the system refused with this error number. */
export function refused(number: number, file: ByteString): StartError {
  const code = errnoName(number);
  return new StartError(code, startMessage("start-refused", { program: toDisplay(file), errno: code }));
}

/** C ends a string at its first NUL: what follows would be lost without a word. Throws StartError. */
export function refuseNul(strings: readonly ByteString[]): void {
  if (strings.some((text) => text.includes("\0"))) throw new StartError("EINVAL", startMessage("nul-byte"));
}

/** Throws StartError: the server is ending. */
export function refuseWhenDisposed(isDisposed: boolean): void {
  if (isDisposed) throw new StartError("ECANCELED", startMessage("server-ending"));
}
