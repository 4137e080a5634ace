import { describe, expect, test } from "vitest";
import { logMessage } from "../../../server/app/messages.js";
import { countNotes, stateNotes } from "../../../server/app/state-notes.js";
import { asSentence } from "../../../server/contract/message.js";
import { toProblem } from "../../../server/contract/problem.js";
import type { WorkbenchCounts, WorkbenchState } from "../../../server/contract/workspace.js";
import { watchMessage } from "../../../server/workspace/files/messages.js";

const server: WorkbenchState["server"] = {
  status: "stopped",
  url: null,
  port: null,
  requestedPort: null,
  problem: null,
  start: "native",
  startWhy: null,
};
const folder: NonNullable<WorkbenchState["workspace"]> = {
  root: "/srv/shop",
  name: "shop",
  filesRev: 1,
  configRev: 1,
  problems: [],
  joined: false,
  serveLike: null,
  trust: { state: "trusted", wants: [], fingerprint: "0".repeat(64) },
};
const state = (change: Partial<WorkbenchState> = {}): WorkbenchState => ({
  rev: 1,
  generation: "g",
  pid: 42,
  version: "1.0.0",
  nodeVersion: "24.1.0",
  server,
  workspace: null,
  interpreters: [],
  ...change,
});
const counts = (queued: number, evicted = 0): WorkbenchCounts => ({
  ...{ rev: 1, generation: "g", running: 1, queued },
  traces: { count: 9, bytes: 90, budgetBytes: 100, evicted, unexamined: 0, isCleared: false },
});
const serving = (change: Partial<WorkbenchState["server"]> = {}): WorkbenchState["server"] => ({
  ...server,
  status: "serving",
  url: "http://127.0.0.1:8080",
  port: 8080,
  ...change,
});
const codes = (before: WorkbenchState | null, after: WorkbenchState): string[] =>
  stateNotes(before, after).map(({ level, code }) => `${level}: ${code}`);

describe("what the log says when the state changes", () => {
  test("a folder with more files than are watched: a warning, since it is served all the same", () => {
    const problem = toProblem(watchMessage("watch-limit", { maxEntries: 10_000 }));
    const notes = stateNotes(state({ workspace: folder }), state({ workspace: { ...folder, problems: [problem] } }));
    expect(notes).toMatchObject([{ level: "warning", message: problem.message }]);
  });

  test("the beginning: which process, and how scripts are started", () => {
    expect(codes(null, state())).toEqual(["info: server-process", "info: native-start"]);
    const startWhy = "Scripts are started portably: no koffi.";
    expect(stateNotes(null, state({ server: { ...server, start: "portable", startWhy } })).at(-1)).toMatchObject({
      ...{ level: "warning", code: "portable-start", message: logMessage("portable-start", { why: startWhy }).text },
    });
  });

  test("an unchanged state logs nothing", () => {
    const same = state({
      workspace: folder,
      server: serving(),
      interpreters: [{ name: "perl", path: "/usr/bin/perl", version: "5.36" }],
    });
    expect(codes(same, { ...same, rev: 2 })).toEqual([]);
  });

  test("a folder is opened, joined, closed", () => {
    expect(codes(state(), state({ workspace: folder }))).toEqual(["info: folder-opened"]);
    expect(codes(state(), state({ workspace: { ...folder, joined: true } }))[1]).toBe("warning: folder-shared");
    expect(codes(state({ workspace: folder }), state())).toEqual(["info: folder-closed"]);
  });

  test("serving, at another port than wished, for other machines, no more", () => {
    expect(codes(state(), state({ server: serving() }))).toEqual(["info: serving"]);
    const moved = serving({ url: "http://127.0.0.1:8081", port: 8081, requestedPort: 8080 });
    expect(codes(state(), state({ server: moved }))[1]).toBe("warning: other-port");
    expect(codes(state(), state({ server: serving({ url: "http://[::1]:8080" }) }))).toHaveLength(1);
    expect(codes(state(), state({ server: serving({ url: "http://0.0.0.0:8080" }) }))[1]).toBe(
      "warning: open-to-others",
    );
    expect(codes(state({ server: serving() }), state())).toEqual(["info: stopped-serving"]);
  });

  test("the reason why it does not serve is logged once", () => {
    const problem = {
      code: "port-in-use",
      message: asSentence("Port 80 is in use."),
      fix: asSentence("Choose another."),
    };
    const failed = state({ server: { ...server, status: "failed", problem } });
    expect(stateNotes(state(), failed)).toEqual([{ level: "error", about: "server", ...problem }]);
    expect(stateNotes(failed, { ...failed, rev: 2 })).toEqual([]);
  });

  test("a mistake in the configuration is logged with its place, and so is its correction", () => {
    const mistake = {
      code: "configuration",
      message: asSentence("cgi-workbench.json, line 3: comma expected."),
      fix: asSentence("Fix it."),
      file: "cgi-workbench.json",
      line: 3,
    };
    const wrong = state({ workspace: { ...folder, problems: [mistake] } });
    expect(stateNotes(state({ workspace: folder }), wrong)).toEqual([
      {
        level: "error",
        about: "configuration",
        ...mistake,
      },
    ]);
    expect(codes(wrong, state({ workspace: folder }))).toEqual(["info: configuration-valid"]);
    const others = state({
      workspace: {
        ...folder,
        problems: [{ code: "watch", message: asSentence("Changes are not noticed."), fix: null }],
      },
    });
    expect(stateNotes(state({ workspace: folder }), others)).toMatchObject([{ about: "folder", code: "watch" }]);
  });

  test("an interpreter when its version is known, a full queue, a full memory", () => {
    const found = { name: "perl", path: "/usr/bin/perl", version: null };
    expect(codes(state(), state({ interpreters: [found] }))).toEqual([]);
    expect(codes(state({ interpreters: [found] }), state({ interpreters: [{ ...found, version: "5.36" }] }))).toEqual([
      "info: interpreter",
    ]);
    expect(countNotes(counts(0), counts(3))).toHaveLength(1);
    expect(countNotes(counts(3), counts(9))).toEqual([]);
    expect(countNotes(counts(0), counts(0, 1))[0]?.code).toBe("traces-evicted");
    expect(countNotes(counts(0, 1), counts(0, 2))).toEqual([]);
  });
});
