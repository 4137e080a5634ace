// What people read of a touch: the command line and the window use the same words.
import type { Touch, Touched } from "../../contract/touched.js";

const actionWords: Readonly<Record<Touch["did"], string>> = {
  read: "read",
  wrote: "wrote",
  created: "created",
  removed: "removed",
  renamed: "renamed",
  looked: "looked for",
  listed: "listed",
  entered: "entered",
  locked: "locked",
  started: "started",
  connected: "connected to",
  resolved: "looked up",
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "not found",
  ENOTDIR: "not found: a part of the path is not a folder",
  EACCES: "no permission",
  EPERM: "not permitted",
  EISDIR: "is a folder",
  EEXIST: "exists already",
  ENOTEMPTY: "is not empty",
  ELOOP: "too many links",
  EROFS: "read-only file system",
  ENOSPC: "no space left",
  EMFILE: "too many open files",
  ENAMETOOLONG: "name too long",
  ENOEXEC: "not a program that the system can start",
  ETXTBSY: "being written",
  EAGAIN: "another process holds it",
  ECONNREFUSED: "refused: nothing listens there",
  ECONNRESET: "closed by the other side",
  EHOSTUNREACH: "host not reachable",
  ENETUNREACH: "network not reachable",
  ETIMEDOUT: "no answer",
  NXDOMAIN: "no such name",
  SERVFAIL: "the DNS server failed",
  REFUSED: "the DNS server refused",
};

/** A copy of a process has no arguments of its own. */
export const actionOf = ({ did, errno, args }: Touch): string =>
  did === "started" && errno === null && !args ? "started a copy of" : actionWords[did];

type Show = (text: NonNullable<Touch["given"]>) => string;

/** What was sought in several folders has no path. */
export const shownName = ({ places, given }: Touch, name: string, show: Show): string =>
  places === undefined ? name : given === undefined ? name.slice(name.lastIndexOf("/") + 1) : show(given);

/** Why it failed; "" if it did not. */
export function reasonOf({ errno, places, exitCode, signal }: Touch): string {
  if (errno !== null) {
    const reason = reasons[errno];
    const where = places === undefined ? "" : ` in ${places} folders`;
    return reason === undefined ? errno : `${reason}${where} (${errno})`;
  }
  if (signal !== undefined) return `ended by ${signal}`;
  return exitCode ? `exit code ${exitCode}` : "";
}

/** What else is known of it. */
export function remarksOf(touch: Touch, show: Show): readonly string[] {
  const { given, places, times, ms, waitedMs, did } = touch;
  const isTimed = did === "connected" || did === "resolved" || did === "started" || did === "locked" || ms >= 1;
  return [
    ...(given === undefined || places !== undefined ? [] : [`given as ${show(given)}`]),
    ...(times === undefined ? [] : [`${times} times`]),
    ...(isTimed ? [milliseconds(ms)] : []),
    ...(waitedMs === undefined || waitedMs < 1 ? [] : [`then waited ${milliseconds(waitedMs)} for data`]),
  ];
}

export const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(3) : ms.toFixed(1)}\u{a0}ms`;

/** What connecting cost; null: nothing. `totalMs`: of the request, if known. */
export function connectSentence({ connectMs, touches }: Touched, totalMs: number | null): string | null {
  const asked = touches.filter(({ did, own }) => own !== true && (did === "connected" || did === "resolved"));
  if (asked.length === 0) return null;
  const of = totalMs === null || totalMs < connectMs ? "" : ` of ${milliseconds(totalMs)}`;
  const took = `Connecting took ${milliseconds(connectMs)}${of}.`;
  if (asked.every(({ errno }) => errno !== null)) return took;
  return `${took} A mode that keeps the process, such as persistent, can keep the connection and saves this for each further request.`;
}

/** With the own ones, and those that are not listed. */
export const foldedCount = ({ touches, omitted }: Touched): number =>
  touches.filter(({ own }) => own === true).length + omitted;
