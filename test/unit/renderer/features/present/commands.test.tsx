// “Present” of a script whose first request is refused, or while another runs: the workbench stays, and says why.
import { waitFor } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { compose, showDraft, useComposer } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { registerCommands, runCommand, runToEnd } from "../../../../../renderer/platform/command-registry.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import {
  enterPresentation,
  leavePresentation,
  usePresentation,
} from "../../../../../renderer/platform/presentation.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

registerCommands(allCommands);
let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  served.script("hello.cgi", "printf 'Content-Type: text/plain\\n\\nhello'");
  served.script("slow.cgi", "sleep 600");
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => {
  leavePresentation();
  useSelection.setState({ traceId: "earlier", sentId: "earlier" });
});

test("its first request is shown", async () => {
  showDraft(blankDraft("/hello.cgi"), "hello.cgi");
  await runToEnd("view.present");
  const { traceId } = useSelection.getState();
  expect(usePresentation.getState()).toMatchObject({ isOn: true, tourStep: null });
  expect(traceId).not.toBe("earlier");
});

test("on the stage the tour begins over the trace that is shown there", async () => {
  enterPresentation("linked page");
  await runToEnd("tour.start");
  expect(usePresentation.getState().tourStep).toBe(0);
  expect(useSelection.getState().traceId).toBe("linked page");
});

test("to look at the latest trace and leave goes on to follow the latest; to step to another ends that", () => {
  useSelection.setState({ traceId: "of another client", followLatest: true });
  enterPresentation("of another client");
  leavePresentation();
  expect(useSelection.getState()).toMatchObject({ sentId: "earlier", followLatest: true });
  enterPresentation("of another client");
  useSelection.getState().select("before it");
  leavePresentation();
  expect(useSelection.getState()).toMatchObject({ sentId: "before it", followLatest: false });
});

test("no other trace is shown when the request is refused", async () => {
  showDraft(blankDraft("/other.cgi"), "other.cgi");
  compose({ signIn: { user: "ada", password: "", isPasswordLost: true, tellScript: false } });
  await runToEnd("view.present");
  expect(useComposer.getState().problem).not.toBeNull();
  expect(usePresentation.getState().isOn).toBe(false);
});

test("no other trace is shown when a request runs", async () => {
  showDraft(blankDraft("/slow.cgi"), "slow.cgi");
  runCommand("request.send");
  await waitFor(() => expect(useComposer.getState().isRunning).toBe(true));
  await runToEnd("view.present");
  expect(usePresentation.getState().isOn).toBe(false);
  expect(useNotices.getState().notices.at(-1)?.text).toContain("A request is running.");
  runCommand("request.stop");
  await waitFor(() => expect(useComposer.getState().isRunning).toBe(false));
});
