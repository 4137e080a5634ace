// The server's life, with stand-ins for processes: what is passed on, when it is started again, how it ends.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BackOff } from "../../../server/base/back-off.js";
import type { FromServer, ServerSettings, ToServer } from "../../../server/boot/messages.js";
import { type ServerChild, Supervisor, shutdownMs } from "../../../server/boot/supervisor.js";
import { asSentence } from "../../../server/contract/message.js";
import { graceMs, lostMs } from "../../../server/spawn/start.js";
import { coded } from "../../support/coded.js";

class Child implements ServerChild<string> {
  readonly got: ToServer[] = [];
  readonly ports: string[] = [];
  isKilled = false;
  readonly #exit: ((how: string) => void)[] = [];
  #message: (message: unknown) => void = () => undefined;
  post(message: ToServer, ports: readonly string[]): void {
    this.got.push(message);
    this.ports.push(...ports);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener;
  }
  onExit(listener: (how: string) => void): void {
    this.#exit.push(listener);
  }
  kill(): void {
    this.isKilled = true;
    this.dies();
  }
  says(message: FromServer): void {
    this.#message(message);
  }
  dies(): void {
    for (const listener of this.#exit) listener("exit code 9");
  }
}

const ready: FromServer = { kind: "ready", pid: 1, ui: null };
const workspace = { path: "/srv/www", port: 8081 };

function supervise(options: { workspace?: { path: string; port: number | null }; ui?: ServerSettings["ui"] } = {}) {
  const children: Child[] = [];
  const told: unknown[] = [];
  const supervisor = new Supervisor<string>({
    fork: () => {
      const child = new Child();
      children.push(child);
      return child;
    },
    workspace: options.workspace ?? null,
    ui: options.ui ?? null,
    onReady: (ui) => told.push(["ready", ui]),
    onNotOpened: (problem) => told.push(problem),
    loadDriver: () => "load",
  });
  supervisor.start();
  const last = (): Child => {
    const child = children.at(-1);
    if (!child) throw new Error("nothing was forked");
    return child;
  };
  return { supervisor, children, last, told };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a server that dies", () => {
  test("comes back with the folder and the port it had", () => {
    const { last, children } = supervise({ workspace: { path: "/first", port: null } });
    expect(last().got).toEqual([{ kind: "settings", workspace: { path: "/first", port: null }, ui: null }]);
    last().says(ready);
    last().says({ kind: "workspace", workspace });
    last().dies();
    vi.advanceTimersByTime(100);
    expect(children).toHaveLength(2);
    expect(last().got).toEqual([{ kind: "settings", workspace, ui: null }]);
  });

  test("comes back without a folder that was closed", () => {
    const { last } = supervise({ workspace });
    last().says(ready);
    last().says({ kind: "workspace", workspace: null });
    last().dies();
    vi.advanceTimersByTime(100);
    expect(last().got).toEqual([{ kind: "settings", workspace: null, ui: null }]);
  });

  test("serves the window at the same address with the same token", () => {
    const ui = { authority: "127.0.0.1:4711", page: null, token: "abc_-", linkLifeMs: null };
    const { last } = supervise({ ui });
    last().says({ kind: "ready", pid: 1, ui: "http://127.0.0.1:4711/#code=id.secret" });
    last().dies();
    vi.advanceTimersByTime(100);
    expect(last().got).toEqual([{ kind: "settings", workspace: null, ui }]);
  });

  test("is started less and less often, never less than every 10 s", () => {
    const { last, children } = supervise();
    for (const pauseMs of [100, 200, 400, 800, 1600, 3200, 6400]) {
      const before = children.length;
      last().dies();
      vi.advanceTimersByTime(pauseMs - 1);
      expect(children).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(children).toHaveLength(before + 1);
    }
  });

  test.each([
    ["three times before being ready", []],
    ["three times while it opens its folder, ready or not", [ready]],
  ])("%s is started without its folder, and that is said", (_when, says) => {
    const { last, told } = supervise({ workspace });
    for (let deaths = 0; deaths < 3; deaths++) {
      expect(last().got).toEqual([{ kind: "settings", workspace, ui: null }]);
      for (const message of says) last().says(message);
      last().dies();
      vi.advanceTimersByTime(10_000);
    }
    expect(told.at(-1)).toEqual(coded("folder-given-up", { path: workspace.path }));
    for (let starts = 0; starts < 2; starts++) {
      expect(last().got).toEqual([{ kind: "settings", workspace: null, ui: null }]);
      last().says(ready);
      last().dies();
      vi.advanceTimersByTime(10_000);
    }
  });

  const refused: FromServer = {
    kind: "not-opened",
    problem: { code: "no-folder", message: asSentence("No folder."), fix: null },
  };
  test.each<[string, FromServer]>([
    ["opened", { kind: "workspace", workspace }],
    ["refused", refused],
  ])("counts again once its folder was %s", (_how, message) => {
    const { last, told } = supervise({ workspace });
    for (let deaths = 0; deaths < 4; deaths++) {
      last().says(ready);
      if (deaths === 2) last().says(message);
      last().dies();
      vi.advanceTimersByTime(10_000);
      expect(last().got).toEqual([{ kind: "settings", workspace, ui: null }]);
    }
    expect(told).not.toContainEqual(coded("folder-given-up"));
  });

  test("brings an address that opens a window, until one was opened", () => {
    const { last, told } = supervise();
    for (const ui of ["first", "second", "third"]) {
      last().says({ kind: "ready", pid: 1, ui });
      if (ui === "second") last().says({ kind: "opened" });
      last().dies();
      vi.advanceTimersByTime(60_000);
    }
    expect(told).toEqual([
      ["ready", "first"],
      ["ready", "second"],
      ["ready", null],
    ]);
  });

  test("a restart while the folder is being opened is no death", () => {
    const { supervisor, last } = supervise({ workspace });
    for (let restarts = 0; restarts < 4; restarts++) {
      last().says(ready);
      supervisor.restart();
      last().dies();
      vi.advanceTimersByTime(1);
      expect(last().got).toEqual([{ kind: "settings", workspace, ui: null }]);
    }
  });
});

