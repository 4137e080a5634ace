// A cURL command that is pasted into the window, as the composer shows it.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { onPasteCurl } from "../../../../../renderer/features/curl/on-paste.js";
import { loadCurl } from "../../../../../renderer/features/curl/paste.js";
import { showDraft, useComposer } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";

beforeEach(() => showDraft(blankDraft("/typed"), null));
afterEach(cleanup);

test("whose target or header is not UTF-8 is shown as its bytes", () => {
  expect(loadCurl(String.raw`curl 'http://h:1/'"$(printf '\374')" -H $'X-A: \xfc' -d a=1`)).toBeNull();
  expect(useComposer.getState().raw).toMatchObject({
    isOn: true,
    isOwn: true,
    text: [
      ...[String.raw`POST /\xfc HTTP/1.1`, "Host: h:1", String.raw`X-A: \xfc`],
      ...["Content-Type: application/x-www-form-urlencoded", "Connection: close", "Content-Length: 3", "", "a=1"],
    ].join("\n"),
  });
});

test("in UTF-8 is shown in the fields", () => {
  expect(loadCurl("curl 'http://h/ü'")).toBeNull();
  expect(useComposer.getState()).toMatchObject({ target: "/ü", raw: { isOn: false } });
});

test.each([
  ["curl http://h/a", "/a"],
  ["printf '%s' 'a\nb' | curl --data-binary @- http://h/lines", "/lines"],
])("into a field of the request is taken: %j", async (text, target) => {
  render(<input aria-label="Address" onPaste={onPasteCurl} />);
  const field = screen.getByRole("textbox", { name: "Address" });
  expect(fireEvent.paste(field, { clipboardData: { getData: () => text } })).toBe(false);
  await waitFor(() => expect(useComposer.getState().target).toBe(target));
});

test("with other text into a field is not taken", () => {
  render(<input aria-label="Address" onPaste={onPasteCurl} />);
  const field = screen.getByRole("textbox", { name: "Address" });
  for (const text of ["/curl", "printf 'a\nb'", "a ' | curl x"])
    expect(fireEvent.paste(field, { clipboardData: { getData: () => text } })).toBe(true);
});
