// Why the script server cannot listen where it was asked to, and what to do about it.
import { ProblemError } from "../../base/problem.js";
import { listenMessage } from "./messages.js";

/** Another program has the port. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "EADDRINUSE";

/** The problem. @throws what is no error of the system's */
export function listenProblem(error: unknown, host: string, port: number): ProblemError {
  if (!(error instanceof Error)) throw error;
  const name = nameOf.get("code" in error ? error.code : null);
  // The loopback address, of the two, that failed.
  const at = { host: "address" in error && typeof error.address === "string" ? error.address : host, port };
  return new ProblemError(
    name ? listenMessage(name, at) : listenMessage("cannot-listen", { ...at, systemText: error.message }),
    { cause: error },
  );
}

const nameOf: ReadonlyMap<unknown, "port-in-use" | "port-not-permitted" | "no-such-address"> = new Map([
  ["EADDRINUSE", "port-in-use"],
  ["EACCES", "port-not-permitted"],
  ["EADDRNOTAVAIL", "no-such-address"],
  ["ENOTFOUND", "no-such-address"],
]);
