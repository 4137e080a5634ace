// The modules that prefork preloads, on a real server: the boxes show what is configured and what is proposed, and the
// button leaves other modules of the configuration alone.
import { fireEvent, render, screen } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ColdStart } from "../../../../../renderer/features/mode-comparison/cold-start.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import type { StartupReport } from "../../../../../server/contract/command-output.js";
import { configFileName } from "../../../../../server/contract/config.js";
import { asSentence } from "../../../../../server/contract/message.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";
import { waitFor } from "../../../../support/wait-for.js";

layOutPage();

const advice = { code: "preload", text: asSentence(""), data: {} };
const imported = (name: string, isProposed: boolean) => ({
  ...{ name, depth: 0, totalMs: 10, selfMs: 10, line: null, isOwn: false, isPreloaded: !isProposed },
  advice: isProposed ? advice : null,
});
const report: StartupReport = {
  ...{ target: "/x.py", language: "python", totalMs: 100, interpreterMs: 20, importsMs: 40, scriptMs: 40 },
  imports: [imported("csv", false), imported("decimal", true), imported("json", false), imported("wave", true)],
  remarks: [],
  preloaded: ["html.entities", "json"],
};
const configured = JSON.stringify({ scripts: { "x.py": { preload: report.preloaded } } });

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  served.folder.write("x.py", "#!/usr/bin/env python3\n");
  served.folder.makeExecutable("x.py");
  served.folder.write(configFileName, configured);
  await served.workbench.folder.open(served.folder.path, { port: 0 });
});
afterAll(() => served[Symbol.asyncDispose]());

const preloaded = () => served.workbench.folder.workspace().config.scripts["x.py"]?.preload;
const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });

test("are the configured ones and those chosen, without those unticked; the undo gives back the list", async () => {
  render(<ColdStart report={report} path="x.py" />);
  const boxes = screen.getAllByRole<HTMLInputElement>("checkbox").map(({ checked }) => checked);
  expect(boxes).toEqual([true, true, true]); // decimal, json, wave
  fireEvent.click(box("json"));
  fireEvent.click(box("wave"));
  fireEvent.click(screen.getByRole("button", { name: /^Preload / }));
  await waitFor("the configuration", () => preloaded()?.includes("decimal") === true);
  expect(preloaded()).toEqual(["html.entities", "decimal"]);
  await waitFor("the notice", () => useNotices.getState().notices.length > 0);
  useNotices.getState().notices[0]?.action?.run();
  await waitFor("the configuration", () => served.folder.read(configFileName) === configured);
});
