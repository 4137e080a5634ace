// What is left of a request after the page was loaded again.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { followHistory, useHistory } from "../../../../../renderer/features/composer/history.js";
import { fillRaw, followFields, toggleRaw } from "../../../../../renderer/features/composer/raw-fill.js";
import { saveComposed } from "../../../../../renderer/features/composer/save-composed.js";
import { sendRequest } from "../../../../../renderer/features/composer/send.js";
import { SignInPart } from "../../../../../renderer/features/composer/sign-in-part.js";
import { useWorkspace } from "../../../../../renderer/model/folder/workspace-store.js";
import {
  compose,
  followScripts,
  showDraft,
  useComposer,
} from "../../../../../renderer/model/request/composer-store.js";
import {
  blankDraft,
  draftFrom,
  maxStoredChars,
  type RequestDraft,
} from "../../../../../renderer/model/request/draft.js";
import { useSaveSubject } from "../../../../../renderer/model/request/save-subject.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { recall } from "../../../../../renderer/platform/storage.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();
followScripts();
followHistory();
followFields();

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  served.script("hello.cgi", "printf 'Content-Type: text/plain\\n\\nhello'");
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => useNotices.setState({ notices: [] }));

const blank = blankDraft("/hello.cgi");
const stored = () => recall(`requests:${served.folder.path}`, (value) => (Array.isArray(value) ? value : null)) ?? [];

/** The requests that a load of the page finds, of the composer and of the history. */
function loaded(): readonly (RequestDraft | null)[] {
  const { workspace } = useWorkspace.getState();
  useWorkspace.setState({ workspace: null });
  useWorkspace.setState({ workspace });
  return [draftFrom(stored()[0]?.[1]), useHistory.getState().requests[0]?.draft ?? null];
}
const count = (): number => served.workbench.traces.count;
const code = (): string | undefined => useComposer.getState().problem?.code;

test("a sign-in waits until the password that is not stored was typed again, or the field was made empty", async () => {
  showDraft({ ...blank, signIn: { ...blank.signIn, user: "me", password: "secret" } }, "hello.cgi");
  await sendRequest();
  expect([count(), code()]).toEqual([1, undefined]);
  for (const draft of loaded()) {
    if (draft === null) throw new Error("The request was not stored.");
    expect(JSON.stringify(draft)).not.toContain("secret");
    showDraft(draft, "hello.cgi");
    await sendRequest();
    expect([count(), code()]).toEqual([1, "no-password"]);
  }
  await fillRaw();
  await saveComposed();
  expect(useComposer.getState().raw.text).toBe("");
  expect([useNotices.getState().notices.length, useSaveSubject.getState().subject]).toEqual([1, null]);

  compose({ headers: [{ id: "own", name: "authorization", value: "Bearer 1" }] });
  await sendRequest();
  expect([count(), code()]).toEqual([2, undefined]);
  compose({ headers: [] });

  render(<SignInPart />);
  const field = screen.getByLabelText("Password");
  for (const value of ["x", ""]) fireEvent.change(field, { target: { value } });
  await sendRequest();
  expect([count(), code()]).toEqual([3, undefined]);
});

test("a password that was left empty is none that was lost", async () => {
  showDraft({ ...blank, signIn: { ...blank.signIn, user: "me" } }, "hello.cgi");
  const before = count();
  const [draft] = loaded();
  showDraft(draft ?? blank, "hello.cgi");
  await sendRequest();
  expect([draft?.signIn.user, count(), code()]).toEqual(["me", before + 1, undefined]);
});

test("a request that would take the room of all others is not stored, and no older one in its place", () => {
  const text = (length: number) => ({ ...blank, body: { ...blank.body, text: "x".repeat(length) } });
  showDraft(text(10), "large.cgi");
  showDraft(blank, "hello.cgi");
  expect(stored().map(([path]) => path)).toEqual(["large.cgi", "hello.cgi"]);
  showDraft(text(maxStoredChars), "large.cgi");
  expect(stored().map(([path]) => path)).toEqual(["hello.cgi"]);
  expect(useComposer.getState().body.text).toHaveLength(maxStoredChars);
});

test("Raw is filled in again after a restart with another port, shown or not", async () => {
  const { state } = useServer.getState();
  if (state === null) throw new Error("There is no server.");
  const restart = (port: number): void =>
    useServer.setState({ state: { ...state, server: { ...state.server, url: `http://127.0.0.1:${port}` } } });
  const text = () => useComposer.getState().raw.text;
  showDraft(blank, "hello.cgi");
  await toggleRaw();
  restart(9001);
  await waitFor(() => expect(text()).toContain("Host: 127.0.0.1:9001"));

  await toggleRaw();
  const [draft] = loaded();
  restart(9002);
  showDraft(draft ?? blank, "hello.cgi");
  expect(text()).toContain("Host: 127.0.0.1:9001");
  await toggleRaw();
  expect(text()).toContain("Host: 127.0.0.1:9002");
});
