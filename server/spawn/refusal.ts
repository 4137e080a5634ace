// The errors of refused starts.
import type { ByteString } from "../contract/bytes-text.js";
import { startMessage } from "./messages.js";
import { errnoName } from "./native/errno.js";
import { StartError } from "./start.js";
import { toDisplay } from "./to-display.js";

/** The error for a start that the system refused with this error number. */
export function refused(number: number, file: ByteString): StartError {
  const code = errnoName(number);
  return new StartError(code, startMessage("start-refused", { program: toDisplay(file), errno: code }));
}

/** C ends a string at its first NUL, so the rest would be lost silently. @throws StartError */
export function refuseNul(strings: readonly ByteString[]): void {
  if (strings.some((text) => text.includes("\0"))) throw new StartError("EINVAL", startMessage("nul-byte"));
}

/** @throws StartError: the server is shutting down */
export function refuseWhenDisposed(isDisposed: boolean): void {
  if (isDisposed) throw new StartError("ECANCELED", startMessage("server-ending"));
}
