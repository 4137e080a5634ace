// Why an exchange ended as it did: the outcomes that the gateway decides.
import { defineMessages, type Message, wordsOf } from "../../contract/message.js";
import type { ModeTraits } from "../../contract/modes.js";

/** Whom sentences speak of. */
export type ResponderKind = ModeTraits["responder"];
type Responder = { readonly responder: ResponderKind };

/**
 * How the process, or the application's request, ended when it ended badly. One of the three is not null; all null: it
 * ended well.
 */
export type BadEnd = {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly appStatus: number | null;
};
const endWords = ({ exitCode, signal, appStatus }: BadEnd): string =>
  signal !== null
    ? `was ended by ${signal}`
    : exitCode !== null
      ? `ended with exit code ${exitCode}`
      : `ended the request with status ${appStatus}`;

const notCgi = (responder: ResponderKind, problem: Message | null): string =>
  `What the ${responder} wrote is not a CGI response: ${wordsOf(problem?.text ?? "its header could not be read.")}`;

/** The process, or the system, has no file descriptor left. */
export const lacksDescriptor = (errno: string): boolean => errno === "EMFILE" || errno === "ENFILE";

/** `errno`: why the file for a collected request body could not be written. */
function notStored(folder: string, errno: string): readonly [what: string, fix: string] {
  const move = "Free some space, or start the workbench with another TMPDIR.";
  if (errno === "ENOSPC" || errno === "EDQUOT") return [`No space is left in ${folder}.`, move];
  if (lacksDescriptor(errno))
    return [
      `No file could be opened in ${folder}: no file descriptor is left (${errno}).`,
      "Send the request again when fewer scripts run, or raise the limit of open files.",
    ];
  return [`${folder} cannot be written (${errno}).`, move];
}

const seconds = (ms: number): string => `${ms / 1000} s`;
type Limit = { readonly limitMs: number };

