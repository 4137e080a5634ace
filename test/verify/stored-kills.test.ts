// A server that stores its traces is killed in the middle of load, again and again, at a moment that nobody chose. Each
// time the file opens, is whole, and has every trace that had ended some time before.
import { readdirSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, test } from "vitest";
import { StoreReader } from "../../server/store/store-reader.js";
import { waitingRows } from "../../server/store/trace-rows.js";
import { serve } from "../support/command-line.js";
import { tempFolder } from "../support/temp-workspace.js";

const kills = process.env["TEST_EVIDENCE"] === "full" ? 50 : 8;
/**
 * A trace is in the file 200 ms after its end, if the machine gives the thread its turn;
 * how late turns come is measured beside it.
 */
const storedAfterMs = 200;

const get = (port: number, target: string): Promise<string> =>
  new Promise((resolve, reject) => {
    httpRequest({ port, path: target }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve(text)).on("error", reject);
    })
      .on("error", reject)
      .end();
  });

/** How late a timer of this process came at most, ms. */
function lateness(): { worst(): number; stop(): void } {
  let [expected, worst] = [performance.now() + 10, 0];
  const timer = setInterval(() => {
    const now = performance.now();
    worst = Math.max(worst, now - expected);
    expected = now + 10;
  }, 10);
  return { worst: () => worst, stop: () => clearInterval(timer) };
}

test(`killed ${kills} times in the middle of load, it loses nothing that was old enough`, {
  timeout: 1_200_000,
}, async () => {
  using folder = tempFolder();
  using data = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write("cgi-bin/echo.sh", `#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n%s' "$QUERY_STRING"\n`);
  folder.makeExecutable("cgi-bin/echo.sh");
  const traces = data.file("cgi-workbench/traces");
  const known = new Set<string>();
  for (let round = 0; round < kills; round++) {
    await using server = await serve([folder.path, "--port", "0", "--no-ui", "--store"], {
      env: { ...process.env, XDG_DATA_HOME: data.path },
    });
    const late = lateness();
    const ended = new Map<string, number>();
    const last = 20 + Math.floor(Math.random() * 200);
    let killedAt: number | null = null;
    const kill = (): void => {
      server.process.kill("SIGKILL");
      killedAt ??= performance.now();
    };
    const load = Promise.all(
      [0, 1, 2, 3].map(async (lane) => {
        for (let n = 0; killedAt === null; n++) {
          const name = `r${round}-${lane}-${n}`;
          const text = await get(server.port, `/cgi-bin/echo.sh?${name}`).catch(() => null);
          if (text === null) return;
          expect(text).toBe(name);
          ended.set(name, performance.now());
          if (ended.size === last) kill();
        }
      }),
    );
    await load;
    late.stop();

    const file = join(traces, readdirSync(traces).find((name) => name.endsWith(".db")) ?? "");
    for (const _ of waitingRows(file)); // as every reader does
    const database = new DatabaseSync(file, { readOnly: true });
    expect(database.prepare("pragma quick_check").get()).toEqual({ quick_check: "ok" });
    const targets: { name: string; target: string }[] = database.prepare("select name, target from trace").all();
    database.close();
    const stored = new Set(targets.map(({ target }) => target.split("?")[1] ?? ""));
    expect([...known].filter((name) => !stored.has(name))).toEqual([]);
    const allowed = storedAfterMs + 3 * late.worst();
    const missing = [...ended]
      .filter(([name]) => !stored.has(name))
      .map(([name, at]) => ({ name, age: (killedAt ?? 0) - at }));
    expect(missing.filter(({ age }) => age > allowed)).toEqual([]);
    for (const name of stored) known.add(name);
    const reader = new StoreReader(file);
    for (const { name, target } of targets.slice(-20)) {
      const trace = reader.get(name);
      const body = trace?.response?.body.read(0, 100) ?? new Uint8Array();
      expect([target.split("?")[1], trace?.outcome]).toEqual([Buffer.from(body).toString(), "ok"]);
    }
    reader.close();
  }
  expect(known.size).toBeGreaterThan(kills);
});
