// One measurement of a script, from its outputs to the choice: real scripts in real
// processes; the load alone is sent from here.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import "../../support/built-agents.js";
import { Workbench } from "../../../server/app/workbench.js";
import { configFileName } from "../../../server/contract/config.js";
import type { MeasureAsked, MeasureProgress } from "../../../server/contract/measure-contract.js";
import { presentHash } from "../../../server/features/exchange/replay-version.js";
import { Measurements } from "../../../server/features/measure/measurements.js";
import { ScriptChanges } from "../../../server/features/wrap/script-changes.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { maxHashedBytes } from "../../../server/routing/file-facts.js";
import { setScriptPreload } from "../../../server/workspace/config/set-script-mode.js";
import { coded, problem } from "../../support/coded.js";
import { loadHere } from "../../support/load-here.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const clean = '#!/usr/bin/env python3\nimport json\nprint("Content-Type: text/plain\\n\\nhello")\n';
const leaking = `${clean}json.shop = getattr(json, "shop", 0) + 1\nprint(json.shop)\n`;

let folder: TempFolder;
let workbench: Workbench;
let measurements: Measurements;
const script = (text: string, path = asked.path): void => {
  folder.write(path, text);
  folder.makeExecutable(path);
};
const asked: MeasureAsked = {
  ...{ path: "cgi-bin/x.py", target: "/cgi-bin/x.py", connections: 1, rate: null, seconds: 0.25 },
};
const never = new AbortController().signal;
const setPreload = (modules: readonly string[]) => setScriptPreload(workbench.folder.workspace(), asked.path, modules);
const hashOnDisk = () => presentHash(utf8(folder.file(asked.path)));
const run = (change: Partial<MeasureAsked> = {}, onProgress: (progress: MeasureProgress) => void = () => {}) =>
  measurements.run({ ...asked, ...change }, never, onProgress);

/** Some thirty processes start for one, on a machine that may have other work. */
const measuredMs = 240_000;

