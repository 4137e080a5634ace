// The load's process in the desktop app, as the server has it: a port of a process that another process has started.
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { expect, test } from "vitest";
import { type LoadPort, LoadPorts } from "../../../server/boot/load-port.js";

/** Electron's ports wrap what they receive in an event. */
const likeElectrons = (port: MessagePort): LoadPort => ({
  on: (event: string, listener: (event: { readonly data: unknown }) => void) =>
    port.on(event, (data: unknown) => listener({ data })),
  postMessage: (message) => port.postMessage(message),
  start: () => port.start(),
  close: () => port.close(),
});

test("asks for one, talks over its port, and ends by closing it", async () => {
  const { port1, port2 } = new MessageChannel();
  const asked: string[] = [];
  const ports = new LoadPorts(() => asked.push("one"));
  const starting = ports.start();
  expect(asked).toEqual(["one"]);
  ports.came(likeElectrons(port1));
  const sending = await starting;
  const heard = new Promise((resolve) => sending.listen(resolve));
  const there = new Promise((resolve) => port2.once("message", resolve));
  sending.send({ ms: 1 });
  expect(await there).toEqual({ ms: 1 });
  port2.postMessage({ kind: "done" });
  expect(await heard).toEqual({ kind: "done" });
  const closed = new Promise<void>((resolve) => port2.once("close", () => resolve()));
  sending.end();
  await sending.ended;
  await closed;
});

test("a process that dies has ended, and one that nobody waits for is let go", async () => {
  const first = new MessageChannel();
  const ports = new LoadPorts(() => {});
  const starting = ports.start();
  ports.came(likeElectrons(first.port1));
  const sending = await starting;
  first.port2.close();
  await sending.ended;
  const second = new MessageChannel();
  const closed = new Promise<void>((resolve) => second.port2.once("close", () => resolve()));
  ports.came(likeElectrons(second.port1));
  await closed;
});
