// Why the script server cannot listen where it was asked to, and what to do about it.
import { ProblemError } from "../../base/problem.js";

/** Another program has the port. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "EADDRINUSE";

/** The problem in words. @throws what is no error of the system's */
export function listenProblem(error: unknown, host: string, port: number): ProblemError {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const options = { cause: error, data: { host, port } };
  if (code === "EADDRINUSE")
    return new ProblemError(
      "port-in-use",
      `Port ${port} on ${host} is in use by another program.`,
      "Choose another port, or end that program.",
      options,
    );
  if (code === "EACCES")
    return new ProblemError(
      "port-not-permitted",
      `Port ${port} needs more rights than you have.`,
      "Choose a port above 1023.",
      options,
    );
  if (code === "EADDRNOTAVAIL")
    return new ProblemError(
      "no-such-address",
      `This machine has no address ${host}.`,
      "Correct server.host in cgi-workbench.json; 127.0.0.1 is always there.",
      options,
    );
  if (error instanceof Error)
    return new ProblemError("cannot-listen", `Listening on ${host}:${port} failed: ${error.message}`, null, {
      cause: error,
      data: { host, port, systemText: error.message },
    });
  throw error;
}
