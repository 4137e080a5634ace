// The numbers of resting traces, of many traces in one piece of memory: in an object nearly each of them would be an object of its own, which
// the collector copies.
import type { FastcgiTurn, Timing } from "../../contract/trace.js";
import type { FastcgiRecorder } from "../fastcgi-recorder.js";
import type { TraceRecord } from "../trace-record.js";

/** One trace's numbers: those of `numbers` from `from` on. */
export interface PackedRow {
  readonly numbers: Int32Array;
  readonly from: number;
}

/** `…At`: µs since the request's first byte, as whole numbers take half the room. */
const column = {
  connectionNth: 0,
  headAt: 1,
  admittedAt: 2,
  spawnedAt: 3,
  firstByteAt: 4,
  headersAt: 5,
  lastByteAt: 6,
  exitAt: 7,
  doneAt: 8,
  bodyAt: 9,
  stdinAt: 10,
  stdoutAt: 11,
  responseBodyAt: 12,
  responseBodyBytes: 13,
  workerPid: 14,
  workerNth: 15,
  isReused: 16,
  sentAt: 17,
  receivedAt: 18,
  queuedAt: 19,
  readyAt: 20,
  connectedAt: 21,
  /** Where the answer lies in its memory, and stdout in the answer; see `RestingTrace`. */
  answerFrom: 22,
  answerBytes: 23,
  stdoutFrom: 24,
  stdoutBytes: 25,
} as const;
type Column = keyof typeof column;
type Moment = Extract<Column, `${string}At`>;
const columns = Object.keys(column).length;
const none = -1;

/** Of what lasts longer, ms, the times do not fit. */
export const longestMs = (2 ** 31 - 1) / 1000;

/** What a row takes, bytes. */
export const rowBytes = columns * Int32Array.BYTES_PER_ELEMENT;

/** Memory for as many is taken at once. */
const rowsAtOnce = 64;
let page = new Int32Array(rowsAtOnce * columns);
let used = 0;

type ByteRange = "answerFrom" | "answerBytes" | "stdoutFrom" | "stdoutBytes";

/** The row of a trace that has ended, within `longestMs`. */
export function packNumbers(
  { connection, timing, request, stdin, stdout, response, fastcgi }: TraceRecord,
  places: Record<ByteRange, number>,
): PackedRow {
  if (used === page.length) {
    page = new Int32Array(rowsAtOnce * columns);
    used = 0;
  }
  const [numbers, from] = [page, used];
  used += columns;
  numbers[from + column.connectionNth] = connection.nth;
  numbers[from + column.headAt] = micros(timing.headAt);
  numbers[from + column.admittedAt] = micros(timing.admittedAt);
  numbers[from + column.spawnedAt] = micros(timing.spawnedAt);
  numbers[from + column.firstByteAt] = micros(timing.firstByteAt);
  numbers[from + column.headersAt] = micros(timing.headersAt);
  numbers[from + column.lastByteAt] = micros(timing.lastByteAt);
  numbers[from + column.exitAt] = micros(timing.exitAt);
  numbers[from + column.doneAt] = micros(timing.doneAt);
  numbers[from + column.bodyAt] = micros(request.body.firstAt);
  numbers[from + column.stdinAt] = micros(stdin?.firstAt);
  numbers[from + column.stdoutAt] = micros(stdout?.firstAt);
  numbers[from + column.responseBodyAt] = micros(response?.body.firstAt);
  numbers[from + column.responseBodyBytes] = response?.body.bytes ?? 0;
  numbers[from + column.answerFrom] = places.answerFrom;
  numbers[from + column.answerBytes] = places.answerBytes;
  numbers[from + column.stdoutFrom] = places.stdoutFrom;
  numbers[from + column.stdoutBytes] = places.stdoutBytes;
  if (fastcgi) keepTurn(numbers, from, fastcgi);
  return { numbers, from };
}

function keepTurn(
  numbers: Int32Array,
  from: number,
  { pid, nth, reused, sent, received, queuedAt, readyAt, connectedAt }: FastcgiRecorder,
): void {
  numbers[from + column.workerPid] = orNone(pid);
  numbers[from + column.workerNth] = orNone(nth);
  numbers[from + column.isReused] = reused ? 1 : 0;
  numbers[from + column.sentAt] = micros(sent.firstAt);
  numbers[from + column.receivedAt] = micros(received.firstAt);
  numbers[from + column.queuedAt] = micros(queuedAt);
  numbers[from + column.readyAt] = micros(readyAt);
  numbers[from + column.connectedAt] = micros(connectedAt);
}

/** Null: there was none. */
export function numberIn({ numbers, from }: PackedRow, name: Exclude<Column, Moment>): number | null {
  const number = numbers[from + column[name]] ?? none;
  return number === none ? null : number;
}

/** One that is always there. */
export const countIn = ({ numbers, from }: PackedRow, name: Exclude<Column, Moment>): number =>
  numbers[from + column[name]] ?? 0;

/** ms since the request's first byte; null: it did not happen. */
export function timeIn({ numbers, from }: PackedRow, name: Moment): number | null {
  const micros = numbers[from + column[name]] ?? none;
  return micros === none ? null : micros / 1000;
}

export function timingIn(row: PackedRow): Timing {
  return {
    headAt: timeIn(row, "headAt"),
    admittedAt: timeIn(row, "admittedAt"),
    spawnedAt: timeIn(row, "spawnedAt"),
    firstByteAt: timeIn(row, "firstByteAt"),
    headersAt: timeIn(row, "headersAt"),
    lastByteAt: timeIn(row, "lastByteAt"),
    exitAt: timeIn(row, "exitAt"),
    doneAt: timeIn(row, "doneAt"),
  };
}

/** Of a trace that was over FastCGI. */
export const turnIn = (row: PackedRow): FastcgiTurn => ({
  readyAt: timeIn(row, "readyAt"),
  connectedAt: numberIn(row, "isReused") === 1 ? null : timeIn(row, "connectedAt"),
  begunAt: timeIn(row, "sentAt"),
});

const orNone = (number: number | null): number => number ?? none;
const micros = (ms: number | null | undefined): number =>
  ms !== null && ms !== undefined && ms >= 0 ? Math.round(ms * 1000) : none;