describe.skipIf(program("python3") === null)("a measurement (needs python3)", { timeout: measuredMs }, () => {
  beforeAll(async () => {
    folder = tempFolder();
    folder.makeFolder("cgi-bin");
    script(clean);
    workbench = await Workbench.create({ startLoad: loadHere });
    await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
  });
  beforeEach(() => {
    measurements = new Measurements(workbench);
  });
  afterAll(async () => {
    await workbench.dispose();
    folder[Symbol.dispose]();
  });

  test("compares outputs, finds the cold start, measures each mode, is kept until it is forgotten, and grows old", async () => {
    script(clean);
    const seen: MeasureProgress[] = [];
    const made = await run({}, (progress) => seen.push(progress));
    expect(made.modes.map(({ mode }) => mode)).toEqual(["cgi", "prefork", "persistent"]);
    for (const { mode, figures, leaks, problem: why } of made.modes) {
      expect([mode, why, figures?.errors, figures?.rounds.length]).toEqual([mode, null, 0, 5]);
      expect(figures?.statuses).toEqual({ 200: figures?.requests });
      if (mode !== "cgi") expect([leaks?.alike, leaks?.leaks]).toEqual([true, []]);
    }
    expect(made.modes.map(({ workers }) => workers)).toEqual([null, 2, 2]);
    expect(made.verdict.mode).not.toBeNull();
    expect(made.startup?.imports.map(({ name, depth }) => [name, depth])).toContainEqual(["json", 0]);
    expect(made.startup?.imports.find(({ name }) => name === "json")?.line).toBe(2);
    expect(new Set(seen.map(({ step }) => step))).toEqual(new Set(["outputs", "startup", "rounds"]));
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(workbench.traces.count).toBe(0);
    expect(await measurements.last(asked.path)).toMatchObject({ measurement: made, outdated: null });
    await setPreload(["json"]);
    expect(await measurements.last(asked.path)).toMatchObject({ measurement: made, outdated: "preload" });
    await setPreload([]);
    script(`${clean}# changed\n`);
    expect(await measurements.last(asked.path)).toMatchObject({ measurement: made, outdated: "script" });
    expect((await measurements.last("cgi-bin/other.py")).measurement).toBeNull();
    await workbench.stores.forget(); // it has values of the script's variables
    expect((await measurements.last(asked.path)).measurement).toBeNull();
  });

  test("a script that is saved meanwhile: no single version was measured, not even if it is changed back", async () => {
    script(clean);
    const begun = await hashOnDisk();
    const made = await run({}, ({ step }) => {
      if (step === "startup") script(`${clean}# saved meanwhile\n`);
    });
    expect([made.scriptHash, made.hasChanged]).toEqual([begun, true]);
    expect((await measurements.last(asked.path)).outdated).toBe("script");
    script(clean);
    expect((await measurements.last(asked.path)).outdated).toBe("script");
  });

  test("a script that is too large for the trace's hash does not grow old by itself", async () => {
    const large = "cgi-bin/large.sh";
    const padding = "#".repeat(maxHashedBytes);
    folder.write(large, `#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello'\nexit\n${padding}\n`);
    folder.makeExecutable(large);
    await run({ path: large, target: `/${large}` });
    expect((await measurements.last(large)).outdated).toBeNull();
    folder.remove(large);
    expect((await measurements.last(large)).outdated).toBe("script");
  });

  test("a mode in which the script leaks is not chosen, whatever its speed", async () => {
    script(leaking);
    const made = await run();
    const persistent = made.modes.find(({ mode }) => mode === "persistent");
    expect(persistent?.leaks?.leaks).toMatchObject([{ name: "json.shop", file: "cgi-bin/x.py", line: 4 }]);
    expect(persistent?.leaks?.alike).toBe(false);
    expect(made.verdict.mode).not.toBe("persistent");
    expect(made.verdict.messages.map(({ code }) => code)).toContain("left-out-leaks");
  });

  test("a script that refuses the request: a remark says what was measured", async () => {
    const refusing = "cgi-bin/refuses.sh";
    folder.write(refusing, "#!/bin/sh\nprintf 'Status: 405\\nContent-Type: text/plain\\n\\nno'\n");
    folder.makeExecutable(refusing);
    const { verdict } = await run({ path: refusing, target: `/${refusing}` });
    expect(verdict.messages).toContainEqual(coded("not-successful", { modes: ["CGI"], statuses: ["405"] }));
  });

  test("a wrapper is measured through its own URL: a script that leaks there is found, and it grows old", async () => {
    const index = "cgi-bin/index.py"; // to which the folder's URL leads
    folder.write("cgi-bin/shop.py", "visits = 0\n");
    script(`${clean}import shop\nshop.visits += 1\n`, index); // which persistent loads again for each request
    const { path } = await new ScriptChanges().wrap(workbench.folder.workspace(), index);
    const made = await run({ path: index, target: "/cgi-bin/?n=2" });
    const [persistent, wsgi] = made.modes.slice(2);
    expect(persistent?.leaks).toMatchObject({ stateExamined: true, leaks: [] });
    expect(wsgi).toMatchObject({ target: `/${path}?n=2`, workers: 2, leaks: { alike: true } });
    expect(wsgi?.leaks?.leaks).toMatchObject([{ name: "shop.visits", file: index, line: 5 }]);
    expect(made.verdict.mode).not.toBe("wsgi");
    expect(made.verdict.messages).toContainEqual(coded("left-out-leaks", { mode: "WSGI" }));
    expect((await measurements.last(index)).outdated).toBeNull();
    folder.write(path, `${folder.read(path)}# mine\n`);
    expect((await measurements.last(index)).outdated).toBe("wrapper");
    for (const name of [index, path, configFileName]) folder.remove(name);
  });

  test("two versions of a folder's index are compared with the same query", async () => {
    const path = "cgi-bin/index.cgi";
    const text = `#!/bin/sh\n[ "$QUERY_STRING" = n=2 ] || echo Status: 500\nprintf 'Content-Type: text/plain\\n\\nhello'\n`;
    script(text, path);
    const against = { kind: "unsaved", text, bom: false, encoding: "utf-8" } as const;
    const index = { ...asked, path, target: "/cgi-bin/?n=2", mode: "cgi", against } as const;
    const { figures } = await measurements.compare(index, never, () => {});
    expect(figures.map(({ errors }) => errors)).toEqual([0, 0]);
    folder.remove(path);
  });

  test.each([
    ["variables", { variables: { SHOP: "open" } }],
    ["a sign-in", { auth: { realm: "Shop", htpasswd: "users" } }],
  ])("a file beside the script is not measured for a target that a route gives %s", async (_name, settings) => {
    const path = "cgi-bin/shop.py";
    script(clean, path);
    folder.write("users", "");
    await new ScriptChanges().wrap(workbench.folder.workspace(), path);
    const { scripts } = JSON.parse(folder.read(configFileName));
    const route = { path: "/shop", file: path, ...settings };
    folder.write(configFileName, JSON.stringify({ scripts, routes: [route] }));
    const asShop = { path, target: "/shop" };
    const against = { kind: "unsaved", text: clean, bom: false, encoding: "utf-8" } as const;
    const compared = measurements.compare({ ...asked, ...asShop, mode: "cgi", against }, never, () => {});
    await expect(compared).rejects.toEqual(problem("other-settings"));
    const { modes, verdict } = await run(asShop);
    expect(modes.find(({ mode }) => mode === "wsgi")).toMatchObject({
      ...{ figures: null, leaks: null },
      problem: { code: "other-settings" },
    });
    expect(verdict.messages).toContainEqual(coded("left-out-settings", { mode: "WSGI" }));
    for (const name of [path, "cgi-bin/shop_wsgi.py", "users", configFileName]) folder.remove(name);
  });

  test.skipIf(process.platform !== "linux")("the cold start of a script whose path is not UTF-8", async () => {
    const bytes = (path: string): Buffer => Buffer.from(folder.file(path), "latin1");
    mkdirSync(bytes("d\xe9"));
    writeFileSync(bytes("d\xe9/shop.py"), "");
    writeFileSync(bytes("d\xe9/caf\xe9.py"), `${clean}import shop\n`, { mode: 0o755 });
    const { imports } = await measurements.startup("/d%E9/caf%E9.py", never);
    expect(imports.find(({ name }) => name === "shop")).toMatchObject({ line: 4, isOwn: true });
  });

  test("a script that fails is measured in no mode, and each says why", async () => {
    script("#!/usr/bin/env python3\nraise SystemExit(3)\n");
    const made = await run();
    for (const each of made.modes) expect([each.figures, each.problem?.code]).toEqual([null, "mode-fails"]);
    expect(made.verdict).toMatchObject({ mode: null, isProven: false });
  });

  test("another script, none, and two at once are refused", async () => {
    script(clean);
    await expect(run({ path: "cgi-bin/y.py" })).rejects.toEqual(problem("other-script"));
    await expect(run({ target: "/none.py" })).rejects.toEqual(problem("not-a-script"));
    const stop = new AbortController();
    const first = measurements.run(asked, stop.signal, () => {});
    await expect(run()).rejects.toEqual(problem("already-measuring"));
    stop.abort(new Error("enough"));
    await expect(first).rejects.toThrow("enough");
  });

  test("the next one waits until one that was cancelled has removed what it needed", async () => {
    script(clean);
    const stop = new AbortController();
    const target = "/none.py"; // asked for last: it is refused as a target, and not because another one runs
    const cancelled = measurements.run({ ...asked, seconds: 600 }, stop.signal, () => {});
    stop.abort(new Error("enough"));
    const next = expect(run({ target })).rejects.toEqual(problem("not-a-script"));
    await expect(cancelled).rejects.toThrow("enough");
    await next;
  });

  test("saved while two are compared: no verdict", async () => {
    script(clean);
    const against = { kind: "unsaved", text: clean, bom: false, encoding: "utf-8" } as const;
    const compared = await measurements.compare({ ...asked, mode: "cgi", against }, never, ({ round }) => {
      if (round === 2) script(`${clean}# saved meanwhile\n`);
    });
    expect(compared).toMatchObject({ hasChanged: true, isProven: false, messages: [coded("saved-meanwhile")] });
    expect(compared.figures).toHaveLength(2);
  });

  test("another version is one that the store keeps, though no trace of this session ran it", async () => {
    script(clean);
    const bytes = Buffer.from(clean.replace("hello", "hello again"));
    const hash = createHash("sha256").update(bytes).digest("hex");
    const against = { kind: "ran", hash } as const;
    const { folder: session, startLoad } = workbench;
    const stores = { version: async (wanted: string) => (wanted === hash ? bytes : null) };
    const compare = (parts: ConstructorParameters<typeof Measurements>[0]) =>
      new Measurements(parts).compare({ ...asked, mode: "cgi", against }, never, () => {});
    const { figures, hasChanged } = await compare({ folder: session, startLoad, stores });
    expect(hasChanged).toBe(false);
    expect(figures.map(({ target, errors }) => [target, errors])).toEqual([
      ["x.py", 0],
      ["the recorded version", 0],
    ]);
    await expect(compare(workbench)).rejects.toEqual(problem("version-not-kept"));
  });

  test("of two scripts each is named by what was requested", async () => {
    script(clean);
    script(clean, "cgi-bin/y.py");
    const against = { kind: "script", target: "/cgi-bin/y.py" } as const;
    const { figures } = await measurements.compare({ ...asked, mode: "cgi", against }, never, () => {});
    expect(figures.map(({ target }) => target)).toEqual([asked.target, against.target]);
    folder.remove("cgi-bin/y.py");
  });

  test("cancelled, it ends with the reason and leaves the last one", async () => {
    const before = await measurements.last(asked.path);
    const stop = new AbortController();
    const cancelled = measurements.run({ ...asked, seconds: 600 }, stop.signal, ({ step }) => {
      if (step === "rounds") stop.abort(new Error("enough"));
    });
    await expect(cancelled).rejects.toThrow("enough");
    expect((await measurements.last(asked.path)).measurement).toEqual(before.measurement);
  });

  test("disposed of, it ends what runs and removes the version beside the script; nothing runs afterwards", async () => {
    script(clean);
    const versions = () => readdirSync(folder.file("cgi-bin")).filter((name) => name.includes("-version-"));
    const against = { kind: "unsaved", text: clean, bom: false, encoding: "utf-8" } as const;
    const compared = measurements.compare({ ...asked, seconds: 600, mode: "cgi", against }, never, () => {});
    const ended = expect(compared).rejects.toThrow();
    await waitFor("the version beside the script", () => versions().length === 1);
    await measurements.dispose();
    expect(versions()).toEqual([]);
    await ended;
    await expect(run()).rejects.toThrow();
  });
});
