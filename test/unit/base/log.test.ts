import { describe, expect, test, vi } from "vitest";
import { Log, type Note } from "../../../server/base/log.js";
import { maxLogEntries } from "../../../server/contract/log-contract.js";
import { asSentence } from "../../../server/contract/message.js";

const never = new AbortController().signal;
const note = (message: string, more: Partial<Note> = {}): Note => ({
  level: "info",
  about: "server",
  code: "said",
  message: asSentence(message),
  ...more,
});

describe("the log", () => {
  test("answers at once with what there is, then waits for more", async () => {
    const log = new Log();
    log.write(note("one"));
    log.write(note("two", { level: "error", fix: asSentence("fix it"), file: "cgi-workbench.json", line: 3 }));
    const first = await log.next(0, never);
    expect(first.entries.map(({ message, level, fix, file, line }) => [message, level, fix, file, line])).toEqual([
      ["one", "info", null, null, null],
      ["two", "error", "fix it", "cgi-workbench.json", 3],
    ]);
    const waiting = log.next(first.next, never);
    log.write(note("three"));
    log.write(note("four"));
    expect((await waiting).entries.map(({ message }) => message)).toEqual(["three", "four"]);
    expect(log.after(first.next)).toEqual(await waiting);
    expect(log.after((await waiting).next).entries).toEqual([]);
  });

  test("the same note again is one entry that counts, under a new revision", async () => {
    const log = new Log();
    log.write(note("full", { traceId: "a" }));
    const { next } = await log.next(0, never);
    log.write(note("full", { traceId: "b" }));
    log.write(note("full", { traceId: "c" }));
    expect(await log.next(next, never)).toMatchObject({ entries: [{ id: 1, times: 3, traceId: "c" }], missed: 0 });
    log.write(note("full", { level: "warning" }));
    log.write(note("full"));
    log.write(note("full", { data: { of: 1 } }));
    log.write(note("the same in other words", { data: { of: 1 } }));
    log.write(note("the same in other words", { data: { of: 2 } }));
    expect((await log.next(0, never)).entries.map(({ times }) => times)).toEqual([3, 1, 1, 2, 1]);
  });

  test("is bounded, and says how much a late reader missed", async () => {
    const log = new Log();
    for (let n = 1; n <= maxLogEntries + 5; n++) log.write(note(String(n)));
    const { entries, missed } = await log.next(0, never);
    expect([entries.length, entries[0]?.message, missed]).toEqual([maxLogEntries, "6", 5]);
    expect((await log.next(maxLogEntries, never)).missed).toBe(0);
  });

  test("of what left the log a reader missed only what came after its last look", async () => {
    const log = new Log();
    for (let n = 1; n <= 10; n++) log.write(note(String(n)));
    const { next } = await log.next(0, never);
    for (let n = 11; n <= maxLogEntries + 12; n++) log.write(note(String(n)));
    const { entries, missed } = await log.next(next, never);
    expect([entries.length, entries[0]?.message, missed]).toEqual([maxLogEntries, "13", 2]);
    expect((await log.next(0, never)).missed).toBe(12);
    expect((await log.next(12, never)).missed).toBe(0);
  });

  test("a reader of another server's life begins again; one that leaves leaves nothing behind", async () => {
    const log = new Log();
    log.write(note("one"));
    expect((await log.next(77, never)).entries).toHaveLength(1);
    const leaving = new AbortController();
    const waiting = log.next(1, leaving.signal);
    leaving.abort();
    await expect(waiting).rejects.toThrow();
  });

  test("a bug is reported in the log and on the terminal", async () => {
    const terminal = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const log = new Log();
    log.fault("A request could not be answered.", new Error("no such thing"));
    expect(await log.next(0, never)).toMatchObject({
      entries: [
        {
          level: "error",
          about: "workbench",
          code: "fault",
          message: "A request could not be answered. no such thing",
        },
      ],
    });
    expect(terminal).toHaveBeenCalledOnce();
    terminal.mockRestore();
  });
});
