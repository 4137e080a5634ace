// The doctor beside the server: findings come after the row and renew it, the selected trace is first, load leaves out
// and says so, and what the configuration switches off is not asked.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { Doctor } from "../../../server/doctor/engine/doctor.js";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import { TraceLog } from "../../../server/trace/trace-log.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { parseConfig } from "../../../server/workspace/config/config-file.js";
import { mistakeMessage } from "../../../server/workspace/config/messages.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const head = {
  head: byteString(""),
  method: byteString("GET"),
  target: byteString("/x.py"),
  httpVersion: "1.1",
  headers: [],
};
const python = "#!/usr/bin/env python3\n";
const never = new AbortController().signal;

describe("beside a server", () => {
  let folder: TempFolder;
  let workbench: Workbench;
  beforeEach(async () => {
    folder = tempFolder();
    folder.write("x.sh", "#!/bin/sh\necho hello\n");
    folder.write("y.py", `${python}print("Content-Type: text/plain")\nprint()\nprint(1 / 0)\n`);
    for (const name of ["x.sh", "y.py"]) folder.makeExecutable(name);
    workbench = await Workbench.create();
  });
  afterEach(async () => {
    await workbench.dispose();
    folder[Symbol.dispose]();
  });
  const ask = (target: string) =>
    workbench.sender.deliver({ method: utf8("GET"), target: utf8(target), headers: [], body: null }, { from: "cli" });
  const rows = async () => (await workbench.traces.rows.next(0, 100, never)).rows;

  test("the row comes first, and again with what was found", async () => {
    await workbench.folder.open(folder.path, { port: 0 });
    const trace = await workbench.doctor.examined(await ask("/x.sh"));
    expect(trace.findings.map(({ rule }) => rule)).toEqual(["header-missing"]);
    const ofTrace = (await rows()).filter(({ id }) => id === trace.id);
    expect(ofTrace.at(-1)).toMatchObject({ severity: "error", outcome: "invalid-output" });
    expect(ofTrace.at(-1)?.rev).toBeGreaterThan(1);
  });

  test("two findings of a line offer their fix once", async () => {
    folder.write("form.py", `${python}import cgi, cgitb\ncgitb.enable()\nform = cgi.FieldStorage()\n`);
    folder.makeExecutable("form.py");
    await workbench.folder.open(folder.path, { port: 0 });
    const { markers } = await workbench.scripts.check("form.py", null);
    expect(markers.map(({ line }) => line)).toEqual([2, 2]);
    expect(markers.flatMap(({ fixes }) => fixes.map(({ id }) => id))).toEqual(["replace-field-storage"]);
  });

  test("a rule is switched off, for new requests, by the configuration", async () => {
    folder.write(
      "cgi-workbench.json",
      '{ "doctor": { "off": { "python-error": "the course begins with this one" } } }',
    );
    await workbench.folder.open(folder.path, { port: 0 });
    const trace = await workbench.doctor.examined(await ask("/y.py"));
    expect(trace.findings.map(({ rule }) => rule)).toEqual(["ended-badly"]);
  });
});

test("a rule that does not exist is a mistake in the configuration, with its line", () => {
  expect(
    parseConfig('{\n  "doctor": {\n    "off": { "python-error": "why", "no-such-rule": "why" }\n  }\n}', {
      ruleIds: new Set(["python-error"]),
    }),
  ).toMatchObject({
    ok: false,
    problems: [{ line: 3, data: { setting: "doctor.off.no-such-rule", mistake: mistakeMessage("unknown-rule") } }],
  });
});

describe("under load", () => {
  const made: { doctor: Doctor; log: TraceLog }[] = [];
  afterEach(async () => {
    for (const { doctor, log } of made.splice(0)) {
      await doctor.dispose();
      log.dispose();
    }
  });

  function start() {
    const examined: Pick<TraceRecord, "id" | "findings">[] = [];
    const notes: number[] = [];
    const doctor = new Doctor({
      off: () => new Set(),
      onExamined: (trace, found) => {
        log.examined(trace, found);
        examined.push(trace);
      },
      onSkipped: () => notes.push(doctor.skipped),
      get: (id) => log.get(id),
      bytesOf: (id) => log.bytesOf(id),
    });
    const log = new TraceLog({
      budgetBytes: 1 << 30,
      captureBytes: 1 << 20,
      examine: (trace) => doctor.ended(trace),
      displayPath: () => null,
      onChange: () => {},
    });
    made.push({ doctor, log });
    const end = (failed: boolean) => {
      const connection = { id: 1, nth: 1 };
      const trace = log.begin({
        t0Ms: performance.now(),
        client: { address: "", port: 0, from: "other" },
        connection,
        parent: null,
        request: head,
      });
      trace.route = { ...trace.route, kind: "script" };
      trace.stdout = new CapturedStream(100);
      trace.outcome = failed ? "invalid-output" : "ok";
      if (failed)
        trace.process = {
          pid: 1,
          start: "native",
          exitCode: 0,
          signal: null,
          errno: null,
          userMs: null,
          systemMs: null,
          maxRssKb: null,
        };
      log.end(trace);
      return trace;
    };
    return { doctor, examined, notes, end };
  }

  test("failures are looked at before the others, the selected one before both, and what had no turn is counted", async () => {
    const { doctor, examined, notes, end } = start();
    const healthy = Array.from({ length: 200 }, () => end(false));
    const failed = Array.from({ length: 5 }, () => end(true));
    expect([doctor.skipped, doctor.waiting, notes]).toEqual([136, 69, [1]]);
    const selected = healthy[0];
    if (!selected) throw new Error("there are 200");
    await doctor.examined(selected);
    await waitFor("all that waited were looked at", () => doctor.waiting === 0 && examined.length === 70);
    expect(examined.slice(0, 6).map(({ id }) => id)).toEqual([selected, ...failed].map(({ id }) => id));
    expect(examined.slice(1, 6).map(({ findings }) => findings[0]?.rule)).toEqual(Array(5).fill("no-output"));
  });

  test("many failures: the oldest give way, and each is examined once it is selected", async () => {
    const { doctor, end } = start();
    const [first] = Array.from({ length: 100 }, () => end(true));
    expect(doctor.skipped).toBe(36);
    if (!first) throw new Error("there are 100");
    expect(first.findings).toEqual([]);
    const found = await doctor.examined(first);
    expect(found.findings[0]?.rule).toBe("no-output");
  });
});
