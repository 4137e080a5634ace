// The Range header (RFC 9110 §14): one range of bytes. Several, and what is not understood, are
// served as the whole, as §14.2 permits.
import type { RequestHead } from "../../protocol/request.js";
import { listValue, rangeStillHolds, type Validators } from "../response/preconditions.js";

/** The bytes `[from, to)`. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Null: the whole. `size`: the file's, bytes. */
export function requestedRange(
  request: RequestHead,
  validators: Validators,
  size: number,
): ByteRange | "unsatisfiable" | null {
  const match = /^bytes=\s*(\d{0,15})-(\d{0,15})$/i.exec(listValue(request, "range") ?? "");
  if (match === null || !rangeStillHolds(request, validators)) return null;
  const [, first = "", last = ""] = match;
  if (first === "") {
    if (last === "") return null;
    if (Number(last) === 0) return "unsatisfiable";
    // The last bytes; of nothing all of it, which no Content-Range can say.
    return size === 0 ? null : { from: Math.max(0, size - Number(last)), to: size };
  }
  const from = Number(first);
  if (last !== "" && Number(last) < from) return null; // not a valid range at all, §14.1.1
  if (from >= size) return "unsatisfiable";
  return { from, to: last === "" ? size : Math.min(Number(last) + 1, size) };
}
