// The results of a test runner's own run: written as JSON by the reporters beside
// this file, read by the runner of all suites.
import { writeFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

export interface Counts {
  passed: number;
  /** By name, with what the failure says. */
  failed: string[];
  skipped: { name: string; why: string }[];
  /** Tests that do not apply in this run by design; they are not counted as skipped. */
  notApplicable: number;
  /** Passed only in a second attempt: by name, with what the first failure says. */
  retried: string[];
  /** Remarks to repeat at the end of the run. */
  remarks: string[];
  /** Every test that ran or was skipped, for the list of conformance rules. */
  tests: { title: string; status: "passed" | "failed" | "skipped" }[];
}

/** The type of a test's annotation that is repeated at the end of the run. */
export const remark = "remark";

export const noCounts = (): Counts => ({
  passed: 0,
  failed: [],
  skipped: [],
  notApplicable: 0,
  retried: [],
  remarks: [],
  tests: [],
});

/** Where the runner wants the counts; null when a test runner was started by hand. */
export const countsFile = process.env["TEST_COUNTS"] ?? null;

export function writeCounts(counts: Counts): void {
  if (countsFile !== null) writeFileSync(countsFile, JSON.stringify(counts));
}

/** What is kept of a failure's message, and of what differs, in characters each. */
const messageLimit = 800;

/**
 * A failed test, with its message and what differs below its name: the end of a run is often all that is kept of it.
 */
export const failureOf = (name: string, message = "", differences = ""): string =>
  [name, ...[message, differences].flatMap((text) => stripVTControlCharacters(text).slice(0, messageLimit).split("\n"))]
    .filter((line) => line.trim() !== "")
    .join("\n      ");
