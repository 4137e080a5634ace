// One request sent with many values: what varies in it, what each response must be, and a row for each.

import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { call } from "./call.js";
import { maxVariations } from "./limits.js";
import { composedRequest, rawRequest } from "./requests-contract.js";
import { message, traceRow } from "./trace.js";

/** Values that are made of a text. */
export const madeNames = [
  "injection",
  "encodings",
  "spellings",
  "line-ends",
  "characters",
  "fields",
  "odd-numbers",
] as const;
export type MadeName = (typeof madeNames)[number];

export const expectations = [
  /** A response below 500. */
  "no-5xx",
  /** No error of the doctor's, and no warning that the first row does not have. */
  "no-finding",
  /** A value on a page comes back as text, with no tag or attribute of its own. */
  "escaped",
  /** A value comes back where the first row's did; one of a length comes back whole, if a part of it does. */
  "comes-back",
  /** The status and the body are those of the first row. */
  "same",
] as const;
export type ExpectationName = (typeof expectations)[number];

/** Text goes out in UTF-8; other bytes as they are. */
const typedValue = z.union([z.string().max(1_000_000), z.object({ base64: z.base64().max(1_400_000) })]);

export const valueSet = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("list"), values: z.array(typedValue).min(1).max(maxVariations) }),
  z.object({ kind: z.literal("numbers"), from: z.int(), to: z.int() }),
  /** Texts of so many bytes: the ends, and what lies at and beside the powers of 2 and 10. */
  z
    .object({ kind: z.literal("lengths"), from: z.int().min(0), to: z.int().max(1_000_000) })
    .refine(({ from, to }) => from <= to),
  z.object({ kind: z.literal("made"), name: z.enum(madeNames), text: z.string().max(10_000) }),
  /** The request as it is, so many times. */
  z.object({ kind: z.literal("times"), count: z.int().min(1).max(maxVariations) }),
  /** Probes of the library, by id or group; empty: all. Each stands for the whole request. */
  z.object({ kind: z.literal("probes"), only: z.array(z.string().max(100)).max(200) }),
]);
export type ValueSet = z.infer<typeof valueSet>;

export const plan = z.object({
  /**
   * `place`: "query.NAME", "field.NAME", "cookie.NAME", "header.NAME", "path", "method", "body" or "request"; of raw
   * bytes "bytes.FROM-TO".
   */
  vary: z
    .array(z.object({ place: z.string().max(1100), set: valueSet }))
    .min(1)
    .max(10),
  /** The first values together, then the second ones; or each value with each of the others. */
  pairing: z.enum(["together", "each"]).default("together"),
  /** Null: what fits the values. */
  expect: z.array(z.enum(expectations)).nullable().default(null),
  /** The most requests a second; null: one after the other. */
  rate: z.number().min(0.1).max(10_000).nullable().default(null),
});
/** The plan as the caller passes it. */
export type AskedPlan = z.input<typeof plan>;
export type VariationPlan = z.infer<typeof plan>;

const difference = z.object({
  /** `value`: the body differs in the value alone. */
  part: z.enum(["status", "header", "body", "stderr", "value"]),
  message,
});
export type RowDifference = z.infer<typeof difference>;

export const variedRow = z.object({
  /** From 1. */
  nth: z.int().positive(),
  /** What is in the places, as people read it. */
  values: z.array(z.string()),
  /** The trace of the request, or of the last of several; null: there was none. */
  trace: traceRow.nullable(),
  /** The titles of what the doctor found. */
  findings: z.array(z.string()),
  /** To the first row. */
  differences: z.array(difference),
  /** What the response should be and is not. */
  broken: z.array(z.object({ expectation: z.enum([...expectations, "not-run", "alike", "as-expected"]), message })),
});
export type VariedRow = z.infer<typeof variedRow>;

/** `try --json`. */
export const tryReport = z.object({
  folder: z.string(),
  target: z.string(),
  count: z.int(),
  rows: z.array(variedRow),
  broken: z.int(),
});
export type TryReport = z.infer<typeof tryReport>;

const toVary = z.object({
  request: z.union([composedRequest, rawRequest]),
  plan,
  /** Methods other than GET and HEAD may be sent. */
  isAllowed: z.boolean(),
});
export type RunToVary = z.input<typeof toVary>;

export const variationsContract = {
  /**
   * Sends the requests of a plan. It belongs to the call: when that is aborted, it ends. How many requests it makes
   * comes first, and how many of them use a method other than GET and HEAD: nothing is sent if there are any, unless
   * they are allowed. Labels and targets of rows are cut.
   */
  run: call
    .input(toVary)
    .output(
      eventIterator(
        z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("begun"), count: z.int(), unsafe: z.int() }),
          z.object({ kind: z.literal("rows"), rows: z.array(variedRow) }),
        ]),
      ),
    ),
};