describe("ports", () => {
  test("are given when the server is ready, and not to one that died", () => {
    const { supervisor, last, told } = supervise();
    expect(supervisor.givePort(() => "early")).toBe(false);
    last().says(ready);
    expect(told).toEqual([["ready", null]]);
    expect(supervisor.givePort(() => "port")).toBe(true);
    expect(last().ports).toEqual(["port"]);
    last().dies();
    expect(supervisor.givePort(() => "late")).toBe(false);
  });
});

describe("a process that sends load", () => {
  test("is started when the server asks for one, and its port is passed on", () => {
    const { last } = supervise();
    last().says(ready);
    last().says({ kind: "load-driver" });
    expect(last().got.at(-1)).toEqual({ kind: "load-driver" });
    expect(last().ports).toEqual(["load"]);
  });
});

describe("a folder to open", () => {
  test("goes to the running server, or to the next one", () => {
    const { supervisor, last, told } = supervise();
    supervisor.open("/a");
    expect(last().got.at(-1)).toEqual({ kind: "open", path: "/a" });
    const problem = { code: "no-folder", message: asSentence("There is no folder /a."), fix: null };
    last().says({ kind: "not-opened", problem });
    expect(told).toEqual([problem]);
    last().dies();
    supervisor.open("/b");
    vi.advanceTimersByTime(100);
    expect(last().got).toEqual([{ kind: "settings", workspace: { path: "/b", port: null }, ui: null }]);
  });
});

describe("an end that was asked for", () => {
  test("lets the server end its scripts and starts no other", async () => {
    const { supervisor, last, children } = supervise();
    last().says(ready);
    const stopped = supervisor.stop();
    expect(last().got.at(-1)).toEqual({ kind: "shutdown" });
    last().dies();
    await stopped;
    vi.advanceTimersByTime(60_000);
    expect(children).toHaveLength(1);
    expect(last().isKilled).toBe(false);
  });

  test("is forced, but not before the server has had its time to end every process", async () => {
    const { supervisor, last } = supervise();
    const stopped = supervisor.stop();
    vi.advanceTimersByTime(graceMs + lostMs);
    expect(last().isKilled).toBe(false);
    vi.advanceTimersByTime(shutdownMs - graceMs - lostMs);
    await stopped;
    expect(last().isKilled).toBe(true);
  });

  test("between two servers starts no other either", async () => {
    const { supervisor, last, children } = supervise();
    last().dies();
    await supervisor.stop();
    vi.advanceTimersByTime(60_000);
    expect(children).toHaveLength(1);
  });

  test("a restart comes back at once, however often", () => {
    const { supervisor, last, children } = supervise();
    for (let count = 1; count <= 5; count++) {
      last().says(ready);
      supervisor.restart();
      last().dies();
      vi.advanceTimersByTime(1);
      expect(children).toHaveLength(count + 1);
    }
  });
});

test("deaths more than a minute ago do not count", () => {
  const backOff = new BackOff();
  expect([0, 1, 2].map((at) => backOff.died(at))).toEqual([100, 200, 400]);
  expect(backOff.died(61_000)).toBe(100);
});
