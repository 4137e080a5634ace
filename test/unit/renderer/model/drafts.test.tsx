// Unsaved edits that localStorage has no room for.
import { afterEach, expect, test, vi } from "vitest";
import { keepDraftsAtEnd } from "../../../../renderer/model/documents/draft-autosave.js";
import { draftOf, dropDraft, keepDraft } from "../../../../renderer/model/documents/drafts.js";
import { recall, windowStorage } from "../../../../renderer/platform/storage.js";

const root = "/srv/site";
const small = { text: "a", baseHash: null };
const large = { text: "b".repeat(200), baseHash: null };

keepDraftsAtEnd();
afterEach(() => vi.restoreAllMocks());

/** Leaves room for short values alone. */
function fill(): void {
  vi.spyOn(windowStorage, "setItem").mockImplementation((key, value) => {
    if (value.length > large.text.length) throw new DOMException("full", "QuotaExceededError");
    localStorage.setItem(key, value);
  });
}
const stored = (path: string): unknown => recall(`draft:${root}\n${path}`, (value) => value);
/** False: the page asks before it ends. */
const mayEnd = (): boolean => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

test("they stay in memory, and no older ones are restored in their place", () => {
  keepDraft(root, "a.py", small);
  expect(stored("a.py")).toEqual(small);
  fill();
  keepDraft(root, "a.py", large);
  expect([draftOf(root, "a.py"), stored("a.py")]).toEqual([large, null]);
  keepDraft(root, "a.py", small);
  expect([draftOf(root, "a.py"), stored("a.py")]).toEqual([small, small]);
});

test("the page asks before it ends as long as there is no room for them, whichever folder is open", () => {
  expect(mayEnd()).toBe(true);
  fill();
  keepDraft(root, "a.py", large);
  expect(mayEnd()).toBe(false);
  dropDraft(root, "a.py");
  expect([draftOf(root, "a.py"), mayEnd()]).toEqual([null, true]);
  keepDraft(root, "a.py", large);
  vi.restoreAllMocks();
  expect([mayEnd(), stored("a.py")]).toEqual([true, large]);
});
