// What runs as a sample: the commit chooses a part, and over many commits every part comes. Nothing is left out where
// no commit chooses.
import { afterEach, expect, test, vi } from "vitest";
import { sampled } from "../../support/evidence.js";
import { sampledFiles, sampledPart, sampledShell } from "../../support/run/sample.mjs";

afterEach(() => vi.unstubAllEnvs());

test.each([2, 4, 10])("one of %d parts, the same one for a commit, each one for some commit", (parts) => {
  const commits = Array.from({ length: 200 }, (_, n) => `commit ${n}`);
  const chosen = commits.map((commit) => sampledPart("name", parts, commit));
  expect(chosen).toEqual(commits.map((commit) => sampledPart("name", parts, commit)));
  expect(new Set(chosen)).toEqual(new Set(Array.from({ length: parts }, (_, part) => part)));
});

test("names do not share their part", () => {
  const parts = Array.from({ length: 50 }, (_, n) => sampledPart(`name ${n}`, 2, "commit"));
  expect(new Set(parts).size).toBe(2);
});

test("a list is whole without a commit, and else one of its parts", () => {
  const all = Array.from({ length: 30 }, (_, n) => n);
  vi.stubEnv("TEST_SAMPLE", "");
  expect(sampled(all, "list", 3)).toEqual(all);
  const seen = new Set<number>();
  for (let n = 0; n < 50; n++) {
    vi.stubEnv("TEST_SAMPLE", `commit ${n}`);
    const part = sampled(all, "list", 3);
    expect(part).toHaveLength(10);
    for (const one of part) seen.add(one);
  }
  expect(seen.size).toBe(30);
});

test("each file of a sample comes with some commit, and each spec in each shell", () => {
  const files = Array.from({ length: 20 }, (_, n) => `file ${n}`);
  const seen = new Set<string>();
  for (let n = 0; n < 100; n++) {
    vi.stubEnv("TEST_SAMPLE", `commit ${n}`);
    const chosen = sampledFiles(files);
    expect(chosen.length).toBeLessThan(files.length);
    for (const file of chosen) seen.add(file);
    for (const file of files) seen.add(`${file} in ${sampledShell(file)}`);
  }
  expect(seen.size).toBe(files.length * 4);
});
