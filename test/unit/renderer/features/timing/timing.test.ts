import { describe, expect, it } from "vitest";
import { cpuShares } from "../../../../../renderer/features/timing/cpu-bar.js";
import { fastcgiFacts } from "../../../../../renderer/features/timing/fastcgi-facts.js";
import { nearestTick, writeTicks } from "../../../../../renderer/features/timing/writes.js";
import { formatMs, formatMsOrDash } from "../../../../../renderer/format/duration.js";
import { endOf, phasesOf, ticksOf } from "../../../../../renderer/model/traces/phases.js";
import { noTiming } from "../../rows.js";

describe("durations", () => {
  it("have a unit that fits", () => {
    expect([0, 0.04, 0.9, 23.44, 999.9, 1000, 1250, 125_000, -3].map(formatMs)).toEqual([
      "0.0 ms",
      "0.04 ms",
      "0.9 ms",
      "23.4 ms",
      "999.9 ms",
      "1.00 s",
      "1.25 s",
      "2 min 05 s",
      "−3.0 ms",
    ]);
    expect(formatMsOrDash(null)).toBe("–");
  });
});

describe("phases", () => {
  it("follow each other without gaps and leave out moments that never came", () => {
    const phases = phasesOf({
      ...noTiming,
      headAt: 0.2,
      spawnedAt: 1.5,
      firstByteAt: 19,
      headersAt: 19.8,
      lastByteAt: 22,
      doneAt: 23.4,
    });
    expect(phases.map(({ name, from, to }) => [name, from, to])).toEqual([
      ["Request headers", 0, 0.2],
      ["Start", 0.2, 1.5],
      ["To first byte", 1.5, 19],
      ["Headers", 19, 19.8],
      ["Body", 19.8, 22],
      ["To the client", 22, 23.4],
    ]);
  });
  it("of a FastCGI exchange say how long it waited and whether a connection had to be opened", () => {
    const timing = {
      ...noTiming,
      headAt: 0.2,
      admittedAt: 0.3,
      spawnedAt: 3.1,
      firstByteAt: 9,
      exitAt: 9.5,
      doneAt: 10,
    };
    const names = (connectedAt: number | null) =>
      phasesOf(timing, { readyAt: 2, connectedAt, begunAt: 3 }).map(({ name, from, to }) => [name, from, to]);
    expect(names(2.5).slice(2, 6)).toEqual([
      ["Queue", 0.3, 2],
      ["Connect", 2, 2.5],
      ["Hand over", 2.5, 3],
      ["To first byte", 3, 9],
    ]);
    expect(names(null).slice(2, 5)).toEqual([
      ["Queue", 0.3, 2],
      ["Reuse", 2, 2],
      ["Hand over", 2, 3],
    ]);
  });
  it("of a FastCGI exchange that came to nothing end where it stopped", () => {
    const timing = { ...noTiming, headAt: 0.2, admittedAt: 0.3, doneAt: 10 };
    const last = (turn: Parameters<typeof phasesOf>[1], more = {}) =>
      phasesOf({ ...timing, ...more }, turn)
        .slice(-2)
        .map(({ name, from, to }) => [name, from, to]);
    const nothing = { readyAt: null, connectedAt: null, begunAt: null };
    expect(last(nothing)).toEqual([
      ["Queue", 0.3, 10],
      ["To the client", 10, 10],
    ]);
    expect(last({ ...nothing, readyAt: 1 })).toEqual([
      ["Connect", 1, 10],
      ["To the client", 10, 10],
    ]);
    const begun = { readyAt: 1, connectedAt: 2, begunAt: 2 };
    expect(last(begun)[0]).toEqual(["No response", 2, 10]);
    expect(last(begun, { exitAt: 8 })[0]).toEqual(["No response", 2, 8]);
    expect(last(begun, { firstByteAt: 4, lastByteAt: 5 })[0]).toEqual(["Cut off", 5, 10]);
  });
  it("never run backwards: an exit noticed before the last byte takes no time", () => {
    const phases = phasesOf({ ...noTiming, lastByteAt: 10, exitAt: 9, doneAt: 11 });
    expect(phases.map(({ from, to }) => to - from)).toEqual([10, 0, 1]);
  });
  it("end with the latest moment", () => {
    expect([endOf({ ...noTiming, doneAt: 5, exitAt: 7 }), endOf(noTiming)]).toEqual([7, 0.1]);
  });
  it("have round ticks", () => {
    expect(ticksOf(23.4, 5)).toEqual([0, 5, 10, 15, 20]);
    expect(ticksOf(1000, 5)).toEqual([0, 200, 400, 600, 800, 1000]);
  });
});

