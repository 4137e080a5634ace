// What "Ways to run" offers to measure a script beside: each version once, of now and of earlier sessions.
import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { findChoices } from "../../../../../renderer/features/mode-comparison/version-choices.js";
import { useFiles } from "../../../../../renderer/model/folder/file-store.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { contract } from "../../../../../server/contract/rpc.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";
import { noFigures } from "../../../../../server/store/store-answers.js";

const present = "a".repeat(64);
const earlier = "b".repeat(64);
const version = (hash: string, isKept = true) => ({
  ...{ version: hash.slice(0, 12), hash: isKept ? hash : null, requests: 1, failed: 0, firstAt: 1000, lastAt: 2000 },
  ...{ p50Ms: 1, p95Ms: 1, p99Ms: 1, maxMs: 1 },
});

let isReadable = true;
const file = {
  ...{ kind: "text" as const, path: "a.py", text: "", hash: present, encoding: "utf-8" as const, bom: false },
  ...{ detected: "utf-8" as const, mixesUtf8: false, undecodable: [], lineEnd: "lf" as const, executable: true },
};
const router = {
  files: { read: implement(contract.files.read).handler(() => file) },
  traces: {
    figures: implement(contract.traces.figures).handler(() => {
      if (!isReadable) throw new Error("the store cannot be read");
      return { ...noFigures, versions: [version(present), version(earlier), version("c".repeat(64), false)] };
    }),
  },
};

beforeAll(() => {
  const { port1, port2 } = new MessageChannel();
  afterAll(() => port2.close());
  new RPCHandler(router).upgrade(port1);
  port1.start();
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  useServer.setState({ connection: "connected", client });
});
const script = (path: string): FileEntry => ({
  ...{ path, kind: "file", sizeBytes: 1, modifiedAt: 1, executable: true, mode: "cgi", agent: null },
  target: `/${path}`,
});
beforeEach(() => {
  isReadable = true;
  useFiles.setState({ root: "/srv/a", entries: [script("a.py"), script("b.py")] });
});
const others = { key: "b.py", title: "b.py", against: { kind: "script", target: "/b.py" } };

test("a stored version that is not the file's own is offered", async () => {
  expect(await findChoices("a.py")).toMatchObject({
    failure: null,
    choices: [{ key: earlier, against: { kind: "ran", hash: earlier } }, others],
  });
});

test("a store that cannot be read leaves the others", async () => {
  isReadable = false;
  const { failure, choices } = await findChoices("a.py");
  expect(failure).not.toBeNull();
  expect(choices).toEqual([others]);
});
