// Matches a message by its code and a part of its data. Only the messages' own tests compare sentences.
import { expect } from "vitest";

export const coded = (code: string, data?: Readonly<Record<string, unknown>>): unknown =>
  expect.objectContaining(data === undefined ? { code } : { code, data: expect.objectContaining(data) });

/** A `ProblemError`, likewise. */
export const problem = (code: string, data?: Readonly<Record<string, unknown>>): unknown =>
  expect.objectContaining({ problem: coded(code, data) });
