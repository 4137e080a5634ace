// What the comparison of modes makes of a measurement: capacity, columns, exports.
import { cleanup, render, screen } from "@testing-library/react";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CapacityTable, perCoreOf } from "../../../../../renderer/features/mode-comparison/capacity-table.js";
import { asCsv, asMarkdown } from "../../../../../renderer/features/mode-comparison/export.js";
import {
  formatMany,
  formatQuantile,
  formatRate,
  formatTimes,
} from "../../../../../renderer/features/mode-comparison/figures.js";
import { columnsOf, timesCgi, whatToDo } from "../../../../../renderer/features/mode-comparison/mode-columns.js";
import { otherWaysFor } from "../../../../../renderer/features/mode-comparison/mode-table.js";
import { BytesCell } from "../../../../../renderer/features/mode-comparison/outcome-cells.js";
import type { MeasuredMode, Measurement } from "../../../../../server/contract/measure-contract.js";
import { defineMessages } from "../../../../../server/contract/message.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";

const measured = (mode: MeasuredMode["mode"], perSecond: number): MeasuredMode => ({
  mode,
  figures: {
    ...{ mode, requests: 100, errors: 0, perSecond, rounds: [perSecond], roundsP50: [2], senderShare: 0 },
    ...{ p50: 2, p90: 3, p99: 4, max: 5, p99Sent: null, unsent: 0, target: null },
    ...{ cpuMs: 1.5, memoryBytes: 10 << 20, startupShare: 0.5, statuses: {} },
  },
  target: null,
  leaks: null,
  resettable: [],
  workers: null,
  problem: null,
});
const measurement: Measurement = {
  path: "cgi-bin/a,b.py",
  target: "/cgi-bin/a,b.py?x=1",
  measuredAt: "2026-11-21T14:20:00.000Z",
  scriptHash: null,
  wrapper: null,
  hasChanged: false,
  cores: 2,
  connections: 1,
  rate: null,
  seconds: 5,
  modes: [measured("cgi", 20), measured("prefork", 400)],
  verdict: { mode: "prefork", isProven: true, messages: [] },
  startup: null,
};

describe("capacity", () => {
  test("a connection and a worker process keep one processor busy", () => {
    const asked = fc.record({
      connections: fc.integer({ min: 1, max: 64 }),
      measuredOn: fc.integer({ min: 1, max: 64 }),
      workers: fc.option(fc.integer({ min: 1, max: 64 })),
    });
    fc.assert(
      fc.property(asked, (machine) => {
        const busy = Math.min(machine.connections, machine.measuredOn, machine.workers ?? Number.POSITIVE_INFINITY);
        expect(perCoreOf(1000, machine) * busy).toBeCloseTo(1000, 6);
      }),
    );
  });

  test("is that of all processors, a second and a day; half the load is half the requests", () => {
    const columns = columnsOf({ mode: "cgi", agent: null }, measurement);
    render(<CapacityTable columns={columns} measurement={measurement} />);
    expect(screen.getByRole("row", { name: /^CGI/ }).textContent).toBe(
      "CGI2 × 20.040.0/s 3.5 million a day20.0/s 1.7 million a day",
    );
    cleanup();
  });

  test("as people read it", () => {
    expect([0.9684, 27.44, 468.2, 4920.4].map(formatRate)).toEqual(["0.968", "27.4", "468", "4,920"]);
    expect([0.94, 1.05, 3.24, 17.4, 1800].map(formatTimes)).toEqual(["0.94×", "1.05×", "3.2×", "17×", "1,800×"]);
    expect([40_435, 81_216_000, 812_160_000, 2.5e9].map(formatMany)).toEqual([
      "40,435",
      "81.2 million",
      "812 million",
      "2.5 billion",
    ]);
  });
});

describe("the columns", () => {
  test("go from CGI to the mode that shares most, and say for which scripts a mode is", () => {
    const columns = columnsOf({ mode: "cgi", agent: null }, null);
    expect(columns.map(({ mode, unfit }) => [mode, unfit === null])).toEqual([
      ["cgi", true],
      ["prefork", false],
      ["persistent", false],
    ]);
    expect(columnsOf({ mode: "php-cgi", agent: null }, null).map(({ mode }) => mode)).toContain("php-cgi");
    expect(columnsOf({ mode: "cgi", agent: "perl" }, null).every(({ unfit }) => unfit === null)).toBe(true);
  });

  test("are for an application, and for a script that speaks FastCGI itself, its own mode alone", () => {
    for (const mode of ["wsgi", "handler", "fastcgi"] as const) {
      const columns = columnsOf({ mode, agent: "python" }, null);
      expect(columns.filter(({ unfit }) => unfit === null).map((column) => column.mode)).toEqual([mode]);
      const [cgi] = columns;
      expect(cgi && whatToDo(cgi, 0)).toBe(cgi?.unfit);
    }
  });

  test("have one of the file that makes an application of the script, once it is there", () => {
    const wrapper: FileEntry = {
      ...{ path: "cgi-bin/a_wsgi.py", kind: "file", sizeBytes: 1, modifiedAt: 1, executable: true },
      ...{ mode: "wsgi", agent: "python", target: "/cgi-bin/a_wsgi.py" },
    };
    const column = columnsOf({ mode: "cgi", agent: "python" }, null, wrapper).find(({ mode }) => mode === "wsgi");
    expect(column).toMatchObject({ unfit: null, wrapper, measured: null });
  });

  test("compare with CGI, and say what to do", () => {
    const columns = columnsOf({ mode: "cgi", agent: "python" }, measurement);
    expect(columns.map((column) => timesCgi(column, columns, null))).toEqual([1, 20, null]);
    expect(columns.map((column) => whatToDo(column, 0))).toEqual(["Nothing.", "Nothing.", "Measure first."]);
  });
});

