// `--vary PLACE=VALUES`: what varies, and the values, as text.

import { toBytesText } from "../base/decode-text.js";
import { readBounded } from "../base/disk.js";
import { systemReason } from "../base/error-text.js";
import type { BytesText } from "../contract/bytes-text.js";
import { maxVariations } from "../contract/limits.js";
import { madeNames, type ValueSet } from "../contract/variations-contract.js";
import { usualTexts } from "../formats/variations/made-values.js";
import { latin1 } from "../protocol/byte-string.js";
import { UsageError } from "./usage/usage.js";

/** A file of values may have this many bytes. */
const maxFileBytes = 64 << 20;
/** A line of it may have this many. */
const maxLineBytes = 1_000_000;

/** @throws UsageError */
export async function varyOf(text: string): Promise<{ place: string; set: ValueSet }> {
  const [place = "", values] = text.split(/=(.*)/s, 2);
  if (values === undefined || values === "") throw new UsageError(`--vary takes PLACE=VALUES, not “${text}”`);
  return { place, set: await setOf(values) };
}

async function setOf(text: string): Promise<ValueSet> {
  if (text.startsWith("@")) return { kind: "list", values: await linesOf(text.slice(1)) };
  const [name = "", given] = text.split(/:(.*)/s, 2);
  const range = /^(-?\d{1,15})\.\.(-?\d{1,15})$/.exec(given ?? text);
  const from = Number(range?.[1]);
  const to = Number(range?.[2]);
  const made = madeNames.find((one) => one === name);
  if (made) return { kind: "made", name: made, text: given ?? usualTexts[made] };
  if (name === "probes") return { kind: "probes", only: given?.split(",").map((one) => one.trim()) ?? [] };
  if (name === "times" && /^[1-9]\d{0,4}$/.test(given ?? "")) return { kind: "times", count: Number(given) };
  if (name === "lengths") return lengthsOf(given === undefined ? [1, 1_000_000] : [from, to], text);
  if (name === "list" && given !== undefined) return { kind: "list", values: given.split(",") };
  if (given === undefined && range) return { kind: "numbers", from, to };
  return { kind: "list", values: text.split(",") };
}

function lengthsOf([from, to]: readonly [number, number], text: string): ValueSet {
  if (from >= 0 && to >= from && to <= 1_000_000) return { kind: "lengths", from, to };
  throw new UsageError(`lengths are FROM..TO, up to 1000000, not “${text}”`);
}

/** The lines of a file, whose bytes need not be UTF-8. @throws UsageError */
async function linesOf(path: string): Promise<BytesText[]> {
  const read = await readBounded(path, maxFileBytes).catch((error: unknown) => {
    throw new UsageError(`the values of --vary cannot be read: ${path}, ${systemReason(error)}`);
  });
  if (read.kind !== "read") throw new UsageError(`${path} has more than 64 MiB`);
  const lines = read.bytes.toString("latin1").split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  if (lines.length === 0) throw new UsageError(`${path} has no values`);
  if (lines.length > maxVariations) throw new UsageError(`${path} has more than ${maxVariations} lines`);
  if (lines.some((line) => line.length > maxLineBytes)) throw new UsageError(`${path} has a line of more than 1 MB`);
  return lines.map((line) => toBytesText(latin1(line)));
}
