// `--vary PLACE=VALUES`: what varies, and the values, as text.

import { toBytesText } from "../base/decode-text.js";
import { readBounded } from "../base/disk.js";
import { systemReason } from "../base/error-text.js";
import type { BytesText } from "../contract/bytes-text.js";
import type { ValueSet } from "../contract/variations-contract.js";
import {
  linesOf,
  mistakeInLines,
  neededText,
  setFrom,
  usualText,
  writtenKinds,
} from "../formats/variations/value-text.js";
import { unknownProbe } from "../formats/variations/values.js";
import { latin1 } from "../protocol/byte-string.js";
import { UsageError } from "./usage/usage.js";

/** A file of values may have this many bytes. */
const maxFileBytes = 64 << 20;

/** @throws UsageError */
export async function varyOf(text: string): Promise<{ place: string; set: ValueSet }> {
  const [place = "", values] = text.split(/=(.*)/s, 2);
  if (values === undefined || values === "") throw new UsageError(`--vary takes PLACE=VALUES, not “${text}”`);
  return { place, set: await setOf(values) };
}

async function setOf(text: string): Promise<ValueSet> {
  if (text.startsWith("@")) return { kind: "list", values: await valuesIn(text.slice(1)) };
  const [name = "", given] = text.split(/:(.*)/s, 2);
  if (name === "list" && given !== undefined) return { kind: "list", values: given.split(",") };
  const kind = writtenKinds.find((one) => one === name);
  if (kind === undefined || (given === undefined && (kind === "times" || kind === "numbers")))
    return setFrom("numbers", text) ?? { kind: "list", values: text.split(",") };
  if (kind === "probes") return { kind, only: probeNames(given) };
  const set = setFrom(kind, given ?? usualText(kind));
  if (set) return set;
  throw new UsageError(`“${text}” makes no ${kind}: write ${neededText(kind)}; see cgi-workbench try --help`);
}

/** Ids and groups, separated by commas; undefined: none. @throws UsageError for a name that is neither */
export function probeNames(text: string | undefined): string[] {
  const names = text?.split(",").map((name) => name.trim()) ?? [];
  const unknown = unknownProbe(names);
  if (unknown === undefined) return names;
  throw new UsageError(`no probe or group is called “${unknown}”; see cgi-workbench probe --list`);
}

/** The lines of a file, whose bytes need not be UTF-8. @throws UsageError */
async function valuesIn(path: string): Promise<BytesText[]> {
  const read = await readBounded(path, maxFileBytes).catch((error: unknown) => {
    throw new UsageError(`the values of --vary cannot be read: ${path}, ${systemReason(error)}`);
  });
  if (read.kind !== "read") throw new UsageError(`${path} has more than 64 MiB`);
  const lines = linesOf(read.bytes.toString("latin1"));
  const mistake = mistakeInLines(lines);
  if (mistake !== null) throw new UsageError(`${path} ${mistake}`);
  return lines.map((line) => toBytesText(latin1(line)));
}
