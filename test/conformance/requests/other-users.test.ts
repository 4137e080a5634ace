// Loopback is open to every user of the machine, and scripts run with this user's rights: another user is refused.
// Only root can run a client as somebody else.
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { coded } from "../../support/coded.js";
import { request, startGateway } from "../../support/gateway.js";

const nobody = 65_534;
const asNobody = { uid: nobody, gid: nobody, cwd: "/" };
const canAttack =
  process.platform === "linux" &&
  process.getuid?.() === 0 &&
  spawnSync(process.execPath, ["--version"], asNobody).status === 0;
const run = promisify(execFile);

const ask = `
  const [port, host, request] = process.argv.slice(1);
  require("node:net").connect(Number(port), host, function () { this.write(request); }).pipe(process.stdout);`;
const askAndLeave = `
  const [port, host, request] = process.argv.slice(1);
  const socket = require("node:net").connect(Number(port), host, () => socket.write(request, () => process.exit(0)));`;
/** What the client printed. */
const attack = async (program: string, port: number, target: string, host = "127.0.0.1"): Promise<string> => {
  const bytes = request("GET", target, ["Connection: close"]);
  return (await run(process.execPath, ["--eval", program, String(port), host, bytes], asNobody)).stdout;
};
const script = '#!/bin/sh\ntouch ran\nprintf "Content-Type: text/plain\\n\\nhello\\n"\n';

test.skipIf(!canAttack)("another user of this machine runs no script and reads no file (R1) (needs root)", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", script);
  gateway.file("plain.txt", "private");
  for (const target of ["/x.sh", "/plain.txt", "/missing"]) {
    const answer = await attack(ask, gateway.port, target);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).not.toContain("private");
  }
  expect(() => gateway.folder.read("ran")).toThrow("ENOENT");
  const other = coded("other-user", { user: nobody });
  expect((await gateway.ended(3)).map(({ cause }) => cause)).toEqual([other, other, other]);
  expect(await gateway.get("/x.sh")).toMatch(/^HTTP\/1\.1 200 /);
});

test.skipIf(!canAttack)("nor by leaving before the server can ask (needs root)", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", script);
  for (let attempt = 0; attempt < 20; attempt++) await attack(askAndLeave, gateway.port, "/x.sh");
  const ended = await gateway.ended(20);
  expect(ended.every(({ outcome }) => outcome === "bad-request" || outcome === "client-gone")).toBe(true);
  expect(() => gateway.folder.read("ran")).toThrow("ENOENT");
});

test.skipIf(!canAttack)("server.otherUsers lets them in (needs root)", async () => {
  await using gateway = await startGateway({ config: { server: { otherUsers: true } } });
  gateway.script("x.sh", script);
  expect(await attack(ask, gateway.port, "/x.sh")).toMatch(/^HTTP\/1\.1 200 [\s\S]*hello/);
});