test("at a rate that both keep, no mode is some times as fast as CGI", () => {
  const atRate = { ...measurement, rate: 20, modes: [measured("cgi", 20), measured("prefork", 20)] };
  const columns = columnsOf({ mode: "cgi", agent: "python" }, atRate);
  expect(columns.map((column) => timesCgi(column, columns, atRate.rate))).toEqual([null, null, null]);
  const [head, ...rows] = asCsv(atRate).trim().split("\n");
  const column = head?.split(",").indexOf("times CGI") ?? -1;
  expect(rows.map((row) => row.split(",")[column])).toEqual(["", ""]);
});

test("a measurement as CSV and Markdown", () => {
  const [head, cgi, prefork, ...rest] = asCsv(measurement).split("\n");
  expect(head?.split(",").length).toBe(14);
  expect(cgi).toBe("cgi,reference,,20.0,1.00,2.00,3.00,4.00,100,0,,50,1.50,10.0");
  expect(prefork).toBe("prefork,,,400.0,20.0,2.00,3.00,4.00,100,0,,50,1.50,10.0");
  expect(rest).toEqual([""]);
  const markdown = asMarkdown(measurement);
  expect(markdown).toContain("cgi-bin/a,b.py");
  expect(markdown.split("\n").filter((line) => line.startsWith("|")).length).toBe(4);
});

test("a quantile of fewer requests than it takes is not shown", () => {
  expect([99, 100].map((requests) => formatQuantile("p99", { requests }, 4))).toEqual([null, "4.0 ms"]);
  expect([9, 10].map((requests) => formatQuantile("p90", { requests }, 4))).toEqual([null, "4.0 ms"]);
  const [cgi] = measurement.modes.map((each) => ({
    ...each,
    figures: each.figures && { ...each.figures, requests: 9 },
  }));
  const [, row] = asCsv({ ...measurement, modes: cgi ? [cgi] : [] }).split("\n");
  expect(row).toBe("cgi,reference,,20.0,1.00,2.00,,,9,0,,50,1.50,10.0");
});

test("a wrapper whose state was not examined has no leaks that are known", () => {
  const leaks = {
    ...{ mode: "wsgi" as const, targets: [], leaks: [], putBack: [], alike: true, differences: [], varies: [] },
    stateExamined: false,
  };
  const wsgi = { ...measured("wsgi", 900), target: "/cgi-bin/a_wsgi.py", leaks };
  const leaksIn = (each: MeasuredMode): string | undefined =>
    asCsv({ ...measurement, modes: [each] })
      .split("\n")[1]
      ?.split(",")[2];
  expect(leaksIn(wsgi)).not.toBe("");
  expect(leaksIn({ ...wsgi, leaks: { ...leaks, stateExamined: true } })).toBe("");
});

test("names each part of the response that differs, once", () => {
  const message = defineMessages({ other: "It differs." })("other");
  const difference = { target: "/a.py", run: "warm" as const, name: null, offset: 0, cgi: null, found: null, message };
  const words = (...parts: readonly ("status" | "body")[]): string | null => {
    const leaks = {
      ...{
        mode: "prefork" as const,
        targets: [],
        leaks: [],
        putBack: [],
        alike: false,
        varies: [],
        stateExamined: false,
      },
      differences: parts.map((part) => ({ ...difference, part })),
    };
    const column = {
      mode: "prefork" as const,
      measured: { ...measured("prefork", 9), leaks },
      unfit: null,
      wrapper: null,
    };
    const { container, unmount } = render(<BytesCell column={column} />);
    const { textContent } = container;
    unmount();
    return textContent;
  };
  expect(words("body", "body")).toBe(" no, body differs");
  expect(words("body", "status")).toBe(" no, body, status differ");
});

test("ways besides the modes: an application, if the script can become one and is none, and other servers", () => {
  const titles = (agent: "python" | null, mode: "cgi" | "wsgi", isWrapped = false) =>
    otherWaysFor({ agent, mode, path: "cgi-bin/a.py" }, isWrapped).map(({ title }) => title);
  expect(titles("python", "cgi", true)).toEqual(["Elsewhere"]);
  expect(titles("python", "cgi")).toEqual(["Application", "Elsewhere"]);
  expect(titles("python", "wsgi")).toEqual(["Elsewhere"]);
  expect(titles(null, "cgi")).toEqual(["Elsewhere"]);
});
