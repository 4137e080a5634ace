// What goes wrong with kept processes, inside the running app: its server, with the app's own descriptors and signals,
// bears it as it does in the conformance tests. Killed while idle, in mid-response and at start; all hung; the
// socket's file gone; 200 at once on 2 workers.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runtimeFolder } from "../../server/base/runtime-folder.js";
import { canCompileApplication, compileApplication } from "../support/fastcgi-programs.js";
import { descendants, openChannels } from "../support/processes.js";
import { exchangeUntilCut } from "../support/raw-exchange.js";
import { waitFor } from "../support/wait-for.js";
import { expect, test } from "./shell.js";

test("kept processes die, hang and lose their socket: each request is answered, and nothing is left", async ({
  window,
  app,
  folder,
}) => {
  test.skip(!canCompileApplication, "not installed: apt-get install gcc libfcgi-dev");
  test.setTimeout(120_000);
  folder.makeFolder("site");
  compileApplication(folder.file("site/app.fcgi"));
  folder.write("site/once.fcgi", "#!/bin/sh\n[ -e killed ] || { : >killed; kill -KILL $$; }; exec ./app.fcgi\n");
  folder.makeExecutable("site/once.fcgi");
  folder.write(
    "site/cgi-workbench.json",
    JSON.stringify({ limits: { silenceMs: 8000 }, scripts: { "once.fcgi": { workers: 1 } } }),
  );
  await window.openFolder(folder.file("site"));
  const port = Number(new URL(await window.serverAddress()).port);
  const server = app.serverPid();
  const get = (target: string): Promise<string> => exchange(port, target);
  const first = pidIn(await get("/app.fcgi"));
  const before = openChannels(server); // with one worker

  process.kill(first, "SIGKILL");
  expect(pidIn(await get("/app.fcgi"))).not.toBe(first);

  const cut = await get("/app.fcgi?partly=9");
  expect([cut.includes("the first part"), cut.endsWith("0\r\n\r\n")]).toEqual([true, false]);
  expect(await get("/once.fcgi")).toMatch(/^HTTP\/1\.1 200 /);

  const hung = [get("/app.fcgi?hang"), get("/app.fcgi?hang")];
  const waiting = Array.from({ length: 6 }, () => get("/app.fcgi"));
  for (const answer of await Promise.all(hung)) expect(answer).toMatch(/^HTTP\/1\.1 504 /);
  for (const answer of await Promise.all(waiting)) expect(answer).toMatch(/^HTTP\/1\.1 200 /);

  const live = pidIn(await get("/app.fcgi"));
  const sockets = await runtimeFolder();
  for (const name of readdirSync(sockets).filter((one) => one.startsWith(`fcgi-${server}-`)))
    rmSync(join(sockets, name));
  process.kill(live, "SIGKILL"); // so that a new connection is needed
  expect(await get("/app.fcgi")).toMatch(/^HTTP\/1\.1 200 /);

  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => get(`/app.fcgi/${n}`)));
  expect(answers.filter((answer) => answer.startsWith("HTTP/1.1 200 ") && pidIn(answer) > 0)).toHaveLength(200);
  const used = new Set(answers.map(pidIn));
  expect(used.size).toBeLessThanOrEqual(2); // one, where it is quick enough for all
  expect(descendants(server).filter(({ pid }) => used.has(pid))).toHaveLength(used.size);
  for (const name of ["app", "once"]) folder.remove(`site/${name}.fcgi`);
  await waitFor(
    "no process of a script that is gone",
    () => !descendants(server).some(({ command }) => command.includes("app.fcgi")),
  );
  await waitFor(`no more than ${before} sockets and pipes`, () => openChannels(server) <= before);
  await expect(window.server).toBeVisible();
});

const pidIn = (answer: string): number => Number(/pid (\d+)/.exec(answer)?.[1] ?? Number.NaN);

/** One GET on a connection of its own, to its end. */
const exchange = (port: number, target: string): Promise<string> =>
  exchangeUntilCut(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
