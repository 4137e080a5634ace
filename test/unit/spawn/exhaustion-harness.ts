// Starts more than its descriptors allow, ends them, and says what was refused, how many
// descriptors are left open, and that it still works.
import { readdirSync } from "node:fs";
import { createStarter } from "../../../server/spawn/create-starter.js";
import { StartError } from "../../../server/spawn/start.js";
import { finish, program, type Running, run, shell, until } from "./run-child.js";

const [, , wish] = process.argv;
const { starter } = await createStarter(wish === "native" ? "native" : "portable");
const openDescriptors = (): number => readdirSync("/proc/self/fd").length;
await finish(starter, program("/bin/true"));
const before = openDescriptors();
const codes = new Set<string>();
for (let round = 0; round < 3; round++) {
  const running: Running[] = [];
  for (let i = 0; i < 40; i++) {
    try {
      running.push(await run(starter, shell("exec sleep 60"), Buffer.from("x")));
    } catch (error) {
      codes.add(error instanceof StartError ? error.code : String(error));
    }
  }
  for (const { child } of running) child.end(0);
  await Promise.all(running.map(({ result }) => result));
}
let isClosed = true;
await until("descriptors are closed", () => openDescriptors() <= before).catch(() => {
  isClosed = false;
});
const { exit } = await finish(starter, program("/bin/true"));
await starter.dispose();
process.stdout.write(JSON.stringify({ codes: [...codes], isClosed, exitCode: exit.exitCode }));
