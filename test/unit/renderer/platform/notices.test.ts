// Which notices stay when there are more than three.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dismissNotice, notify, notifyLasting, useNotices } from "../../../../renderer/platform/notices.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const { id } of useNotices.getState().notices) dismissNotice(id);
  vi.useRealTimers();
});

const shown = (): string[] => useNotices.getState().notices.map(({ text }) => text);

test("news that go by themselves leave room before a failure and before what lasts", () => {
  notifyLasting("lasts");
  notify("bad", "failed");
  notify("info", "copied");
  notify("info", "saved");
  expect(shown()).toEqual(["lasts", "failed", "saved"]);
  notify("bad", "failed again");
  expect(shown()).toEqual(["lasts", "failed", "failed again"]);
});

test("without brief ones the oldest failure goes, then the oldest that lasts, never the newest", () => {
  notifyLasting("first");
  notify("bad", "failed");
  notifyLasting("second");
  notifyLasting("third");
  expect(shown()).toEqual(["first", "second", "third"]);
  notify("info", "copied");
  expect(shown()).toEqual(["second", "third", "copied"]);
});

test("the same words again take the older one's place", () => {
  notify("info", "copied");
  notify("bad", "failed");
  notify("info", "copied");
  expect(shown()).toEqual(["failed", "copied"]);
});

test("news go after five seconds, with an action after twenty; failures and what lasts stay", () => {
  notifyLasting("lasts");
  notify("info", "copied");
  notify("info", "deleted", { title: "Undo", run: () => {} });
  vi.advanceTimersByTime(5000);
  expect(shown()).toEqual(["lasts", "deleted"]);
  notify("bad", "failed");
  vi.advanceTimersByTime(15_000);
  expect(shown()).toEqual(["lasts", "failed"]);
});
