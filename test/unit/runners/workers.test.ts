// Workers as the workbench keeps them: the list that the window pulls, processes that run always, files that replace
// them, the mode switched in the configuration, and an end that leaves nothing. Both starters.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import "../../support/built-agents.js";
import { Workbench } from "../../../server/app/workbench.js";
import type { Mode } from "../../../server/contract/modes.js";
import type { ApplicationState } from "../../../server/contract/workers-contract.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { setScriptMode } from "../../../server/workspace/config/set-script-mode.js";
import { problem } from "../../support/coded.js";
import { isAlive } from "../../support/processes.js";
import { repositoryRoot } from "../../support/repository.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let workbench: Workbench;
let folder: TempFolder;

describe.skipIf(program("python3") === null).each(["native", "portable"] as const)(
  "with the %s starter (needs python3)",
  (start) => {
    beforeEach(async () => {
      workbench = await Workbench.create({ start });
      folder = tempFolder();
      cpSync(join(repositoryRoot, "test/fixtures/fastcgi/app.py"), folder.file("app.fcgi"));
      folder.makeExecutable("app.fcgi");
      folder.makeFolder("lib");
      folder.write("lib/part.py", "");
    });
    afterEach(async () => {
      await workbench.dispose();
      folder[Symbol.dispose]();
    });

    const configure = (scripts: unknown) => folder.write("cgi-workbench.json", JSON.stringify({ scripts }));
    const open = async () => {
      await workbench.folder.open(folder.path, { port: 0 });
      await workbench.folder.workspace().watching;
    };
    const get = async (target: string) => {
      const request = { method: utf8("GET"), target: utf8(target), headers: [], body: null };
      return workbench.sender.deliver(request, { from: "composer" });
    };
    /** The application's state once it is as wanted. */
    const listed = async (
      what: string,
      wanted: (application: ApplicationState) => boolean,
    ): Promise<ApplicationState> =>
      waitFor(what, async () => {
        const { applications } = await workbench.workers.next(-1, new AbortController().signal);
        return applications.find(wanted) ?? null;
      });
    const pidsOf = ({ workers }: ApplicationState): number[] => workers.flatMap(({ pid }) => pid ?? []);

    test("start on demand, are listed with what they do, restart by name, and end with the server", async () => {
      await open();
      expect((await workbench.workers.next(-1, new AbortController().signal)).applications).toEqual([]);
      const trace = await get("/app.fcgi");
      const [worker] = (await listed("one worker is idle", ({ workers }) => workers[0]?.state === "idle")).workers;
      expect(worker).toMatchObject({
        id: "1",
        pid: trace.process?.pid,
        requests: 1,
        currentTrace: null,
        lastExit: null,
      });
      expect(worker?.memoryBytes).toBeGreaterThan(1 << 20);
      expect(() => workbench.server.restartWorkers("other.fcgi", "fastcgi")).toThrow(
        problem("not-found", { script: "other.fcgi" }),
      );
      workbench.server.restartWorkers("app.fcgi", "fastcgi");
      await waitFor("the process is gone", () => !isAlive(worker?.pid ?? 0));
      const next = await get("/app.fcgi");
      expect(next.outcome).toBe("ok");
      expect(next.process?.pid).not.toBe(worker?.pid);
      await workbench.folder.stop();
      expect(isAlive(next.process?.pid ?? 0)).toBe(false);
    });

    test("kept always: there before the first request, and again after a death", async () => {
      configure({ "app.fcgi": { start: "always", workers: 2 } });
      await open();
      const [first = 0] = pidsOf(await listed("two processes", (application) => pidsOf(application).length === 2));
      process.kill(first, "SIGKILL");
      const after = await listed(
        "two processes again",
        (application) => pidsOf(application).length === 2 && !pidsOf(application).includes(first),
      );
      expect(after.workers.map(({ lastExit }) => lastExit?.signal ?? null)).toContain("SIGKILL");
      const [one, other] = after.workers;
      expect(() =>
        workbench.server.restartWorkers("app.fcgi", "fastcgi", { application: after.id, worker: "9" }),
      ).toThrow(problem("not-found", { script: "app.fcgi", worker: "9" }));
      workbench.server.restartWorkers("app.fcgi", "fastcgi", { application: after.id, worker: one?.id ?? null });
      const restarted = await listed(
        "one of two is another",
        (application) => pidsOf(application).length === 2 && application.workers[0]?.pid !== one?.pid,
      );
      expect(restarted.workers[1]?.pid).toBe(other?.pid);
      await workbench.folder.close();
      for (const pid of pidsOf(restarted)) expect(isAlive(pid)).toBe(false);
    });

    test("a watched file, or the script itself, replaces the processes", async () => {
      configure({ "app.fcgi": { watch: ["lib"] } });
      folder.makeFolder("lib/__pycache__"); // the first import has made it
      await open();
      const first = (await get("/app.fcgi")).process?.pid;
      const before = workbench.folder.workspace().filesRev;
      folder.write("lib/__pycache__/part.cpython-311.pyc", "compiled");
      await waitFor("the compiled copy is noticed", () => workbench.folder.workspace().filesRev > before);
      expect((await get("/app.fcgi")).process?.pid).toBe(first);
      folder.write("lib/part.py", "changed = True");
      await waitFor("its process is gone", () => !isAlive(first ?? 0));
      const second = (await get("/app.fcgi")).process?.pid;
      folder.write("app.fcgi", `${folder.read("app.fcgi")}# changed\n`);
      const third = await get("/app.fcgi");
      expect(third.outcome).toBe("ok");
      expect([first, second]).not.toContain(third.process?.pid);
    });

    test("a start that failed is forgotten once the application has responded", async () => {
      folder.write("db.fcgi", `#!/bin/sh\n[ -e up ] && exec ./app.fcgi\necho the database is down >&2\nexit 1\n`);
      folder.makeExecutable("db.fcgi");
      await open();
      expect((await get("/db.fcgi")).outcome).not.toBe("ok");
      await listed("the failed start", ({ problem }) => problem !== null);
      folder.write("up", "");
      await waitFor("it is served", async () => (await get("/db.fcgi")).outcome === "ok");
      await listed("nothing failed since", ({ problem }) => problem === null);
    });

    test("routes with other variables have processes of their own; those whose settings stay are not replaced", async () => {
      const routes = (a: string) => [
        { path: "/", file: "app.fcgi" },
        { path: "/a/", file: "app.fcgi", variables: { SITE: a } },
        { path: "/b/", file: "app.fcgi", variables: { SITE: "b" } },
        { path: "/app.fcgi/c/", variables: { SITE: "c" } },
        { path: "/app.fcgi/d/", variables: { SITE: "d" } },
      ];
      const paths = ["/", "/a/", "/b/", "/app.fcgi/c/", "/app.fcgi/d/"];
      const write = (config: unknown) => folder.write("cgi-workbench.json", JSON.stringify(config));
      write({ routes: routes("a") });
      await open();
      const pids = async () => {
        const all: number[] = [];
        for (const path of paths) all.push((await get(path)).process?.pid ?? 0);
        return all;
      };
      const first = await pids();
      const [root, a, b, c, d] = first;
      expect(new Set(first).size).toBe(paths.length);
      expect(await pids()).toEqual(first);
      const { applications } = await workbench.workers.next(-1, new AbortController().signal);
      expect(applications.map(({ script, at }) => [script, at])).toEqual(
        [null, ...paths.slice(1)].map((at) => ["app.fcgi", at]),
      );
      expect(new Set(applications.map(({ id }) => id)).size).toBe(paths.length);
      write({ routes: routes("other"), limits: { queue: 7 } });
      await waitFor("its process is gone", () => !isAlive(a ?? 0));
      const after = await pids();
      expect(after.filter((pid) => first.includes(pid))).toEqual([root, b, c, d]);
      const last = applications.at(-1)?.id ?? "";
      workbench.server.restartWorkers("app.fcgi", "fastcgi", { application: last, worker: "1" });
      await waitFor("its process is gone", () => !isAlive(d ?? 0));
      expect((await pids()).slice(0, -1)).toEqual(after.slice(0, -1));
      workbench.server.restartWorkers("app.fcgi", "fastcgi");
      await waitFor("all are gone", () => !after.some(isAlive));
    });

    test("switched to another mode, its processes end, and back again", async () => {
      await open();
      const first = (await get("/app.fcgi")).process?.pid ?? 0;
      const underWay = Array.from({ length: 20 }, () => get("/app.fcgi"));
      await setScriptMode(workbench.folder.workspace(), "app.fcgi", "cgi");
      const outcomes = (await Promise.all(underWay))
        .filter(({ route }) => route.mode === "fastcgi")
        .map(({ outcome }) => outcome);
      expect(new Set(outcomes)).toEqual(new Set(["ok"])); // what had come before is served
      expect(JSON.parse(folder.read("cgi-workbench.json"))).toEqual({ scripts: { "app.fcgi": { mode: "cgi" } } });
      await waitFor("its process is gone", () => !isAlive(first));
      folder.write("plain.sh", "#!/bin/sh\necho Content-Type: text/plain\necho\necho plain\n");
      folder.makeExecutable("plain.sh");
      expect((await get("/plain.sh")).route.mode).toBe("cgi");
      await setScriptMode(workbench.folder.workspace(), "app.fcgi", null);
      await waitFor("it runs as before", async () => (await get("/app.fcgi")).route.mode === "fastcgi");
    });

    test("one request may ask for another mode than its script's", async () => {
      folder.write("app.py", folder.read("app.fcgi"));
      folder.makeExecutable("app.py");
      await open();
      const request = { method: utf8("GET"), target: utf8("/app.py"), headers: [], body: null };
      const trace = await workbench.sender.deliver(request, { from: "cli", mode: "fastcgi" });
      expect(trace).toMatchObject({ outcome: "ok", route: { mode: "fastcgi" }, fastcgi: { worker: "worker 1" } });
    });

    test("a worker restarts in one mode of its script, and runs on in another", async () => {
      folder.write("app.py", '#!/usr/bin/env python3\nprint("Content-Type: text/plain\\n\\nhello")\n');
      folder.makeExecutable("app.py");
      await open();
      const request = { method: utf8("GET"), target: utf8("/app.py"), headers: [], body: null };
      const pids = new Map<Mode, number | undefined>();
      let application = "";
      for (const mode of ["prefork", "persistent"] as const) {
        expect(await workbench.sender.deliver(request, { from: "cli", mode })).toMatchObject({ outcome: "ok" });
        const { id, workers } = await listed(
          `${mode} runs`,
          (one) => one.mode === mode && one.workers[0]?.state === "idle",
        );
        application = id;
        pids.set(mode, workers[0]?.pid ?? undefined);
      }
      workbench.server.restartWorkers("app.py", "persistent", { application, worker: "1" });
      await waitFor("the process is gone", () => !isAlive(pids.get("persistent") ?? 0));
      workbench.server.restartWorkers("app.py", "persistent");
      expect(isAlive(pids.get("prefork") ?? 0)).toBe(true);
      expect(() => workbench.server.restartWorkers("app.py", "fastcgi")).toThrow(problem("not-found"));
    });
  },
);
