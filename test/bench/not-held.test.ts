// A request that is not held costs what it costs without holding, also where rules are asked that hold others. Both
// take turns on one server, so that another machine, or a busy one, changes both.
import { expect, test } from "vitest";
import { Workbench } from "../../server/app/workbench.js";
import type { HoldRuleInput } from "../../server/contract/hold-contract.js";
import { rawExchange } from "../support/raw-exchange.js";
import { rpcWindows } from "../support/rpc-windows.js";
import { tempFolder } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";

const rounds = 60;
const perRound = 10;
const rules = ["method:POST path:/cgi-bin/orders.py", "path:/never -from:composer"];
const quarter = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 2] ?? Number.NaN;

test("requests that no rule holds, beside those without a rule", async () => {
  using folder = tempFolder();
  folder.write("a.cgi", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello'\n");
  folder.makeExecutable("a.cgi");
  const workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
  const port = Number(new URL(workbench.server.servingAddress().url).port);
  await using windows = await rpcWindows(workbench, "port");
  const { client } = await windows.open();
  const request = "GET /a.cgi HTTP/1.0\r\nHost: localhost\r\n\r\n";
  const timed = async (into: number[]): Promise<void> => {
    for (let nth = 0; nth < perRound; nth++) {
      const at = performance.now();
      expect((await rawExchange(port, request)).toString("latin1")).toContain("hello");
      into.push(performance.now() - at);
    }
  };
  const rule = (query: string): HoldRuleInput => ({ query, moment: "start", isOnce: false, pace: null });
  /** The rules come and go in each turn, so that the calls of the window cost each the same. */
  const turn = async (isAsked: boolean, into: number[]): Promise<void> => {
    const leaving = new AbortController();
    for (const query of rules) client.hold.keep(rule(query), { signal: leaving.signal }).catch(() => undefined); // aborted
    await waitFor("the rules are kept", () => workbench.holds.rules.length === rules.length);
    if (isAsked) await timed(into);
    leaving.abort();
    await waitFor("the rules have ended", () => workbench.holds.rules.length === 0);
    if (!isAsked) await timed(into);
  };
  const [without, again, asked]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    const turns = [() => turn(false, without), () => turn(true, asked), () => turn(false, again)];
    for (const one of [...turns.slice(round % 3), ...turns.slice(0, round % 3)]) await one();
  }
  await workbench.dispose();
  const base = quarter(without);
  const [noise, ratio] = [quarter(again) / base, quarter(asked) / base];
  console.log(`${base.toFixed(2)} ms without; ${noise.toFixed(3)} times that again, ${ratio.toFixed(3)} with rules`);
  expect(ratio).toBeLessThan(Math.max(1.1, noise + 0.1)); // a busy machine was seen to differ from itself by 0.05
});
