// Words for workers, and which ways to run a script are offered.
import { expect, test } from "vitest";
import { modeChoices } from "../../../../../renderer/features/modes/mode-choices.js";
import { openFirst } from "../../../../../renderer/features/workers/open-first.js";
import {
  exitLabel,
  externalLabel,
  formatAge,
  loadLabel,
  shortAddress,
  stateLabel,
  turnLabel,
  workersLabel,
} from "../../../../../renderer/features/workers/worker-labels.js";
import type { AgentLanguage, Mode } from "../../../../../server/contract/modes.js";

test("ages in the two units that matter", () => {
  expect([0, 59_999, 60_000, 3_599_000, 3_900_000, 100_000_000].map(formatAge)).toEqual([
    "0 s",
    "59 s",
    "1 min",
    "59 min",
    "1 h 05 min",
    "1 d 3 h",
  ]);
  expect(formatAge(-5)).toBe("0 s"); // two clocks
});

test("states and exits", () => {
  expect(stateLabel({ state: "backing-off", restartsAt: 3500 }, 1000)).toEqual({
    text: "died, restarts in 3 s",
    tone: "bad",
  });
  expect(stateLabel({ state: "ended", restartsAt: null }, 0).text).toBe("not running");
  expect(exitLabel(null, 0)).toBe("–");
  expect(exitLabel({ at: 0, exitCode: 1, signal: null }, 12_000)).toBe("exit code 1, 12 s ago");
  expect(exitLabel({ at: 0, exitCode: null, signal: "SIGKILL" }, 180_000)).toBe("SIGKILL, 3 min ago");
});

test("an external application's label shows its last response or failure, and claims nothing before the first one", () => {
  const none = { answer: null, failure: null, running: 0 };
  const failure = (at: number) => ({ at, why: { code: "busy", data: null, text: "" }, trace: null });
  const answer = (at: number, spoke = true) => ({ at, spoke, says: null });
  const words = (more: object) => externalLabel({ ...none, ...more }, 10_000).text;
  expect([words({}), words({ running: 1 })]).toEqual(["not checked yet", "no response yet"]);
  expect(words({ answer: answer(4000) })).toBe("responded 6 s ago");
  expect(words({ answer: answer(4000, false) })).toBe("connected 6 s ago, no response");
  expect(words({ answer: answer(4000), failure: failure(9000) })).toBe("failed 1 s ago");
  expect(words({ answer: answer(9000), failure: failure(4000) })).toBe("responded 1 s ago");
  expect([
    loadLabel({ running: 0, queued: 0 }),
    loadLabel({ running: 2, queued: 0 }),
    loadLabel({ running: 1, queued: 3 }),
  ]).toEqual(["–", "2", "1, 3 waiting"]);
});

test("the status bar: how many processes a script has, and how a request came to one", () => {
  const worker = (pid: number | null) => ({
    ...{
      id: "1",
      state: "idle" as const,
      requests: 1,
      startedAt: null,
      memoryBytes: null,
      lastExit: null,
      restartsAt: null,
      currentTrace: null,
    },
    pid,
  });
  const kept = (pids: readonly (number | null)[], queued = 0) => ({
    script: "cgi-bin/search.fcgi",
    workers: pids.map(worker),
    queued,
    problem: null,
  });
  const said = [null, kept([7]), kept([7, null, 8]), kept([7], 1), kept([7], 3), { ...kept([]), problem: "no" }].map(
    (application) => workersLabel("a/search.fcgi", application === null ? [] : [application]).text,
  );
  expect(said.map((text) => text.replace(/^search.fcgi: /, ""))).toEqual([
    "no worker yet",
    "1 worker",
    "2 workers",
    "1 worker, 1 waiting",
    "1 worker, 3 waiting",
    "does not start",
  ]);
  const turn = { readyAt: 1.5, connectedAt: null, begunAt: 1.6 };
  expect(turnLabel(turn, 1.25, true)).toBe("connection reused · waited 0.3 ms");
  expect(turnLabel({ ...turn, connectedAt: 1.55 }, 1.5, true)).toBe("new connection · waited 0.0 ms");
  expect(
    [false, true].map((isOver) => turnLabel({ readyAt: null, connectedAt: null, begunAt: null }, 0, isOver)),
  ).toEqual(["waiting for a worker", "no worker was free"]);
});

test("a socket in the folder is named as from there", () => {
  expect(shortAddress("unix:/site/run/app.sock", "/site")).toBe("unix:run/app.sock");
  expect(["unix:/sites/app.sock", "tcp:[::1]:9000"].map((address) => shortAddress(address, "/site"))).toEqual([
    "unix:/sites/app.sock",
    "tcp:[::1]:9000",
  ]);
});

test("the application of the file in the editor stands first, php-cgi for every .php file", () => {
  const all = [
    { script: "a.fcgi", mode: "fastcgi" },
    { script: "/usr/bin/php-cgi", mode: "php-cgi" },
    { script: "b.fcgi", mode: "fastcgi" },
  ] as const;
  const order = (path: string | null, mode: "fastcgi" | "php-cgi" | "cgi" = "fastcgi") =>
    openFirst(all, path === null ? null : { path, mode }).map(({ script }) => script[0]);
  expect(order(null)).toEqual(["a", "/", "b"]);
  expect(order("b.fcgi")).toEqual(["b", "a", "/"]);
  expect(order("page.php", "php-cgi")).toEqual(["/", "a", "b"]);
  expect(order("page.php", "cgi")).toEqual(["a", "/", "b"]);
});

test("what is run here may be switched; what answers at an address, or is no script, may not", () => {
  const offered = (path: string, mode: Mode | null, agent: AgentLanguage | null = null) =>
    modeChoices({ path, mode, agent });
  const sockets = ["websocket", "websocket-binary"];
  expect(offered("a.pl", "cgi", "perl")).toEqual([
    "cgi",
    "fastcgi",
    "prefork",
    "persistent",
    "psgi",
    "handler",
    ...sockets,
  ]);
  expect(offered("a.py", "cgi", "python")).toEqual([
    "cgi",
    "fastcgi",
    "prefork",
    "persistent",
    "wsgi",
    "handler",
    ...sockets,
  ]);
  expect(offered("a.rb", "cgi", "ruby")).toEqual(["cgi", "fastcgi", "prefork", "persistent", "rack", ...sockets]);
  expect(offered("a.pl", "cgi")).toEqual(["cgi", "fastcgi", ...sockets]);
  expect(offered("a.php", "cgi")).toEqual(["php-cgi", "cgi"]);
  expect(offered("a.pl", "fastcgi-external")).toEqual([]);
  expect(offered("a.html", null)).toEqual([]);
});
