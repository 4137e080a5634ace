// How much evidence a long test gathers: all of it under `npm run verify`, less where every test runs.
import { sampledPart } from "./run/sample.mjs";

export const isShort = process.env["TEST_EVIDENCE"] === "short";

/** One of so many parts of a list, which the commit chooses; the whole list where it chooses none. */
export const sampled = <T>(all: readonly T[], name: string, parts: number): T[] =>
  all.filter((_, index) => !process.env["TEST_SAMPLE"] || index % parts === sampledPart(name, parts));

/** The first number, or the second where evidence is shortened. */
export const amount = (full: number, short: number): number => (isShort ? short : full);
