// What the bar above the text says when a save fails.
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { DiskBar } from "../../../../../renderer/features/editor/external-change-bar.js";
import type { TextDocument } from "../../../../../renderer/model/documents/document.js";
import { problemText } from "../../../../../renderer/rpc/problem.js";
import { toProblem } from "../../../../../server/contract/problem.js";
import { fileMessage } from "../../../../../server/workspace/files/messages.js";

const document: TextDocument = {
  ...{
    kind: "text",
    path: "cgi-bin/a.py",
    hash: "1",
    encoding: "utf-8",
    detected: null,
    mixesUtf8: false,
    undecodable: [],
    bom: false,
  },
  ...{ lineEnd: "lf", mixed: false, executable: false, isDirty: true, isSaving: false, disk: "same", saved: null },
  problem: null,
};
const problem = toProblem(fileMessage("no-space", { path: "cgi-bin/a.py", errno: "ENOSPC" }));
afterEach(cleanup);

test.each(["same", "changed", "gone"] as const)("why a save failed is said when the file on disk is %s", (disk) => {
  render(<DiskBar document={{ ...document, disk, problem }} />);
  expect(screen.getByRole("alert").textContent).toContain(problemText(problem));
});
