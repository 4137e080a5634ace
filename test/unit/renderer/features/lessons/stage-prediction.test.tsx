// The prediction on the stage: its ways out, what has the focus then, the keys meanwhile, and its languages.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sendRequest } from "../../../../../renderer/features/composer/send.js";
import { useLessonFolder } from "../../../../../renderer/features/lessons/lesson-folder.js";
import { useLesson } from "../../../../../renderer/features/lessons/lesson-store.js";
import { Presentation } from "../../../../../renderer/features/present/presentation.js";
import { useWorkspace } from "../../../../../renderer/model/folder/workspace-store.js";
import { showDraft } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import {
  enterPresentation,
  leavePresentation,
  usePresentation,
} from "../../../../../renderer/platform/presentation.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import type { LessonView } from "../../../../../server/contract/lessons-contract.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();
const progress = { attempts: 0, hints: 0, prediction: null, startedAt: 0, passedAt: null };
const view: LessonView = {
  ...{ id: "one", code: "shell", title: "One", goal: "", place: null, script: "hello.cgi", request: null },
  predict: { ask: "What comes?", choices: ["This", "That"], answer: 1, because: "" },
  ...{ look: [], misconception: "", doctor: "shown", story: "", task: "", hints: [], after: "", checks: [] },
  ...{ language: "de", untranslated: ["front"], progress, next: null, trust: null },
};

let served: ServedPage;
let ids: readonly string[] = [];
beforeAll(async () => {
  await loadPopups();
  served = await servePage();
  served.script("hello.cgi", "printf 'Content-Type: text/plain\\n\\nhello'");
  const sent: string[] = [];
  for (const query of ["1", "2"]) {
    showDraft(blankDraft(`/hello.cgi?${query}`), null);
    await sendRequest();
    sent.push(useSelection.getState().traceId ?? "");
  }
  ids = sent;
});
afterEach(() => act(leavePresentation));
afterAll(() => served[Symbol.asyncDispose]());

let stage: HTMLElement;
beforeEach(async () => {
  useLessonFolder.setState({ root: useWorkspace.getState().workspace?.root ?? "" });
  useLesson.setState({ view });
  enterPresentation(ids[1] ?? "");
  render(<Presentation />);
  stage = await screen.findByRole("main", { name: "Presentation" });
  await screen.findByRole("region", { name: "Your prediction" });
});

test.each(["This", "Show what happened"])("after “%s” the stage has the focus, and the keys step", async (name) => {
  for (const key of ["ArrowLeft", " "]) fireEvent.keyDown(stage, { key });
  expect([useSelection.getState().traceId, usePresentation.getState().tourStep]).toEqual([ids[1], null]);
  const button = screen.getByRole("button", { name });
  button.focus();
  fireEvent.click(button);
  await screen.findByRole("region", { name: "X-ray" });
  expect(document.activeElement).toBe(stage);
  fireEvent.keyDown(stage, { key: "ArrowLeft" });
  await waitFor(() => expect(useSelection.getState().traceId).toBe(ids[0]));
});

test("Exit ends the presentation, and nothing is predicted", () => {
  fireEvent.click(screen.getByRole("button", { name: /^Exit/ }));
  expect([usePresentation.getState().isOn, useLesson.getState().view?.progress.prediction]).toEqual([false, null]);
});

test("only the question and its choices are in the language of the lesson", () => {
  expect(screen.getByRole("button", { name: "That" }).lang).toBe("en"); // it is not translated
  act(() => useLesson.setState({ view: { ...view, untranslated: [] } }));
  const langs = ["That", "Show what happened"].map((name) => screen.getByRole("button", { name }).lang);
  expect([...langs, screen.getByText("What comes?").lang]).toEqual(["de", "", "de"]);
  expect(screen.getByRole("region", { name: "Your prediction" }).lang).toBe("");
});
