// What a start refuses, or was refused, as the errors the callers know.
import type { ByteString } from "../contract/bytes-text.js";
import { errnoName } from "./native/errno.js";
import { StartError } from "./start.js";
import { toDisplay } from "./to-display.js";

/** The error for a start the system refused with this error number. */
export function refused(number: number, file: ByteString): StartError {
  const code = errnoName(number);
  return new StartError(code, `The system refused to start ${toDisplay(file)}: ${code}.`);
}

/** C ends a string at its first NUL: what follows would be lost without a word. Throws StartError. */
export function refuseNul(strings: readonly ByteString[]): void {
  if (strings.some((text) => text.includes("\0")))
    throw new StartError("EINVAL", "A NUL byte cannot be in a path, an argument or a variable.");
}

/** Throws StartError: the server is ending. */
export function refuseWhenDisposed(isDisposed: boolean): void {
  if (isDisposed) throw new StartError("ECANCELED", "Nothing is started any more: the server is ending.");
}
