import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type ProcessEntry,
  parseStat,
  processTable,
  sessionEscapees,
  sessionMembers,
} from "../../../server/spawn/sessions/process-table.js";

test("a name with spaces and parentheses does not move the fields (proc(5), /proc/PID/stat)", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(), fc.nat(), (command, pid, parent, group, session) => {
      const stat = `${pid} (${command}) S ${parent} ${group} ${session} 0 -1 4194560 86 0 0 0\n`;
      expect(parseStat(stat)).toEqual({ pid, parent, group, session, command });
    }),
  );
});

test("any other text gives null or numbers, and never throws", () => {
  fc.assert(fc.property(fc.string(), (text) => void parseStat(text)));
  expect(parseStat("")).toBeNull();
  expect(parseStat("1 (x) Z 1 1 1")).toBeNull();
});

test("this process is listed with its parent", () => {
  expect(processTable()?.find((entry) => entry.pid === process.pid)?.parent).toBe(process.ppid);
});

test("members and those who left, whatever the order of the table", () => {
  const entry = (pid: number, parent: number, session: number): ProcessEntry => ({
    pid,
    parent,
    group: session,
    session,
    command: "x",
  });
  const table = [
    entry(10, 1, 10),
    entry(11, 10, 10),
    entry(12, 11, 12),
    entry(13, 12, 13),
    entry(20, 1, 20),
    entry(21, 20, 20),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(table, { minLength: table.length }), (shuffled) => {
      const pids = (entries: readonly ProcessEntry[]): number[] => entries.map(({ pid }) => pid).sort((a, b) => a - b);
      expect(pids(sessionMembers(10, shuffled))).toEqual([10, 11]);
      expect(pids(sessionEscapees(10, shuffled))).toEqual([12, 13]);
      expect(pids(sessionEscapees(20, shuffled))).toEqual([]);
    }),
  );
});
