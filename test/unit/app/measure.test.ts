// One measurement of a script, from its outputs to the choice: real scripts in real processes; the load alone is sent from here.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import "../../support/built-agents.js";
import type { StartLoad } from "../../../server/app/bench/load-process.js";
import { Measurements } from "../../../server/app/measure/measurements.js";
import { Workbench } from "../../../server/app/workbench.js";
import { claimed, type LoadNote, load, runLoad } from "../../../server/client/load.js";
import type { MeasureAsked, MeasureProgress } from "../../../server/contract/measure-contract.js";
import { problem } from "../../support/coded.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const clean = '#!/usr/bin/env python3\nimport json\nprint("Content-Type: text/plain\\n\\nhello")\n';
const leaking = `${clean}json.shop = getattr(json, "shop", 0) + 1\nprint(json.shop)\n`;

/** As server/boot/load-driver.ts, without a process of its own. */
const loadHere: StartLoad = async () => {
  let hear: (message: unknown) => void = () => {};
  const waiting = new Map<number, () => void>();
  const report = (note: LoadNote): void => hear(note);
  const send = async (order: object): Promise<void> => {
    const result = await runLoad(load.parse(order), async ({ localAddress = "", localPort = 0 }) => {
      const acknowledged = new Promise<void>((resolve) => waiting.set(localPort, resolve));
      report({ kind: "connected", localAddress, localPort });
      await acknowledged;
    });
    report({ kind: "done", ...result });
  };
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    send: (message) => {
      const answer = claimed.safeParse(message);
      if (answer.success) waiting.get(answer.data.claimed)?.();
      else void send(message);
    },
    listen: (onMessage) => {
      hear = onMessage;
    },
    ended,
    end: () => end(),
  };
};

let folder: TempFolder;
let workbench: Workbench;
let measurements: Measurements;
const script = (text: string): void => {
  folder.write("cgi-bin/x.py", text);
  folder.makeExecutable("cgi-bin/x.py");
};
const asked: MeasureAsked = {
  ...{ path: "cgi-bin/x.py", target: "/cgi-bin/x.py", connections: 1, rate: null, seconds: 0.25 },
};
const run = (change: Partial<MeasureAsked> = {}, onProgress: (progress: MeasureProgress) => void = () => {}) =>
  measurements.run({ ...asked, ...change }, new AbortController().signal, onProgress);

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

  test("compares outputs, finds the cold start, measures each mode, is kept, and grows old with the script", async () => {
    script(clean);
    const seen: MeasureProgress[] = [];
    const made = await run({}, (progress) => seen.push(progress));
    expect(made.modes.map(({ mode }) => mode)).toEqual(["cgi", "prefork", "persistent"]);
    for (const { mode, figures, leaks, problem: why } of made.modes) {
      expect([mode, why, figures?.errors, figures?.rounds.length]).toEqual([mode, null, 0, 5]);
      if (mode !== "cgi") expect([leaks?.alike, leaks?.leaks]).toEqual([true, []]);
    }
    expect(made.verdict.mode).not.toBeNull();
    expect(made.startup?.imports.map(({ name, depth }) => [name, depth])).toContainEqual(["json", 0]);
    expect(made.startup?.imports.find(({ name }) => name === "json")?.line).toBe(2);
    expect(new Set(seen.map(({ step }) => step))).toEqual(new Set(["outputs", "startup", "rounds"]));
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(workbench.traces.count).toBe(0);
    expect(await measurements.last(asked.path)).toMatchObject({ measurement: made, isStale: false });
    script(`${clean}# changed\n`);
    expect(await measurements.last(asked.path)).toMatchObject({ measurement: made, isStale: true });
    expect((await measurements.last("cgi-bin/other.py")).measurement).toBeNull();
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

  test("cancelled, it ends with the reason and leaves the last one", async () => {
    const before = await measurements.last(asked.path);
    const stop = new AbortController();
    const cancelled = measurements.run({ ...asked, seconds: 600 }, stop.signal, ({ step }) => {
      if (step === "rounds") stop.abort(new Error("enough"));
    });
    await expect(cancelled).rejects.toThrow("enough");
    expect((await measurements.last(asked.path)).measurement).toEqual(before.measurement);
  });
});
