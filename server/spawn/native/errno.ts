// The names of error and signal numbers.
import { constants } from "node:os";

function namesByNumber(
  table: Readonly<Record<string, number>>,
  preferred: readonly string[],
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const [name, number] of Object.entries(table))
    if (!names.has(number) || preferred.includes(name)) names.set(number, name);
  return names;
}

// Several names share a number on Linux: the names of the manual pages win.
const errorNames = namesByNumber({ ...constants.errno }, ["EAGAIN", "EOPNOTSUPP"]);
const signalNames = namesByNumber({ ...constants.signals }, ["SIGABRT", "SIGIO"]);

export const errno = {
  EINTR: constants.errno.EINTR,
  ENOEXEC: constants.errno.ENOEXEC,
  EAGAIN: constants.errno.EAGAIN,
  ETXTBSY: constants.errno.ETXTBSY,
} as const;

/** "ENOENT" for 2. */
export function errnoName(number: number): string {
  return errorNames.get(number) ?? `errno ${number}`;
}

/** "SIGKILL" for 9; a real-time signal has no name: "SIG40". */
export function signalName(number: number): string {
  return signalNames.get(number) ?? `SIG${number}`;
}
