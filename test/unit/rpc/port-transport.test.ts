// The desktop app's transport, over Node's MessagePorts in place of Electron's:
// structured clone carries bytes as they are.
import { once } from "node:events";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { Contract } from "../../../server/contract/rpc.js";
import { portTransport } from "../../../server/rpc/port-transport.js";
import { likeElectrons } from "../../support/electron-port.js";
import { tempFolder } from "../../support/temp-workspace.js";

const folder = tempFolder();
let workbench: Workbench;
let client: ContractRouterClient<Contract>;
let port: MessagePort;

beforeAll(async () => {
  folder.write("bytes.cgi", '#!/bin/sh\nprintf "Content-Type: a/b\\n\\n\\000\\377\\303("\n');
  folder.makeExecutable("bytes.cgi");
  workbench = await Workbench.create();
  const { port1, port2 } = new MessageChannel();
  portTransport(workbench)(likeElectrons(port1));
  client = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  port = port2;
  await workbench.folder.open(folder.path, { port: 0 });
});
afterAll(async () => {
  port.close();
  await workbench.dispose();
  folder[Symbol.dispose]();
});

describe("RPC over a port", () => {
  test("gives captured bytes", async () => {
    const events = await client.requests.send({
      method: "GET",
      target: "/bytes.cgi",
      headers: [],
      body: null,
      mode: null,
    });
    const kinds: string[] = [];
    let id = "";
    for await (const event of events) {
      kinds.push(event.kind);
      if (event.kind === "ended") id = event.id;
    }
    expect(kinds).toEqual(["begun", "ended"]);
    const bytes = await client.traces.bytes({ id, stream: "stdout", from: 19, length: 100 });
    expect(bytes).toBeInstanceOf(Uint8Array);
    expect([...bytes]).toEqual([0, 0xff, 0xc3, 0x28]);
    expect(bytes.buffer.byteLength).toBe(4); // not the whole capture along with it
  });

  test("has no frames: that is the other transport's way", async () => {
    await expect(
      client.traces.frame({ id: "none", stream: "stdout", from: 0, length: 1, ticket: 1 }),
    ).rejects.toMatchObject({ code: "NOT_FOUND", data: { code: "not-found", data: { trace: "none" } } });
    const { rows } = await client.traces.next({ since: 0, generation: null, max: 10 });
    await expect(
      client.traces.frame({ id: rows[0]?.id ?? "", stream: "stdout", from: 0, length: 1, ticket: 1 }),
    ).rejects.toThrow();
  });

  test("gives the version of a script that ran, in the encoding that it is asked for", async () => {
    const hash = "a".repeat(64);
    workbench.versions.keep(hash, Buffer.from("\xf0\xd2", "latin1"));
    expect(await client.files.version({ hash })).toMatchObject({ text: "\xf0\xd2" });
    expect(await client.files.version({ hash, encoding: "koi8-r" })).toMatchObject({ text: "Пр" });
  });

  test("refuses what the contract does not allow", async () => {
    await expect(client.traces.bytes({ id: "x", stream: "stdout", from: -1, length: 1 })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    await expect(client.files.read({ path: "../secret" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("a call that waits ends with its port", async () => {
    const { port1, port2 } = new MessageChannel();
    portTransport(workbench)(likeElectrons(port1));
    const other: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port2 }));
    port2.start();
    const { rev, generation } = await other.state.next({ since: -1, generation: null });
    const waiting = expect(other.state.next({ since: rev + 1000, generation })).rejects.toThrow();
    port1.close();
    await once(port2, "close");
    await waiting;
  });
});
