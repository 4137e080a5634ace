// Saving a response body that takes long to read, and what is said when that is cancelled.
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { saveBody } from "../../../../renderer/model/traces/save-body.js";
import { useNotices } from "../../../../renderer/platform/notices.js";
import { useProgress } from "../../../../renderer/platform/progress.js";
import type { TraceView } from "../../../../server/contract/trace.js";
import { layOutPage } from "../../../support/laid-out-page.js";
import type { ServedPage } from "../../../support/served-page.js";
import { sentRaw } from "../sent-raw.js";
import { serveStreams } from "../streamed-page.js";

layOutPage();

/** How the reading that waits ends. */
let end: { readonly arrive: () => void; readonly fail: () => void } | null = null;
let served: ServedPage;
let trace: TraceView;
beforeAll(async () => {
  served = await serveStreams(
    (_id, _stream, _from, length) =>
      new Promise((resolve, reject) => {
        end = { arrive: () => resolve(new Uint8Array(length)), fail: () => reject(new Error("It failed.")) };
      }),
  );
  served.script("page.cgi", "printf 'Content-Type: text/html\\n\\nhello'");
  trace = await sentRaw(["GET /page.cgi HTTP/1.1"]);
});
afterAll(() => served[Symbol.asyncDispose]());

const made = vi.spyOn(URL, "createObjectURL");
beforeEach(() => {
  end = null;
  made.mockClear();
  useNotices.setState({ notices: [] });
});
const tones = () => useNotices.getState().notices.map(({ tone }) => tone);

test.each([
  ["arrive", 1, []],
  ["fail", 0, ["bad"]],
] as const)("the bytes %s", async (how, files, said) => {
  const saving = saveBody(trace);
  await vi.waitUntil(() => end, 20_000);
  end?.[how]();
  await saving;
  expect(made).toHaveBeenCalledTimes(files);
  expect(tones()).toEqual(said);
});

test.each(["arrive", "fail"] as const)("cancelled, it saves nothing and is no failure: the bytes %s", async (how) => {
  const saving = saveBody(trace);
  const work = await vi.waitUntil(() => useProgress.getState().running[0], 20_000);
  work.cancel();
  end?.[how]();
  await saving;
  expect(made).not.toHaveBeenCalled();
  expect(tones()).toEqual(["info"]);
});