export const exchangeMessage = defineMessages({
  // How the script's run ended.
  "no-output-written": ({ responder }: Responder) => `The ${responder} wrote nothing on stdout.`,
  "failed-without-output": ({ responder, ...end }: Responder & BadEnd) =>
    `The ${responder} ${endWords(end)} and wrote nothing on stdout.`,
  /** `problem`: what is wrong with the head. */
  "not-a-cgi-response": ({ responder, problem }: Responder & { readonly problem: Message | null }) =>
    notCgi(responder, problem),
  "failed-in-header": ({ responder, problem, ...end }: Responder & BadEnd & { readonly problem: Message | null }) =>
    `The ${responder} ${endWords(end)}. ${notCgi(responder, problem)}`,
  "not-an-nph-response": ({ problem }: { readonly problem: Message | null }) =>
    problem?.text ?? "An NPH script begins with an HTTP status line.",
  "failed-after-header": ({ responder, ...end }: Responder & BadEnd) =>
    `The ${responder} ${endWords(end)}, after its header.`,
  "failed-in-conversation": ({ responder, ...end }: Responder & BadEnd) =>
    `The ${responder} ${endWords(end)} while its client was connected.`,
  "body-too-short": ({ responder, missingBytes }: Responder & { readonly missingBytes: number }) =>
    `The ${responder} declared a Content-Length that is ${missingBytes} bytes more than it wrote, so the connection was cut.`,

  // Limits of time.
  "total-timeout": ({ limitMs }: Limit) => `The request took longer than the total limit of ${seconds(limitMs)}.`,
  "silent-responder": ({ responder, limitMs }: Responder & Limit) =>
    `The ${responder} wrote nothing and read nothing for ${seconds(limitMs)}.`,
  "silent-upload": ({ limitMs }: Limit) => `The client sent nothing of its request body for ${seconds(limitMs)}.`,
  // The system takes more only when a good part of its buffer is free: a slow client has read something.
  "client-not-reading": ({ limitMs }: Limit) =>
    `The client read so little of the response that the server could send no more of it for ${seconds(limitMs)}.`,
  "running-after-response": ({ responder, limitMs }: Responder & Limit) =>
    `The response was complete, but the ${responder} kept running for ${seconds(limitMs)} after it and was stopped.`,

  // Why an exchange is aborted.
  "stopped-by-user": "Stopped by the user.",
  "server-stopped": "The server was stopped.",
  "client-gone": "The client closed the connection before it had the whole response.",
  "client-gone-debugged":
    "The client closed the connection while the script was debugged. The script was kept, and what it wrote after that went nowhere.",
  debugged: "The script was debugged, so its times include those of a person.",
  "queue-full":
    "Too many scripts are running, and too many requests wait already (limits.concurrency and limits.queue in cgi-workbench.json).",

  // Held requests.
  "not-held": ({ limit }: { readonly limit: number }) =>
    `It was not held, because ${limit} requests were held already.`,
  "answered-by-hand": "A person responded to the held request by hand.",

  // WebSockets (RFC 6455).
  "no-handshake":
    "This script exchanges messages: open its URL as a WebSocket of version 13, with GET, Upgrade: websocket and Connection: Upgrade.",
  "bad-handshake":
    "The request asks for a WebSocket, but its Sec-WebSocket-Key is missing or not 16 bytes in base64, its Sec-WebSocket-Protocol is malformed, or it has a body.",
  /** `problem`: the library's code, "WS_ERR_INVALID_UTF8". */
  "websocket-fault": ({ problem }: { readonly problem: string }) =>
    `The client sent what RFC 6455 does not allow, or a message that is too large (${problem}). The connection was closed.`,
  "websocket-closed": ({ code, reason }: { readonly code: number; readonly reason: string }) =>
    `The client closed the connection (${[code, reason].filter((part) => part !== "").join(", ")}).`,
  "output-closed": "The script closed its stdout and ran on, so the connection was closed and the script ended.",
  "message-too-long": ({ limitBytes }: { readonly limitBytes: number }) =>
    `The script wrote more than ${limitBytes} bytes without a line end, which is the longest message. The connection was closed.`,

  // The request's body.
  "body-too-large": ({ limitBytes }: { readonly limitBytes: number }) =>
    `The request body is larger than the limit of ${limitBytes} bytes (limits.requestBodyBytes in cgi-workbench.json).`,
  /** `folder`: absolute. */
  "body-not-stored": ({ folder, errno }: { readonly folder: string; readonly errno: string }) => {
    const [what, fix] = notStored(folder, errno);
    return `${what} A large chunked request body is stored there before the script starts. ${fix}`;
  },
  "body-read-failed": ({ systemText }: { readonly systemText: string }) =>
    `The collected request body could not be read back: ${systemText}.`,
  "chunked-body-collected": ({ bytes }: { readonly bytes: number }) =>
    `The chunked request body was received whole (${bytes} bytes) before the script started, because the script needs CONTENT_LENGTH from its start.`,

  // Local redirects (RFC 3875 §6.2.2).
  "too-many-local-redirects": ({ limit, location }: { readonly limit: number; readonly location: string }) =>
    `The request went through ${limit} local redirects and was sent on once more, to ${location}. That is probably a loop.`,
  "local-redirect-target-refused": ({ location, why }: { readonly location: string; readonly why: Message }) =>
    `The script redirected to ${location}, which cannot be served: ${wordsOf(why.text)}`,

  // What cannot be run, or sent.
  "not-started": ({ why }: { readonly why: Message }) => `The script could not be started: ${wordsOf(why.text)}`,
  "mail-not-caught": ({ path, line }: { readonly path: string; readonly line: number }) =>
    `The script was not started: its line ${line} has ${path}, and mail that goes there would leave this machine. Call sendmail or mail by its name, or connect to SMTP_HOST and SMTP_PORT: what is sent so is caught. Or set "mail" to "real".`,
  "static-method": ({ method }: { readonly method: string }) => `A static file accepts GET and HEAD, not ${method}.`,
  "static-forbidden": "The server has no permission to read the file.",
  "static-removed": "The file no longer exists.",
  "script-condition-failed": "A condition of the request does not hold for the script's response.",
  "static-condition-failed": "The file has changed: a condition of the request does not hold.",
  "static-range": "The file does not have the requested range of bytes.",
  "static-refused": "The file cannot be served.",
  "static-read-failed": ({ systemText }: { readonly systemText: string }) =>
    `The file could not be read to its end: ${systemText}.`,
  "internal-error": ({ systemText }: { readonly systemText: string }) => `The workbench itself failed: ${systemText}`,
});
