// The undo of a conversion, of which a part can fail.
import { createORPCClient } from "@orpc/client";
import { afterAll, expect, test } from "vitest";
import {
  convert,
  leavePreview,
  previewConversion,
  undoConversion,
  useEncodings,
} from "../../../../../renderer/features/folder-encodings/encodings-store.js";
import { chooseEncoding } from "../../../../../renderer/model/documents/chosen-encodings.js";
import { useDocuments } from "../../../../../renderer/model/documents/document-store.js";
import { readAs } from "../../../../../renderer/model/documents/text-format.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";

afterAll(() => {
  useServer.setState({ client: null });
  useDocuments.setState({ root: null });
});

const report = { files: [], binary: 0, skipped: 0, bound: null, maxFiles: 1, maxBytes: 1, maxFileBytes: 1, maxMs: 1 };

test("an undo that fails for a file is offered again, for the rest", async () => {
  const why = { code: "failed", data: { problem: "No space is left." }, text: "No space is left." };
  const tokens = ["again", null];
  const undone = () => ({ restored: [], left: [{ path: "a.pl", why }], token: tokens.shift() });
  const client: Client = createORPCClient({ call: async ([, name]) => (name === "undo" ? undone() : report) });
  useServer.setState({ connection: "connected", client });
  await undoConversion("first");
  expect(useEncodings.getState().done).toMatchObject({ left: [{ path: "a.pl" }], token: "again" });
  await undoConversion("again");
  expect(useEncodings.getState().done?.token).toBeNull();
});

test("what is not converted, or restored, is read as the user chose, and what stays converted is not", async () => {
  const paths = ["stays.pl", "back.pl", "edited.pl"];
  useDocuments.setState({ root: "/site" });
  for (const path of paths) chooseEncoding("/site", path, "koi8-r");
  const chosen = () => paths.map(readAs);
  const left = (path: string) => [{ path, why: { code: "changed", data: null, text: "" } }];
  const atUndo: unknown[] = [];
  let isFirst = true;
  const answers: Readonly<Record<string, () => unknown>> = {
    convert: () => {
      if (isFirst) {
        isFirst = false;
        throw new Error("no connection");
      }
      return { token: "first", converted: ["back.pl", "edited.pl"], left: left("stays.pl") };
    },
    undo: () => {
      atUndo.push(chosen()[1]);
      if (atUndo.length === 1) throw new Error("no connection");
      return { restored: ["back.pl"], left: left("edited.pl"), token: null };
    },
  };
  const client: Client = createORPCClient({ call: async ([, name]) => answers[name ?? ""]?.() ?? report });
  useServer.setState({ connection: "connected", client });
  const change = { hash: "", from: "koi8-r" as const, mark: false, characters: [], more: 0, declarations: [] };
  useEncodings.setState({ preview: { files: paths.map((path) => ({ path, ...change })), left: [] } });
  await convert();
  expect([useEncodings.getState().failure === null, chosen()]).toEqual([false, ["koi8-r", "koi8-r", "koi8-r"]]);
  await convert();
  expect(chosen()).toEqual(["koi8-r", null, null]);
  await undoConversion("first");
  expect(chosen()).toEqual(["koi8-r", null, null]);
  await undoConversion("first");
  expect(atUndo).toEqual(["koi8-r", "koi8-r"]); // when the file is written, the editor reads it again
  expect(chosen()).toEqual(["koi8-r", "koi8-r", null]);
});

test("a conversion can be undone after another one was previewed", async () => {
  const client: Client = createORPCClient({ call: async () => ({ files: [], left: [] }) });
  useServer.setState({ connection: "connected", client });
  useEncodings.setState({ preview: null, done: { text: "", left: [], token: "first" } });
  await previewConversion();
  expect(useEncodings.getState().preview).not.toBeNull();
  leavePreview();
  expect(useEncodings.getState().done?.token).toBe("first");
});
