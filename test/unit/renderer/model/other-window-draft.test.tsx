// Two browser windows of one address share localStorage: one that only looks at a file leaves the other's draft of it.
import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import * as monaco from "monaco-editor/editor";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { TextDocument } from "../../../../renderer/model/documents/document.js";
import {
  closeDocument,
  discardDocument,
  documentAt,
  glanceAt,
  hasEdits,
  putDocument,
  useDocuments,
} from "../../../../renderer/model/documents/document-store.js";
import { keepDrafts, noteEdit } from "../../../../renderer/model/documents/draft-autosave.js";
import { draftOf } from "../../../../renderer/model/documents/drafts.js";
import { recheckDocument, reloadDocument } from "../../../../renderer/model/documents/read-document.js";
import { saveDocument } from "../../../../renderer/model/documents/save-document.js";
import { bufferOf, createBuffer, replaceText } from "../../../../renderer/model/documents/text-buffers.js";
import type { Client } from "../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../renderer/rpc/store.js";
import { asSentence } from "../../../../server/contract/message.js";
import { contract } from "../../../../server/contract/rpc.js";
import type { FileContent, Saved } from "../../../../server/contract/workspace.js";
import { prepareEditor } from "../../../support/prepared-editor.js";

prepareEditor();
const root = "/srv/site";
const theirs = { text: "theirs", baseHash: "1" };
/** As the other window keeps its edits. */
const keepTheirs = (): void => localStorage.setItem(`workbench.draft:${root}\na.py`, JSON.stringify(theirs));
const draft = (): unknown => draftOf(root, "a.py");

/** The file is open in this window, and was read. */
function open(): void {
  const text = {
    ...{
      kind: "text",
      path: "a.py",
      hash: "1",
      executable: true,
      encoding: "utf-8",
      detected: null,
      mixesUtf8: false,
      undecodable: [],
    },
    ...{ bom: false, lineEnd: "lf", mixed: false, isDirty: false, isSaving: false, disk: "same" },
    ...{ saved: null, problem: null },
  } as const satisfies TextDocument;
  createBuffer(monaco, "a.py", "disk", noteEdit);
  putDocument(text);
}
function type(text: string): void {
  const buffer = bufferOf("a.py");
  if (buffer) replaceText(buffer, text);
}

const { port1, port2 } = new MessageChannel();
const content: Extract<FileContent, { kind: "text" }> = {
  ...{
    kind: "text",
    path: "a.py",
    text: "changed",
    hash: "2",
    encoding: "utf-8",
    detected: "utf-8",
    mixesUtf8: false,
    undecodable: [],
  },
  ...{ bom: false, lineEnd: "lf", executable: true },
};
const written = {
  ...{ kind: "saved", hash: "3", sizeBytes: 4, modifiedAt: 1, executable: true, detected: "utf-8", mixesUtf8: false },
} as const satisfies Saved;
new RPCHandler({
  files: {
    read: implement(contract.files.read).handler(() => content),
    write: implement(contract.files.write).handler(() => written),
  },
}).upgrade(port1);
port1.start();
const client: Client = createORPCClient(new RPCLink({ port: port2 }));
port2.start();
useServer.setState({ connection: "connected", client });
afterAll(() => port1.close());

beforeEach(() => {
  for (const { path } of useDocuments.getState().open) discardDocument(path);
  localStorage.clear();
  useDocuments.setState({ root });
  open();
});

test("a tab without edits is closed, or gives way to another: the draft stays", () => {
  keepTheirs();
  closeDocument("a.py");
  expect([documentAt("a.py"), draft()]).toEqual([undefined, theirs]);
  open();
  useDocuments.setState({ glanced: "a.py" });
  glanceAt("b.py");
  expect([documentAt("a.py"), draft()]).toEqual([undefined, theirs]);
});

test("a tab whose file could not be read is closed: the draft stays", () => {
  keepTheirs();
  putDocument({ kind: "failed", path: "a.py", problem: { code: "x", message: asSentence("x"), fix: null, data: {} } });
  closeDocument("a.py");
  expect(draft()).toEqual(theirs);
});

test("a file without edits changes on disk, is reloaded, or saved as it is: the draft stays", async () => {
  keepTheirs();
  await recheckDocument("a.py");
  keepDrafts();
  expect([bufferOf("a.py")?.model.getValue(), hasEdits("a.py"), draft()]).toEqual(["changed", false, theirs]);
  await reloadDocument("a.py");
  keepDrafts();
  expect(draft()).toEqual(theirs);
  expect(await saveDocument("a.py")).toBe(true);
  keepDrafts();
  expect(draft()).toEqual(theirs);
});

test("edits of this window are dropped with their draft: discarded, reloaded, saved, or undone", async () => {
  const edit = (): void => {
    type("mine");
    keepDrafts();
    expect(draft()).toMatchObject({ text: "mine" });
  };
  edit();
  await reloadDocument("a.py");
  expect([bufferOf("a.py")?.model.getValue(), draft()]).toEqual(["changed", null]);
  edit();
  expect(await saveDocument("a.py")).toBe(true);
  expect(draft()).toBe(null);
  type("mine, too");
  keepDrafts();
  const buffer = bufferOf("a.py");
  if (buffer) buffer.savedVersion = buffer.model.getAlternativeVersionId(); // as after Undo
  noteEdit("a.py");
  expect(draft()).not.toBe(null);
  closeDocument("a.py"); // before the pause in typing
  expect(draft()).toBe(null);
  open();
  edit();
  discardDocument("a.py");
  expect(draft()).toBe(null);
});
