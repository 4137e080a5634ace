// A change as lines: what goes and comes, and line ends that are invisible elsewhere.
import { describe, expect, test } from "vitest";
import { changeLines, modeLetters, type TextChange } from "../../../../../renderer/features/doctor/change-lines.js";

const change = (before: string | null, after: string, more: Partial<TextChange> = {}): TextChange => ({
  kind: "text",
  path: "a",
  before,
  after,
  bomBefore: false,
  bomAfter: false,
  hash: null,
  ...more,
});

describe("the lines of a change", () => {
  test("with what is round them", () => {
    const { lines, more } = changeLines(change("1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\n4\nfive\n6\n7\n"));
    expect(lines.map((line) => (line.is === "skipped" ? `skip ${line.count}` : `${line.is} ${line.text}`))).toEqual([
      "skip 2",
      "same 3",
      "same 4",
      "removed 5",
      "added five",
      "same 6",
      "same 7",
    ]);
    expect(more).toBe(0);
  });

  test("when only line ends change, three of them stand for all", () => {
    const { lines, more } = changeLines(change("a\r\nb\r\nc\r\nd\r\n", "a\nb\nc\nd\n"));
    expect(lines.slice(0, 2)).toEqual([
      { is: "removed", text: "a\r" },
      { is: "added", text: "a" },
    ]);
    expect([lines.length, more]).toEqual([6, 1]);
  });

  test("a byte order mark, and a file that is new", () => {
    expect(changeLines(change("a\n", "a\n", { bomBefore: true })).lines).toEqual([
      { is: "removed", text: "\uFEFFa" },
      { is: "added", text: "a" },
    ]);
    expect(changeLines(change(null, "a\nb\n")).lines).toEqual([
      { is: "added", text: "a" },
      { is: "added", text: "b" },
    ]);
  });

  test("permissions in letters", () =>
    expect([modeLetters(0o644), modeLetters(0o755), modeLetters(0)]).toEqual(["rw-r--r--", "rwxr-xr-x", "---------"]));
});
