// Why a FastCGI application did not serve a request, and what was unusual in a conversation with one.
import { defineMessages, type Message, wordsOf } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

/** An application at an address, or a worker process. */
export type Who = {
  readonly address: string | null;
  readonly worker: string | null;
  /** The worker's application, for display: "cgi-bin/cart.fcgi". */
  readonly application: string | null;
};
export const whoAt = (address: string): Who => ({ address, worker: null, application: null });

/** Begins a sentence. */
const named = ({ address, worker, application }: Who): string =>
  address !== null ? `The FastCGI application at ${address}` : `Worker ${worker} of ${application}`;

/** What set the address, and can therefore change it. */
export type AddressFrom = "configuration" | "command-line" | "worker";
const fixAddress: Record<AddressFrom, string> = {
  configuration: "fix the address in cgi-workbench.json",
  "command-line": "give another address",
  worker: "send again",
};
type At = { readonly address: string; readonly from: AddressFrom };

/** Where a record was truncated; its `record` is null if that was in its header. */
type CutRecord = {
  readonly record: string | null;
  readonly inside: string;
  readonly haveBytes: number;
  readonly needBytes: number;
};
/**
 * How a connection ended: `errno` null if it was closed. The four others describe the record in which it ended, if any.
 */
type Ended = Who & { readonly errno: string | null } & { [key in keyof CutRecord]: CutRecord[key] | null };
const howWords = ({ errno }: Ended): string =>
  errno === null ? "closed the connection" : `broke the connection (${errno})`;
const cutWords = ({ record, inside, haveBytes, needBytes }: Ended): string =>
  inside === null
    ? ""
    : ` It ended inside a ${record === null ? "record's header" : `${record} record`}: ${haveBytes} of ${needBytes} bytes of its ${inside} came.`;

export const fastcgiMessage = defineMessages({
  // No connection.
  "connection-refused": ({ address, from }: At) =>
    `No FastCGI application listens at ${address}: the connection was refused. Start it, or ${fixAddress[from]}.`,
  "not-a-socket": ({ address, from }: At) =>
    `${address} exists, but it is not a socket. Start the FastCGI application that creates one, or ${fixAddress[from]}.`,
  "socket-left-behind": ({ address, from }: At) =>
    `The socket file ${address} exists, but no FastCGI application listens on it: an ended application left it behind. Start the application, or ${fixAddress[from]}.`,
  "socket-missing": ({ address, from }: At) =>
    `There is no socket file ${address}. Start the FastCGI application that creates it, or ${fixAddress[from]}.`,
  "socket-permission": ({ address }: At) =>
    `This user has no permission to open the socket ${address}. Give this user write permission for the socket file and search permission for its folders (many servers have a setting for the socket's mode).`,
  "not-a-stream-socket": ({ address, from }: At) =>
    `${address} is not a stream socket. Have the application listen on one, or ${fixAddress[from]}.`,
  "unknown-host": ({ address, from }: At) =>
    `The host name of ${address} is not known. Check its spelling, or ${fixAddress[from]}.`,
  "host-silent": ({ address, errno }: At & { readonly errno: string }) =>
    `${address} did not answer (${errno}). Check that the machine is running and that no firewall blocks the connection.`,
  "backlog-full": ({ address }: At) =>
    `The FastCGI application at ${address} has too many connections waiting. Give it more workers, or a longer listen queue.`,
  unreachable: ({ address, from, systemText }: At & { readonly errno: string; readonly systemText: string }) =>
    `${address} could not be reached: ${systemText}. Check that the FastCGI application is running, or ${fixAddress[from]}.`,
  "application-path-too-long": ({
    path,
    bytes,
    limitBytes,
  }: {
    readonly path: string;
    readonly bytes: number;
    readonly limitBytes: number;
  }) =>
    `The socket's path is ${bytes} bytes long, but systems allow at most ${limitBytes}: ${path}. Have the application listen on a shorter one.`,
  "no-address":
    'The mode "fastcgi-external" needs a route with an address (or, for files, a handler) in cgi-workbench.json: "tcp:host:port" or "unix:path".',

  // The peer responds, but not in FastCGI. `problem`: see `notFastcgiMessage`.
  "not-fastcgi": ({ problem, ...who }: Who & { readonly problem: Message }) =>
    `${named(who)} does not speak FastCGI correctly. ${wordsOf(problem.text)}`,
  "listener-not-fastcgi": ({ address, problem }: { readonly address: string; readonly problem: Message }) =>
    `The program that listens at ${address} does not speak FastCGI correctly. ${wordsOf(problem.text)}`,

  // The connection ended in the middle of a request: the fact, and the fact with its probable cause.
  "ended-in-response": ({ stdoutBytes, ...end }: Ended & { readonly stdoutBytes: number }) =>
    `${named(end)} ${howWords(end)} in the middle of its response, after ${stdoutBytes} bytes, without END_REQUEST.${cutWords(end)}`,
  "ended-unanswered": (end: Ended) => `${named(end)} ${howWords(end)} without a response.${cutWords(end)}`,
  "died-in-response": ({ fact }: { readonly fact: Message }) => `${wordsOf(fact.text)} See its log for why it ended.`,
  /** `mayBeOther`: a server of another protocol may listen there. */
  "died-unanswered": ({ fact, mayBeOther }: { readonly fact: Message; readonly mayBeOther: boolean }) =>
    `${wordsOf(fact.text)} It probably ended or crashed: see its log.${mayBeOther ? " If it never responds, the program that listens there may not speak FastCGI at all: a TLS server, for instance, closes the connection in the same way." : ""}`,
  /** `names`: variables that did not fit into one PARAMS record. */
  "died-of-split-value": ({ fact, names }: { readonly fact: Message; readonly names: readonly string[] }) =>
    `${wordsOf(fact.text)} The value of ${names.join(", ")} is longer than one record holds (65,535 bytes) and was split over two records, which php-cgi and others do not accept. Send a shorter value.`,

  // END_REQUEST refused the request (§5.5).
  overloaded: (who: Who) =>
    `${named(who)} is overloaded and refused the request (OVERLOADED). Try again, or give it more workers.`,
  "unknown-role": (who: Who) =>
    `${named(who)} does not serve requests in this role (UNKNOWN_ROLE). It was written as another kind of FastCGI application: an authorizer or a filter.`,
  busy: (who: Who) =>
    `${named(who)} takes one request at a time and reports that it is still busy with another (CANT_MPX_CONN), although this connection is new. Restart it.`,
  "unknown-protocol-status": ({ status, ...who }: Who & { readonly status: string }) =>
    `${named(who)} ended the request with ${status}, which FastCGI 1.0 does not define. Fix the application or its FastCGI library.`,

  "silent-application": ({ address, limitMs }: { readonly address: string; readonly limitMs: number }) =>
    `The FastCGI application at ${address} wrote nothing for ${limitMs / 1000} s, and the request was aborted (ABORT_REQUEST). Check its log, and whether all of its processes are busy.`,
});

