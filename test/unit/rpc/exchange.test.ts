// Traces as files through the window's calls, over both transports.
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { readTraces } from "../../../server/trace/formats/read-file.js";
import { type RpcClient, type RpcWindows, rpcWindows, transports } from "../../support/rpc-windows.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { mistakesInHar } from "../../support/valid-har.js";

describe.each(transports)("over a %s", (transport) => {
  const folder = tempFolder();
  let workbench: Workbench;
  let windows: RpcWindows;
  let client: RpcClient;
  let id: string;

  beforeAll(async () => {
    folder.write("a.cgi", '#!/bin/sh\nprintf "Content-Type: a/b\\nSet-Cookie: id=secret\\n\\n\\000\\377"\ncat\n');
    folder.makeExecutable("a.cgi");
    workbench = await Workbench.create();
    await workbench.folder.open(folder.path, { port: 0 });
    windows = await rpcWindows(workbench, transport);
    ({ client } = await windows.open());
    const sent = await client.requests.send({
      method: "POST",
      target: "/a.cgi",
      headers: [],
      body: { text: "x" },
      mode: null,
    });
    for await (const event of sent) id = event.kind === "begun" ? event.id : id;
  }, 60_000);
  afterAll(async () => {
    await windows[Symbol.asyncDispose]();
    await workbench.dispose();
    folder[Symbol.dispose]();
  });

  test("names the secrets, masks them or not, and takes the file in as a new trace", async () => {
    expect(await client.exchange.secrets({ id })).toEqual(["Set-Cookie"]);
    const masked = await client.exchange.export({ id, form: "har", isMasked: true });
    expect(mistakesInHar(JSON.parse(masked))).toEqual([]);
    expect(masked).not.toContain("id=secret");
    const capsule = await client.exchange.export({ id, form: "capsule", isMasked: false });
    const [read] = readTraces("capsule", Buffer.from(capsule));
    expect(Buffer.from(read?.stdout?.base64 ?? "", "base64").subarray(-3)).toEqual(Buffer.from([0, 255, 0x78]));

    const { ids, collections } = await client.exchange.import({ files: [{ name: "a.sh", text: capsule }] });
    const [added = "", ...others] = ids;
    expect([added === id, others, collections]).toEqual([false, [], []]);
    const [first, second] = [await client.traces.get({ id }), await client.traces.get({ id: added })];
    expect(second).toEqual({ ...first, id: added, seq: first.seq + 1 });
    const { rows } = await client.traces.next({ since: 0, generation: null, max: 10 });
    expect(rows.filter((row) => row.id === added)).toMatchObject([{ status: 200, method: "POST", target: "/a.cgi" }]);
  });

  test("imports nothing if one of several files cannot be read", async () => {
    const capsule = await client.exchange.export({ id, form: "capsule", isMasked: false });
    const bru = "meta {\n  name: a\n}\nget {\n  url: http://localhost/a.cgi\n}\n";
    const files = { "a.sh": capsule, "a.bru": bru, "b.har": '{"log": {"entries": [{}]}}' };
    const last = workbench.traces.lastSeq;
    const dropped = Object.entries(files).map(([name, text]) => ({ name, text }));
    await expect(client.exchange.import({ files: dropped })).rejects.toMatchObject({
      data: { code: "not-imported", data: { path: "b.har" } },
    });
    expect(workbench.traces.lastSeq).toBe(last);
    expect(readdirSync(folder.path).filter((name) => name.endsWith(".http"))).toEqual([]);
    const { ids, collections } = await client.exchange.import({ files: dropped.slice(0, 2) });
    expect([ids.length, collections.length]).toEqual([1, 1]);
  });

  test("takes in environments before collections, in whatever order the files come", async () => {
    const info = { name: "ordered", schema: "https://schema.getpostman.com/json/collection/v2.1.0/" };
    const variable = [{ key: "base", value: "/a" }];
    const environment = {
      name: "staging",
      _postman_variable_scope: "environment",
      values: [{ key: "base", value: "/b" }],
    };
    const files = [{ info, item: [{ name: "a", request: "{{base}}" }], variable }, environment];
    const { collections } = await client.exchange.import({
      files: files.map((file, nth) => ({ name: `${nth}.json`, text: JSON.stringify(file) })),
    });
    expect(collections.map(({ path, kept }) => [path, kept])).toEqual([
      [null, 0],
      ["ordered.http", 0],
    ]);
    expect(folder.read("ordered.http")).not.toMatch(/^@/m);
    expect(JSON.parse(folder.read("http-client.env.json"))).toEqual({
      $shared: { base: "/a" },
      staging: { base: "/b" },
    });
  });

  test("keeps the values of each collection, also where an environment has their variable", async () => {
    const collectionOf = (name: string, base: string) => ({
      info: { name, schema: "https://schema.getpostman.com/json/collection/v2.1.0/" },
      item: [{ name, request: "{{server}}/items" }],
      variable: [{ key: "server", value: base }],
    });
    const values = [{ key: "server", value: "/s" }];
    const environment = { name: "stage", _postman_variable_scope: "environment", values };
    const files = [collectionOf("first", "/a"), collectionOf("second", "/b"), collectionOf("third", "/a"), environment];
    const { collections } = await client.exchange.import({
      files: files.map((file, nth) => ({ name: `${nth}.json`, text: JSON.stringify(file) })),
    });
    expect(collections.map(({ path, kept, comeFirst }) => [path, kept, comeFirst])).toEqual([
      [null, 0, []],
      ["first.http", 0, []],
      ["second.http", 0, [{ path: "second.http", names: ["server"] }]],
      ["third.http", 0, []],
    ]);
    expect(JSON.parse(folder.read("http-client.env.json"))).toMatchObject({
      $shared: { server: "/a" },
      stage: { server: "/s" },
    });
    const own = ["first", "second", "third"].map((name) => folder.read(`${name}.http`).match(/^@.*$/gm));
    expect(own).toEqual([null, ["@server = /b"], null]);
  });

  test("refuses what is no trace, with a problem", async () => {
    await expect(client.exchange.import({ files: [{ name: "a.sh", text: "rm -rf /" }] })).rejects.toMatchObject({
      code: "NOT_POSSIBLE",
      data: { code: "not-imported", data: { path: "a.sh" } },
    });
    await expect(client.exchange.secrets({ id: "none" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
