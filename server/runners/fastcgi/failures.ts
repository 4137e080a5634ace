// Why a FastCGI application did not serve a request: each cause with its own words, what to do, and what the client gets.
import { statSync } from "node:fs";
import type { MissingOfRecord } from "../../protocol/fastcgi/record-reader.js";
import { protocolStatus, protocolStatusName, recordTypeName } from "../../protocol/fastcgi/record-types.js";
import type { WrongProtocol } from "../../protocol/fastcgi/wrong-protocol.js";
import { addressText, type FastcgiAddress, maxSocketPathBytes } from "../../routing/fastcgi-address.js";
import { RunFailure } from "../runner.js";

interface FailureFacts {
  readonly status?: 502 | 503 | 504;
  readonly begun?: boolean;
  readonly fact?: string;
}

/** `code`: the errno's name, or a word of ours: "wrong-protocol", "died", "overloaded", "refused-role", "busy", "path-too-long". */
export class FastcgiFailure extends RunFailure {
  /** False: the application surely had nothing of the request, so that another may be given it. */
  readonly begun: boolean;
  /** The message without what is only guessed, for somebody who knows the cause. */
  readonly fact: string;

  constructor(code: string, message: string, { status = 502, begun = false, fact = message }: FailureFacts = {}) {
    super({ code, message, outcome: "upstream-error", status, process: null });
    this.name = "FastcgiFailure";
    this.begun = begun;
    this.fact = fact;
  }
}

/** What to do about an address that is wrong, where nobody says it better. */
export const mendConfiguration = "mend the address in cgi-workbench.json";

/** No connection came about. `mend`: what to do about a wrong address, after “or”. */
export function unreachable(address: FastcgiAddress, error: NodeJS.ErrnoException, mend: string): FastcgiFailure {
  const where = addressText(address);
  const code = error.code ?? "unknown";
  const tell = (what: string, fix: string, status: 502 | 503 | 504 = 502) =>
    new FastcgiFailure(code, `${what} ${fix}`, { status });
  switch (code) {
    case "ECONNREFUSED":
      if (address.kind === "tcp")
        return tell(`No FastCGI application listens at ${where}: the connection was refused.`, `Start it, or ${mend}.`);
      return isOtherFile(address.path)
        ? tell(
            `${address.path} is there, but it is no socket.`,
            `Start the FastCGI application that makes one, or ${mend}.`,
          )
        : tell(
            `The socket file ${address.path} is there, but no FastCGI application listens on it: it was left behind.`,
            `Start the application, or ${mend}.`,
          );
    case "ENOENT":
      return tell(
        `There is no socket file ${address.kind === "unix" ? address.path : where}.`,
        `Start the FastCGI application that makes it, or ${mend}.`,
      );
    case "EACCES":
    case "EPERM":
      return tell(
        `The socket ${where} may not be opened by this user.`,
        "Give this user write permission for the socket file and search permission for its folders (many servers have a setting for the socket's mode).",
      );
    case "ENOTSOCK":
    case "EPROTOTYPE":
      return tell(`${where} is not a stream socket.`, `Have the application listen on one, or ${mend}.`);
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return tell(`The host name of ${where} is not known.`, `Mind its spelling, and ${mend}.`);
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return tell(
        `${where} did not answer (${code}).`,
        "See whether the machine runs and whether a firewall is in the way.",
        504,
      );
    case "EAGAIN":
      return tell(
        `The FastCGI application at ${where} has too many connections waiting.`,
        "Give it more workers, or a longer listen queue.",
        503,
      );
    default:
      return tell(
        `${where} could not be reached: ${error.message}.`,
        `See whether the FastCGI application runs, or ${mend}.`,
      );
  }
}

/** The system says of it what it says of a socket on which nobody listens. */
function isOtherFile(path: string): boolean {
  try {
    return !statSync(path).isSocket();
  } catch {
    return false; // it is gone, or may not be looked at any more: the system's word stands
  }
}

export function pathTooLong(path: string): FastcgiFailure {
  return new FastcgiFailure(
    "path-too-long",
    `The socket's path is ${Buffer.byteLength(path)} bytes long, and no system takes more than ${maxSocketPathBytes}: ${path}. Have the application listen at a shorter one.`,
  );
}

/** Something answered that is not FastCGI. */
export function notFastcgi(name: string, { what, fix }: WrongProtocol): FastcgiFailure {
  return new FastcgiFailure("wrong-protocol", `${name} does not speak FastCGI as it should. ${what} ${fix}`, {
    begun: true,
  });
}

export interface Death {
  /** The errno's name when the connection broke; null when it was closed. */
  readonly code: string | null;
  readonly stdoutBytes: number;
  /** Whether the response's header had come: what is gone then is the rest of the body. */
  readonly missing: MissingOfRecord | null;
  /** Names of variables that had to be split over two PARAMS records. */
  readonly split: readonly string[];
  /** What else may be the matter: a sentence, or nothing. */
  readonly doubt: string | null;
}

/** The connection ended in mid-request. */
export function died(name: string, { code, stdoutBytes, missing, split, doubt }: Death): FastcgiFailure {
  const how = code === null ? "closed the connection" : `broke the connection (${code})`;
  const within = missing
    ? ` It ended inside a ${missing.record ? `${recordTypeName(missing.record.type)} record` : "record's header"}: ${missing.have} of ${missing.need} bytes of its ${missing.inside} came.`
    : "";
  if (stdoutBytes > 0) {
    const fact = `${name} ${how} in the middle of its response, after ${stdoutBytes} bytes, without END_REQUEST.${within}`;
    return new FastcgiFailure("died", `${fact} See its log for why it ended.`, { begun: true, fact });
  }
  const ended = `${name} ${how} without an answer.${within}`;
  if (split.length === 0)
    return new FastcgiFailure(
      "died",
      `${ended} It probably ended or crashed: see its log.${doubt === null ? "" : ` ${doubt}`}`,
      { begun: true, fact: ended },
    );
  const cause = `The value of ${split.join(", ")} is longer than one record holds (65,535 bytes) and was split over two, which php-cgi and others do not take. Send less of it.`;
  return new FastcgiFailure("died", `${ended} ${cause}`, { begun: true });
}

/** An END_REQUEST that refuses the request (§5.5). */
export function refused(name: string, status: number): FastcgiFailure {
  switch (status) {
    case protocolStatus.overloaded:
      return new FastcgiFailure(
        "overloaded",
        `${name} is overloaded and refused the request (OVERLOADED). Try again, or give it more workers.`,
        {
          status: 503,
        },
      );
    case protocolStatus.unknownRole:
      return new FastcgiFailure(
        "refused-role",
        `${name} does not serve requests in this role (UNKNOWN_ROLE). It was written as another kind of FastCGI application: an authorizer or a filter.`,
      );
    case protocolStatus.cannotMultiplex:
      return new FastcgiFailure(
        "busy",
        `${name} takes one request at a time and says that it is still busy with another (CANT_MPX_CONN), on a connection of its own. Restart it.`,
      );
    default:
      return new FastcgiFailure(
        "refused",
        `${name} ended the request with ${protocolStatusName(status)}, which FastCGI 1.0 does not know. Mend the application or its FastCGI library.`,
      );
  }
}
