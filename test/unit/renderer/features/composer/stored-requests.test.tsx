// What is left of a request after the page was loaded again.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { followHistory, useHistory } from "../../../../../renderer/features/composer/history.js";
import { useJar } from "../../../../../renderer/features/composer/jar-store.js";
import { fillRaw, followFields, toggleRaw } from "../../../../../renderer/features/composer/raw-fill.js";
import { saveComposed } from "../../../../../renderer/features/composer/save-composed.js";
import { sendRequest } from "../../../../../renderer/features/composer/send.js";
import { SendItems } from "../../../../../renderer/features/composer/send-items.js";
import { SignInPart } from "../../../../../renderer/features/composer/sign-in-part.js";
import { useWorkspace } from "../../../../../renderer/model/folder/workspace-store.js";
import { keepFile } from "../../../../../renderer/model/request/chosen-files.js";
import {
  compose,
  composeRaw,
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
import { Menu } from "../../../../../renderer/ui/menu.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();
followScripts();
followHistory();
followFields();

let served: ServedPage;
beforeAll(loadPopups);
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
const text = (): string => useComposer.getState().raw.text;
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
  expect(text()).toBe("");
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
  const long = (length: number) => ({ ...blank, body: { ...blank.body, text: "x".repeat(length) } });
  showDraft(long(10), "large.cgi");
  showDraft(blank, "hello.cgi");
  expect(stored().map(([path]) => path)).toEqual(["large.cgi", "hello.cgi"]);
  showDraft(long(maxStoredChars), "large.cgi");
  expect(stored().map(([path]) => path)).toEqual(["hello.cgi"]);
  expect(useComposer.getState().body.text).toHaveLength(maxStoredChars);
});

test("Raw is filled in again after a restart with another port, shown or not", async () => {
  const { state } = useServer.getState();
  if (state === null) throw new Error("There is no server.");
  const restart = (port: number): void =>
    useServer.setState({ state: { ...state, server: { ...state.server, url: `http://127.0.0.1:${port}` } } });
  showDraft(blank, "hello.cgi");
  await toggleRaw();
  restart(9001);
  await waitFor(() => expect(text()).toContain("Host: 127.0.0.1:9001"));

  await toggleRaw();
  const [draft] = loaded();
  restart(9002);
  showDraft(draft ?? blank, "hello.cgi");
  expect(text()).toBe("");
  await toggleRaw();
  expect(text()).toContain("Host: 127.0.0.1:9002");
});

test("what Raw filled in is not stored: the password, the cookies, the contents of a file", async () => {
  useJar.setState({ header: "sid=1" });
  const file = keepFile(new Blob(["\x01".repeat(10_000)]), "a.bin");
  showDraft(
    {
      ...blank,
      body: { ...blank.body, kind: "file", file },
      signIn: { ...blank.signIn, user: "me", password: "secret" },
    },
    "hello.cgi",
  );
  await toggleRaw();
  const filled = [`Basic ${btoa("me:secret")}`, "Cookie: sid=1", "\\x01".repeat(10_000)];
  for (const part of filled) expect(text()).toContain(part);
  await sendRequest();
  for (const draft of loaded()) {
    expect(draft).toMatchObject({ target: "/hello.cgi", body: { file: { name: "a.bin" } } });
    expect(draft?.raw).toMatchObject({ isOn: true, text: "" });
  }
});

test("Raw of a stored request is filled in again, each time the request is chosen, and keeps its place", async () => {
  showDraft(blank, "hello.cgi");
  await toggleRaw();
  await sendRequest();
  loaded();
  const sent = useHistory.getState().requests.length;
  useComposer.setState({ subject: "hello.cgi" });
  render(
    <Menu trigger={<button type="button">Open</button>}>
      <SendItems />
    </Menu>,
  );
  for (let n = 0; n < 2; n++) {
    composeRaw({ text: "GET /typed", isOwn: true });
    fireEvent.click(screen.getByRole("button", { name: "Open" }));
    const [newest] = await screen.findAllByRole("menuitem", { name: /GET \/hello\.cgi raw/ });
    if (newest !== undefined) fireEvent.click(newest);
    await waitFor(() => expect(text()).toContain("GET /hello.cgi HTTP/1.1\n"));
  }
  await sendRequest();
  expect(useHistory.getState().requests).toHaveLength(sent);
});