type OfRecord = { readonly record: string };

/** What FastCGI does not allow and the gateway tolerated, and why a request was sent again. */
export const fastcgiNote = defineMessages({
  "record-of-other-request": ({
    record,
    requestId,
    expected,
  }: OfRecord & { readonly requestId: number; readonly expected: number }) =>
    `A ${record} record for request ${requestId} came, but only request ${expected} is running. It was ignored.`,
  "record-after-end": ({ record }: OfRecord) => `A ${record} record came after END_REQUEST. It was ignored.`,
  /** `problem`: see `notFastcgiMessage`. */
  "bytes-after-end": ({ problem }: { readonly problem: Message }) =>
    `Bytes that are not FastCGI came after END_REQUEST. The response counts, and the connection was closed. ${wordsOf(problem.text)}`,
  "stdout-after-its-end": "STDOUT continued after the empty record that ends it; the rest was accepted.",
  "unexpected-record": ({ record }: OfRecord) =>
    `The application sent a ${record} record, which has no meaning within a request. It was ignored.`,
  "end-request-length": ({ bytes }: { readonly bytes: number }) =>
    `END_REQUEST had ${bytes} bytes instead of 8. The missing ones count as 0.`,
  "no-end-request":
    "The application closed the connection without END_REQUEST, after the end of STDOUT. The response counts as complete.",
  "stdout-not-ended":
    "END_REQUEST came without the empty STDOUT record that ends the stream (php-cgi never sends one).",
  "connection-not-accepted":
    "The process had not accepted the connection when the request was aborted: it does not accept on descriptor 0, or was still starting.",
  "body-unread": ({ bytes }: { readonly bytes: number }) =>
    `The script ended without ${bytes} bytes of its request body.`,
  "kept-connection-closed": ({ errno }: { readonly errno: string | null }) =>
    errno === null
      ? "The application closed the kept connection before it had begun to answer. The request was sent again on a new one."
      : `The application closed the kept connection (${errno}) before it had read the whole request. The request was sent again on a new one.`,
  "refused-on-connection":
    "The application refused the request on this connection (CANT_MPX_CONN). It was sent again on a new one.",
});

/** What the application reported in response to GET_VALUES; null: nothing. */
type Limits = {
  readonly connections: string | null;
  readonly requests: string | null;
  readonly multiplexes: string | null;
};

/** What is known about an external application. */
export const applicationMessage = defineMessages({
  "silent-external-application": ({ why }: { readonly why: Message | null }) =>
    `${wordsOf(why?.text ?? "It did not answer in time.")} Check its log, and whether all of its processes are busy.`,
  "not-served": "It responded to no request.",
  "no-values-result":
    "It accepted the connection, but did not answer FCGI_GET_VALUES: it is busy (a process that keeps one connection open serves no other), or its library does not implement it.",
  "other-than-values": "It responded, but its library does not implement FCGI_GET_VALUES.",
  "values-result": ({ connections, requests, multiplexes }: Limits) => {
    const said = [
      connections !== null && `${connections} ${connections === "1" ? "connection" : "connections"} at once`,
      requests !== null && `${requests} ${requests === "1" ? "request" : "requests"} at once`,
      multiplexes !== null &&
        (multiplexes === "0" ? "one request at a time on a connection" : "several requests on one connection"),
    ].filter((words) => words !== false);
    return said.length === 0 ? "It responded, but reported none of its limits." : `It accepts ${said.join(", ")}.`;
  },
});

/** The window asked an application that the configuration does not name. */
export const unlistedMessage = defineProblems({
  "not-found": {
    message: ({ address }: { readonly address: string }) => `No route in cgi-workbench.json leads to ${address}.`,
    fix: 'Add one there: "tcp:host:port" or "unix:path".',
  },
});