describe("facts of a FastCGI request", () => {
  const bytes = { bytes: 0, captured: 0, chunks: [] };
  const none = {
    ...{
      worker: null,
      pid: null,
      nth: null,
      role: "responder" as const,
      reused: false,
      attempts: 1,
      queuedAt: 1,
      readyAt: null,
      connectedAt: null,
    },
    ...{
      appStatus: null,
      protocolStatus: null,
      notes: [],
      noteCodes: [],
      records: [],
      omitted: 0,
      sent: bytes,
      received: bytes,
    },
  };
  const facts = (fastcgi: Partial<typeof none> | object, isOver = true) =>
    fastcgiFacts({ ...none, ...fastcgi }, false, isOver).flatMap(([name, value]) =>
      value === null ? [] : [`${name}: ${value}`],
    );
  it("tell what never came from what is yet to come", () => {
    expect(facts({})).toEqual(["Waited for a worker: until the end", "FastCGI connection: never opened"]);
    expect(facts({}, false)).toEqual(["Waited for a worker: still waiting", "FastCGI connection: not opened yet"]);
  });
  it("name the process, and whether it was started for the request", () => {
    expect(facts({ pid: 7, nth: 1, readyAt: 3, connectedAt: 3.5 })).toEqual([
      "Process: 7, started for this request",
      "Waited for a worker: 2.0 ms",
      "FastCGI connection: new, opened in 0.5 ms",
    ]);
    expect(facts({ pid: 7, nth: 22, reused: true, readyAt: 1, attempts: 2 })).toEqual([
      "Process: 7, its 22nd request",
      "Waited for a worker: 0.0 ms",
      "FastCGI connection: kept from an earlier request",
      "Connections tried: 2; Records shows why",
    ]);
  });
});

describe("writes", () => {
  it("close together become one tick that counts them", () => {
    const chunks = [0, 0.001, 50].map((at, index) => ({ at, offset: index * 10, length: 10 }));
    expect(writeTicks(chunks, 100)).toEqual([
      { at: 0, until: 0.001, offset: 0, writes: 2, bytes: 20 },
      { at: 50, until: 50, offset: 20, writes: 1, bytes: 10 },
    ]);
  });
  it("are bounded however many there are", () => {
    const chunks = Array.from({ length: 4096 }, (_, index) => ({ at: index / 40, offset: index, length: 1 }));
    expect(writeTicks(chunks, 103).length).toBeLessThanOrEqual(481);
  });
  it("are found by the moment that is pointed at", () => {
    expect([-5, 3, 26, 90].map((at) => nearestTick([{ at: 0 }, { at: 20 }, { at: 30 }], at))).toEqual([0, 0, 2, 2]);
    expect(nearestTick([], 5)).toBe(-1);
  });
});

describe("what a process did", () => {
  const timing = { ...noTiming, admittedAt: 1, spawnedAt: 2, exitAt: 21, doneAt: 22 };
  it("is computing, for itself or in the system, or waiting", () => {
    expect(cpuShares({ userMs: 10, systemMs: 2 }, timing)).toEqual({
      livedMs: 20,
      userMs: 10,
      systemMs: 2,
      waitingMs: 8,
    });
  });
  it("is no waiting when several threads computed at once, and nothing without figures", () => {
    expect(cpuShares({ userMs: 30, systemMs: 0 }, timing)?.waitingMs).toBe(0);
    expect([
      cpuShares({ userMs: null, systemMs: null }, timing),
      cpuShares({ userMs: 1, systemMs: 1 }, noTiming),
    ]).toEqual([null, null]);
  });
});
