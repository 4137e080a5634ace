// The markers of an open file over a connection that breaks and comes back, and after its text was another.
import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { waitFor } from "@testing-library/react";
import { expect, onTestFinished, test } from "vitest";
import { followMarkers } from "../../../../../renderer/features/doctor/editor-markers.js";
import { FileMarkers } from "../../../../../renderer/features/doctor/file-markers.js";
import { putDocument } from "../../../../../renderer/model/documents/document-store.js";
import { createBuffer, type Monaco } from "../../../../../renderer/model/documents/text-buffers.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { Marker } from "../../../../../server/contract/fix-contract.js";
import { asSentence } from "../../../../../server/contract/message.js";
import { contract } from "../../../../../server/contract/rpc.js";
import { holdCalls } from "../../../../support/held-calls.js";
import { rowOf } from "../../rows.js";

const markerOf = (rule: string): Marker => ({
  rule,
  severity: "error",
  title: asSentence(rule),
  detail: asSentence(rule),
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  fixes: [],
});

/** A connection whose server answers every check so. Returned: what breaks it; it resolves when all calls failed. */
function connect(check: () => Promise<string>): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const router = {
    doctor: {
      check: implement(contract.doctor.check).handler(async () => ({
        markers: [markerOf(await check())],
        unchecked: null,
        uncheckedWhy: null,
      })),
    },
  };
  new RPCHandler(router).upgrade(port1);
  port1.start();
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  useServer.setState({ connection: "connected", client });
  return async () => {
    const last = client.doctor.check({ path: "last.py", unsaved: null });
    port2.close();
    useServer.setState({ connection: "lost", client: null });
    await expect(last).rejects.toBeDefined();
  };
}

test("markers outlast a lost connection, and are asked for again over the next one", async () => {
  let changes = 0;
  const markers = new FileMarkers("a.py", () => changes++);
  const rules = (): readonly string[] => markers.all().map(({ rule }) => rule);
  let asked = 0;
  const lose = connect(() => {
    asked++;
    return asked === 1 ? Promise.resolve("old") : new Promise(() => {});
  });
  markers.onDisk("1", true);
  await waitFor(() => expect(rules()).toEqual(["old"]));
  markers.onDisk("2", true);
  await waitFor(() => expect(asked).toBe(2));
  await lose();
  expect([rules(), changes]).toEqual([["old"], 1]);
  const leave = connect(async () => "new");
  markers.reconnected();
  await waitFor(() => expect(rules()).toEqual(["new"]));
  markers.dispose();
  await leave();
});

test("the editor's markers are asked for again over each new connection", async () => {
  let shown: readonly string[] = [];
  const model = {
    getAlternativeVersionId: () => 1,
    isDisposed: () => false,
    onDidChangeContent: () => ({ dispose: () => {} }),
    updateOptions: () => {},
  };
  const editor = {
    createModel: () => model,
    getModel: () => null,
    registerCommand: () => {},
    setModelMarkers: (_model: unknown, _owner: string, markers: readonly { readonly code: string }[]) => {
      shown = markers.map(({ code }) => code);
    },
  };
  // The editor needs a browser: as much of it as the markers use.
  const monaco: Monaco = Object.assign(Object.create(null), {
    ...{ editor, MarkerSeverity: {}, Uri: { from: () => ({}) } },
    languages: { registerCodeActionProvider: () => {} },
  });
  createBuffer(monaco, "b.py", "", () => {});
  putDocument({
    ...{
      kind: "text",
      path: "b.py",
      hash: "1",
      executable: true,
      encoding: "utf-8",
      detected: null,
      mixesUtf8: false,
      undecodable: [],
    },
    ...{ bom: false, lineEnd: "lf", mixed: false, isDirty: false, isSaving: false, disk: "same" },
    ...{ saved: null, problem: null },
  });
  const lose = connect(async () => "old");
  followMarkers(monaco);
  await waitFor(() => expect(shown).toEqual(["old"]));
  await lose();
  const leave = connect(async () => "new");
  await waitFor(() => expect(shown).toEqual(["new"]));
  await leave();
});

test("a request's markers are back when the text is again the one that ran", async () => {
  onTestFinished(() => {
    useServer.setState({ client: null });
    useTraceStore.setState({ rows: [] });
  });
  useTraceStore.setState({ rows: [rowOf(1, { file: "c.py", severity: "error" })] });
  const { asked } = holdCalls();
  const fixes = () => asked.filter(({ name }) => name === "fixes");
  const markers = new FileMarkers("c.py", () => {});
  const rules = (): readonly string[] => markers.all().map(({ rule }) => rule);
  for (const times of [1, 2]) {
    markers.onDisk("1", true); // at first, and as after each change of the document
    await waitFor(() => expect(fixes()).toHaveLength(times));
    fixes()[times - 1]?.answer({ scriptHash: "1", markers: [markerOf("ran")] });
    await waitFor(() => expect(rules()).toEqual(["ran"]));
    markers.edited();
    expect(rules()).toEqual([]);
  }
  markers.dispose();
});
