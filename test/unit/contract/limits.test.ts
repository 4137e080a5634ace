// The numbers that the tour names are the ones that hold.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultConfig } from "../../../server/contract/config.js";
import { defaultCaptureBytes, defaultMemoryBytes, maxTraces } from "../../../server/contract/limits.js";
import { maxEntries } from "../../../server/workspace/files/file-list.js";
import { repositoryRoot } from "../../support/repository.js";

const tour = readFileSync(join(repositoryRoot, "docs/tour.md"), "utf8");
const section = /^## Limits$(.*)/ms.exec(tour)?.[1] ?? "";
const count = (number: number): string => number.toLocaleString("en");
const mebibytes = (bytes: number): string => `${bytes / (1 << 20)} MiB`;
const { limits } = defaultConfig;

test.each([
  ["traces kept", count(maxTraces)],
  ["memory for traces", mebibytes(defaultMemoryBytes)],
  ["bytes kept of a stream", mebibytes(defaultCaptureBytes)],
  ["files listed", count(maxEntries)],
  ["silence before a script is ended", `${(limits.silenceMs ?? 0) / 1000} s`],
  ["scripts at once", String(limits.concurrency)],
  ["requests that wait", count(limits.queue)],
])("the limits in docs/tour.md give the number of %s: %s", (_what, number) => {
  expect(section.match(/\d[\d,]*(?: (?:MiB|s)\b)?/g)).toContain(number);
});

test("the configuration's defaults are the limits", () => {
  expect([limits.memoryBytes, limits.captureBytes]).toEqual([defaultMemoryBytes, defaultCaptureBytes]);
});
