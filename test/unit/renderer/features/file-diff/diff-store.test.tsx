import { createORPCClient } from "@orpc/client";
import { waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import {
  closeDiff,
  compareWithDisk,
  compareWithRan,
  useDiff,
} from "../../../../../renderer/features/file-diff/diff-store.js";
import { chooseEncoding } from "../../../../../renderer/model/documents/chosen-encodings.js";
import type { TextDocument } from "../../../../../renderer/model/documents/document.js";
import { changeDocument, putDocument, useDocuments } from "../../../../../renderer/model/documents/document-store.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { noConnection, useServer } from "../../../../../renderer/rpc/store.js";
import { fileEncoding } from "../../../../../server/contract/workspace.js";
import { fileContent, versionContent } from "../../../../../server/workspace/files/text-file.js";
import { rowOf } from "../../rows.js";

const noticed = () => useNotices.getState().notices.at(-1)?.text;

test("without a connection that is why there is no comparison, whatever has run", async () => {
  useTraceStore.setState({ rows: [rowOf(1, { file: "a.py" })] });
  await compareWithRan("a.py");
  expect(noticed()).toContain(noConnection.message);
  await compareWithRan("b.py");
  expect(noticed()).toBe("No request has run b.py yet.");
});

const root = "/srv/site";
const bytes = Buffer.from("\xf0\xd2", "latin1");
const mode = 0o644;
/** As the server answers. */
const client: Client = createORPCClient({
  call: async ([, name], input) => {
    if (name === "get") return { route: { scriptHash: "a".repeat(64) } };
    const { encoding } = z.object({ encoding: fileEncoding.nullable().default(null) }).parse(input);
    return name === "read"
      ? fileContent("a.py", { kind: "read", bytes, mode }, encoding)
      : versionContent(bytes, encoding);
  },
});
afterEach(() => {
  closeDiff();
  useServer.setState({ client: null });
  localStorage.clear();
});

test.each([
  ["the version on disk", compareWithDisk],
  ["the version that ran", compareWithRan],
])("%s is read as the user reads the file, and again when that changes", async (_what, compare) => {
  useServer.setState({ connection: "connected", client });
  useTraceStore.setState({ rows: [rowOf(1, { file: "a.py" })] });
  useDocuments.setState({ root, open: [] });
  chooseEncoding(root, "a.py", "koi8-r");
  const document = {
    ...{
      kind: "text",
      path: "a.py",
      hash: "1",
      executable: true,
      encoding: "koi8-r",
      detected: "iso-8859-1",
      mixesUtf8: false,
    },
    ...{ undecodable: [], bom: false, lineEnd: "lf", mixed: false, isDirty: false, isSaving: false, disk: "same" },
    ...{ saved: null, problem: null },
  } as const satisfies TextDocument;
  putDocument(document);
  const original = () => useDiff.getState().comparison?.original?.text;
  await compare("a.py");
  expect(original()).toBe("Пр");
  chooseEncoding(root, "a.py", "windows-1251");
  changeDocument("a.py", { encoding: "windows-1251" });
  await waitFor(() => expect(original()).toBe("рТ"));
});
