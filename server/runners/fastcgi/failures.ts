// Why a FastCGI application did not serve a request: each cause with the status for the client.
import { statSync } from "node:fs";
import { unlessRefusedSync } from "../../base/disk.js";
import type { Message } from "../../contract/message.js";
import type { MissingOfRecord } from "../../protocol/fastcgi/record-reader.js";
import { protocolStatus, protocolStatusName, recordTypeName } from "../../protocol/fastcgi/record-types.js";
import { addressText, type FastcgiAddress, maxSocketPathBytes } from "../../routing/fastcgi-address.js";
import { RunFailure } from "../runner.js";
import { type AddressFrom, fastcgiMessage, type Who } from "./messages.js";

/** `errno`: the error's name; null if the connection was closed without one. */
interface ClosedUnanswered {
  readonly errno: string | null;
}
interface FailureFacts {
  readonly status?: 502 | 503 | 504;
  readonly begun?: boolean;
  readonly mayAskAgain?: ClosedUnanswered | null;
  readonly fact?: Message;
}

/**
 * `code`: the errno's name, or one of ours: "wrong-protocol", "died", "overloaded", "refused-role", "busy",
 * "path-too-long".
 */
export class FastcgiFailure extends RunFailure {
  /** False: the application has done nothing with the request, which can be sent again from its beginning. */
  readonly begun: boolean;
  /**
   * A kept connection was closed before any byte of a response: the request may
   * go out once more while the process lives. Else null.
   */
  readonly mayAskAgain: ClosedUnanswered | null;
  /** `why` without guesses, for callers that know the cause. */
  readonly fact: Message;

  constructor(
    code: string,
    why: Message,
    { status = 502, begun = false, mayAskAgain = null, fact = why }: FailureFacts = {},
  ) {
    super({ code, why, outcome: "upstream-error", status, process: null });
    this.name = "FastcgiFailure";
    this.begun = begun;
    this.mayAskAgain = mayAskAgain;
    this.fact = fact;
  }
}

/** The connection failed. `from`: what set the address. */
export function unreachable(address: FastcgiAddress, error: NodeJS.ErrnoException, from: AddressFrom): FastcgiFailure {
  const code = error.code ?? "unknown";
  const at = { address: addressText(address), from };
  const atPath = address.kind === "unix" ? { address: address.path, from } : at;
  switch (code) {
    case "ECONNREFUSED":
      if (address.kind === "tcp") return new FastcgiFailure(code, fastcgiMessage("connection-refused", at));
      return new FastcgiFailure(
        code,
        fastcgiMessage(isOtherFile(address.path) ? "not-a-socket" : "socket-left-behind", atPath),
      );
    case "ENOENT":
      return new FastcgiFailure(code, fastcgiMessage("socket-missing", atPath));
    case "EACCES":
    case "EPERM":
      return new FastcgiFailure(code, fastcgiMessage("socket-permission", at));
    case "ENOTSOCK":
    case "EPROTOTYPE":
      return new FastcgiFailure(code, fastcgiMessage("not-a-stream-socket", at));
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new FastcgiFailure(code, fastcgiMessage("unknown-host", at));
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return new FastcgiFailure(code, fastcgiMessage("host-silent", { ...at, errno: code }), { status: 504 });
    case "EAGAIN":
      return new FastcgiFailure(code, fastcgiMessage("backlog-full", at), { status: 503 });
    default:
      return new FastcgiFailure(code, fastcgiMessage("unreachable", { ...at, errno: code, systemText: error.message }));
  }
}

/** The system reports the same error for it as for a socket on which no process listens. */
const isOtherFile = (path: string): boolean =>
  // Removed, or without permission to examine it: the system's own error remains.
  unlessRefusedSync(() => !statSync(path).isSocket(), false);

export function pathTooLong(path: string): FastcgiFailure {
  return new FastcgiFailure(
    "path-too-long",
    fastcgiMessage("application-path-too-long", {
      path,
      bytes: Buffer.byteLength(path),
      limitBytes: maxSocketPathBytes,
    }),
  );
}

/** The peer's bytes are not FastCGI. */
export const notFastcgi = (who: Who, problem: Message): FastcgiFailure =>
  new FastcgiFailure("wrong-protocol", fastcgiMessage("not-fastcgi", { ...who, problem }), { begun: true });

/** What a probe says of a listener that speaks something else. */
export const listenerNotFastcgi = (address: string, problem: Message): FastcgiFailure =>
  new FastcgiFailure("wrong-protocol", fastcgiMessage("listener-not-fastcgi", { address, problem }), { begun: true });

interface Death {
  /** The errno's name if the connection broke; null if it was closed. */
  readonly code: string | null;
  readonly stdoutBytes: number;
  /** The record in which it ended. */
  readonly missing: MissingOfRecord | null;
  /** Names of variables that had to be split over two PARAMS records. */
  readonly split: readonly string[];
  /** A server of another protocol may listen there. */
  readonly mayBeOther: boolean;
  readonly mayAskAgain: ClosedUnanswered | null;
}

/** The connection ended in the middle of a request. */
export function died(who: Who, { code, stdoutBytes, missing, split, mayBeOther, mayAskAgain }: Death): FastcgiFailure {
  const end = {
    ...who,
    errno: code,
    record: missing?.record ? recordTypeName(missing.record.type) : null,
    inside: missing?.inside ?? null,
    haveBytes: missing?.have ?? null,
    needBytes: missing?.need ?? null,
  };
  if (stdoutBytes > 0) {
    const fact = fastcgiMessage("ended-in-response", { ...end, stdoutBytes });
    return new FastcgiFailure("died", fastcgiMessage("died-in-response", { fact }), { begun: true, fact });
  }
  const fact = fastcgiMessage("ended-unanswered", end);
  return split.length === 0
    ? new FastcgiFailure("died", fastcgiMessage("died-unanswered", { fact, mayBeOther }), {
        begun: true,
        mayAskAgain,
        fact,
      })
    : new FastcgiFailure("died", fastcgiMessage("died-of-split-value", { fact, names: split }), { begun: true });
}

/** An END_REQUEST that refuses the request (§5.5). */
export function refused(who: Who, status: number, begun: boolean): FastcgiFailure {
  switch (status) {
    case protocolStatus.overloaded:
      return new FastcgiFailure("overloaded", fastcgiMessage("overloaded", who), { status: 503, begun });
    case protocolStatus.unknownRole:
      return new FastcgiFailure("refused-role", fastcgiMessage("unknown-role", who), { begun });
    case protocolStatus.cannotMultiplex:
      return new FastcgiFailure("busy", fastcgiMessage("busy", who), { begun });
    default:
      return new FastcgiFailure(
        "refused",
        fastcgiMessage("unknown-protocol-status", { ...who, status: protocolStatusName(status) }),
        { begun },
      );
  }
}
