// One value of a set, for a place of a request.
import type { ByteString } from "../../contract/bytes-text.js";
import type { Probe } from "../probes/probe.js";

/** So many values, each made when it is asked for. */
export interface ValueSeries {
  readonly count: number;
  at(index: number): VariedValue;
}

export interface VariedValue {
  readonly label: string;
  /** Empty: it is left out; two: it is there twice. */
  readonly bytes: readonly ByteString[];
  /** The name of a field of a query or a form ends with `[]`, as PHP wants it for a list. */
  readonly isList?: true;
  /** In a query or a form it goes out as it is written, and not percent-encoded. */
  readonly isSpelled?: boolean;
  /** What only code or a file brings into a response, and not the value. */
  readonly reveals?: RegExp;
  /** It counts its own bytes. */
  readonly isMeasured?: boolean;
  /** It is the second of two that mean the same. */
  readonly isTwin?: boolean;
  /** Rules of the doctor that it may break without the script's doing. */
  readonly excused?: readonly string[];
  readonly probe?: Probe;
}
