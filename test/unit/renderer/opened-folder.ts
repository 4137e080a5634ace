// A window's model over the files of a real folder: what the explorer and the editor do with them, without a page.
import { readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { afterAll } from "vitest";
import { putDocument, useDocuments } from "../../../renderer/model/documents/document-store.js";
import { keepDrafts } from "../../../renderer/model/documents/draft-autosave.js";
import { draftOf } from "../../../renderer/model/documents/drafts.js";
import { readDocument } from "../../../renderer/model/documents/read-document.js";
import { dropAllBuffers } from "../../../renderer/model/documents/text-buffers.js";
import { useWorkspace } from "../../../renderer/model/folder/workspace-store.js";
import type { Client } from "../../../renderer/rpc/connection.js";
import { useServer } from "../../../renderer/rpc/store.js";
import { contract } from "../../../server/contract/rpc.js";
import { refusing } from "../../../server/rpc/implementer.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { site } from "../routing/site.js";

export interface OpenedFolder {
  readonly root: string;
  read(path: string): Buffer;
  /** As another program does it. */
  write(path: string, bytes: string | Uint8Array): void;
  remove(path: string): void;
  /** Shows a file in a tab, as a window that has just been loaded does. */
  show(path: string): Promise<void>;
}

/** What is undone after the tests of the file, the last first. A hook of `openedFolder` itself would never run. */
const ends: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

export async function openedFolder(): Promise<OpenedFolder> {
  const folder = site({});
  const locks = site({});
  const workspace = await Workspace.open(folder.root, { lockFolder: locks.root });
  const { port1, port2 } = new MessageChannel();
  ends.push(
    () => folder[Symbol.dispose](),
    () => locks[Symbol.dispose](),
    () => workspace.dispose(),
    () => port1.close(),
  );
  const { files } = contract;
  const { changes } = workspace;
  new RPCHandler({
    files: {
      read: implement(files.read).handler(({ input }) => refusing(() => workspace.read(input.path, input.encoding))),
      write: implement(files.write).handler(({ input }) => refusing(() => workspace.write(input.path, input))),
      create: implement(files.create).handler(async ({ input }) => {
        await changes.create(input.path, input);
        return null;
      }),
      move: implement(files.move).handler(async ({ input }) => {
        await changes.move(input.from, input.to);
        return null;
      }),
      remove: implement(files.remove).handler(async ({ input }) => ({
        token: await changes.remove(input.path, input.forGood),
      })),
      restore: implement(files.restore).handler(async ({ input }) => ({ path: await changes.restore(input.token) })),
    },
  }).upgrade(port1);
  port1.start();
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  useServer.setState({ connection: "connected", client });
  useWorkspace.setState({ workspace: { root: folder.root, name: "site" } });
  useDocuments.setState({ root: folder.root });
  return {
    root: folder.root,
    read: (path) => readFileSync(join(folder.root, path)),
    write: (path, bytes) => writeFileSync(join(folder.root, path), bytes),
    remove: (path) => unlinkSync(join(folder.root, path)),
    show: async (path) => {
      keepDrafts();
      dropAllBuffers();
      useDocuments.setState({ open: [] });
      putDocument({ kind: "unread", path, isDirty: draftOf(folder.root, path) !== null });
      await readDocument(path);
    },
  };
}
