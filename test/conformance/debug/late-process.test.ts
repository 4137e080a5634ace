// A debugger on a socket says the number of its process some time after it has connected.
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { socketEndpoint } from "../../../server/features/debug/debuggers/socket-link.js";

test("a pause that is asked before the debugger has said its process's number wakes the script", async () => {
  const { path, linked } = await socketEndpoint({ event: () => undefined, arrived: async () => 0 });
  const script = connect(path);
  const link = await linked;
  const woken = once(process, "SIGURG");
  const answers = ["configurationDone", "pause"].map((command) => link?.request(command, {}));
  const said = (message: object) => script.write(`${JSON.stringify(message)}\n`);
  said({ method: "process", params: { id: process.pid } });
  const commands: string[] = [];
  for await (const line of createInterface(script)) {
    const [id, command = ""] = line.split(" ");
    commands.push(command);
    said({ id: Number(id), result: {} });
    if (command === "pause") break;
  }
  expect(commands).toEqual(["begin", "pause"]);
  expect(await Promise.all(answers)).toEqual([{}, {}]);
  await woken;
  link?.close();
  await link?.closed;
});
