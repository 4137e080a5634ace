// Works whose code is equal but for names, spaces and comments. Short scripts are equal by chance and do not count.
import { createHash } from "node:crypto";
import type { TreeFile } from "../format/file-tree.js";

/** A script of so many lines with code, or fewer, is never marked. */
const mostLinesByChance = 20;

/** The fingerprints of a work's long scripts, without those that are as they were at the start. */
export function codePrints(files: readonly TreeFile[], start: readonly TreeFile[]): ReadonlySet<string> {
  const given = new Set(start.flatMap(printOf));
  return new Set(files.flatMap(printOf).filter((print) => !given.has(print)));
}

/** What is longer was written by no learner, bytes. */
const maxBytes = 1 << 20;

/** Nothing for a file that is hidden, short, long, or not text. */
function printOf({ path, bytes }: TreeFile): string[] {
  if (bytes.length > maxBytes) return [];
  if (path.split("/").some((part) => part.startsWith(".")) || bytes.includes(0)) return [];
  const lines = Buffer.from(bytes)
    .toString()
    .split("\n")
    .map((line) => line.replace(/(^|\s)(?:#|\/{2}).*/s, "").trim())
    .filter((line) => line !== "");
  if (lines.length <= mostLinesByChance) return [];
  return [
    createHash("sha256")
      .update(withoutNames(lines.join("\n")))
      .digest("hex"),
  ];
}

/** Each name by its number: the first name of a script is 0 wherever it stands. What is in quotes stays. */
function withoutNames(code: string): string {
  const numbers = new Map<string, number>();
  return code
    .split(/("[^"\n]*"|'[^'\n]*'|[\p{L}_][\p{L}\p{N}_]*|\s+)/u)
    .map((part) => {
      if (!/^[\p{L}_]/u.test(part)) return part.trim();
      if (!numbers.has(part)) numbers.set(part, numbers.size);
      return `<${numbers.get(part)}>`;
    })
    .join("");
}

/** For each work the others that share a fingerprint with it. */
export const sameAs = <W>(works: readonly { readonly work: W; readonly prints: ReadonlySet<string> }[]): W[][] =>
  works.map((one) =>
    works
      .filter((other) => other !== one && [...other.prints].some((print) => one.prints.has(print)))
      .map(({ work }) => work),
  );
