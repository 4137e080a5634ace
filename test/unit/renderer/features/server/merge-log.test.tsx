import { expect, test } from "vitest";
import { mergeLog, noLines } from "../../../../../renderer/features/server/log-view.js";
import type { LogEntry } from "../../../../../server/contract/log-contract.js";
import { asSentence } from "../../../../../server/contract/message.js";

const entry = (id: number): LogEntry => ({
  ...{
    id,
    rev: id,
    at: 0,
    level: "info",
    about: "server",
    code: "said",
    message: asSentence(String(id)),
    fix: null,
    times: 1,
    file: null,
    line: null,
    traceId: null,
  },
});

test("what left the log unseen is counted over all looks at one server's log, and from nothing at another's", () => {
  const first = mergeLog(noLines, { generation: "a", entries: [entry(6)], next: 6, missed: 5 });
  const later = mergeLog(first, { generation: "a", entries: [entry(10)], next: 10, missed: 3 });
  expect([first.missed, later.missed, later.entries.map(({ id }) => id)]).toEqual([5, 8, [6, 10]]);
  expect(mergeLog(later, { generation: "b", entries: [entry(1)], next: 1, missed: 0 })).toMatchObject({
    missed: 0,
    entries: [{ id: 1 }],
  });
});
