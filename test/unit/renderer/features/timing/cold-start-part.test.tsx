// The cold start of a trace's script in the Timing tab, on a real server: for which scripts it is offered; examined,
// cancelled, examined again, and forgotten with the folder.
import { existsSync } from "node:fs";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ColdStartPart, useColdStarts } from "../../../../../renderer/features/timing/cold-start-part.js";
import { followFiles, useFiles } from "../../../../../renderer/model/folder/file-store.js";
import { useWorkspace } from "../../../../../renderer/model/folder/workspace-store.js";
import { agentLanguages } from "../../../../../server/contract/modes.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";
import { program } from "../../../../support/temp-workspace.js";
import { waitFor as waitUntil } from "../../../../support/wait-for.js";
import { sentRaw } from "../../sent-raw.js";

layOutPage();

/** While the file `wait` is there, it runs for ever. */
const script = `#!/usr/bin/env python3
import colorsys, os, time
open("runs", "a").close()
while os.path.exists("wait"): time.sleep(0.01)
print("Content-Type: text/plain\\n\\nhello")
`;

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  served.folder.write("a.py", script);
  served.folder.makeExecutable("a.py");
  served.script("b.cgi", "printf 'Content-Type: text/plain\\n\\nhello'");
  followFiles();
});
afterAll(() => served[Symbol.asyncDispose]());

const button = (name: string) => screen.findByRole("button", { name });
const click = async (name: string) => fireEvent.click(await button(name));
/** As the list of files has it from now on. */
function listed(path: string, change: Partial<FileEntry>): void {
  const { byPath } = useFiles.getState();
  const entry = byPath.get(path);
  if (entry) useFiles.setState({ byPath: new Map(byPath).set(path, { ...entry, ...change }) });
}
const report = () => screen.findByRole("region", { name: "Cold start" });

test("is offered for a language in which an interpreter reports what a script imports", async () => {
  const trace = await sentRaw(["GET /b.cgi HTTP/1.1"]);
  await waitUntil("the list of files", () => useFiles.getState().byPath.has("b.cgi"));
  const files = useFiles.getState();
  listed("b.cgi", { agent: "python" });
  render(<ColdStartPart trace={trace} />);
  await button("Show cold start");
  const isOffered = (agent: FileEntry["agent"]): boolean => {
    act(() => listed("b.cgi", { agent }));
    return screen.queryByRole("button") !== null;
  };
  expect([...agentLanguages, null].filter(isOffered)).toEqual(["python", "perl"]);
  act(() => useFiles.setState(files));
});

test.skipIf(program("python3") === null)(
  "is measured, again when it is asked for, cancelled, and not shown in another folder (needs python3)",
  { timeout: 120_000 },
  async () => {
    const trace = await sentRaw(["GET /a.py HTTP/1.1"]);
    render(<ColdStartPart trace={trace} />);
    await click("Show cold start");
    await report();
    expect(document.querySelector(".timing-cold .ui-dim")?.textContent).not.toBe(""); // of which version it is

    const files = useFiles.getState();
    act(() => listed("a.py", { modifiedAt: Date.now() })); // saved since, whatever the trace ran
    await button("Show cold start");
    act(() => useFiles.setState(files));
    await report();

    served.folder.write("wait", "");
    served.folder.remove("runs");
    await click("Measure again");
    await waitUntil("the script runs", () => existsSync(served.folder.file("runs")));
    await click("Cancel");
    await report(); // the last one stays
    served.folder.remove("wait");
    await click("Measure again");
    await button("Cancel");
    await report();
    expect(screen.queryByRole("alert")).toBeNull();

    served.folder.write("wait", "");
    await click("Measure again");
    await button("Cancel");
    act(() => useWorkspace.setState({ workspace: { root: "/srv/other", name: "other" } }));
    await button("Show cold start");
    expect(useColdStarts.getState()).toMatchObject({ reports: new Map(), running: null });
    await waitFor(() => expect(screen.queryByRole("region", { name: "Cold start" })).toBeNull());
  },
);
