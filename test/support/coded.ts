// A message by its code, and by what of its data matters: the words of its sentence are nobody's business but the messages' own tests'.
import { expect } from "vitest";

export const coded = (code: string, data?: Readonly<Record<string, unknown>>): unknown =>
  expect.objectContaining(data === undefined ? { code } : { code, data: expect.objectContaining(data) });

/** A `ProblemError`, likewise. */
export const problem = (code: string, data: Readonly<Record<string, unknown>>): unknown =>
  expect.objectContaining({ problem: coded(code, data) });
