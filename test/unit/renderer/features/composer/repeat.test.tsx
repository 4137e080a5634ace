import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { Composer } from "../../../../../renderer/features/composer/composer.js";
import { RepeatDialog } from "../../../../../renderer/features/composer/repeat-dialog.js";
import { useRepeated } from "../../../../../renderer/features/composer/repeated.js";
import { compose } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { registerCommands, whyUnavailable } from "../../../../../renderer/platform/command-registry.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();
registerCommands(allCommands);

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  // Every third request fails.
  served.script(
    "counts.cgi",
    `n=$(cat count 2>/dev/null); n=$((n + 1)); echo $n >count
[ $((n % 3)) = 0 ] && exit 3
printf 'Content-Type: text/plain\\n\\n%s' $n`,
  );
  served.script("slow.cgi", "sleep 600");
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => useSelection.getState().select(null));

function show(target: string) {
  compose(blankDraft(target));
  render(
    <>
      <Composer />
      <RepeatDialog />
    </>,
  );
}

async function repeat(times: string) {
  await waitFor(() => expect(whyUnavailable("request.repeat")).toBeNull()); // the last one may still be ending
  fireEvent.click(screen.getByRole("button", { name: "More ways to send" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "Repeat request…" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Repeat this request" }));
  fireEvent.change(dialog.getByRole("spinbutton", { name: "Times" }), { target: { value: times } });
  return dialog;
}

test("sends one after the other, counts failures apart, and opens the first of them", async () => {
  show("/counts.cgi");
  const before = served.workbench.traces.count;
  fireEvent.click((await repeat("7")).getByRole("button", { name: "Start" }));
  const line = await screen.findByRole("button", { name: /^7 sent/ });
  expect(served.workbench.traces.count).toBe(before + 7);
  expect(line.textContent).toMatch(
    /^7 sent·2 failed·p50 [\d.,]+ m?s·[\d.,]+ m?s to [\d.,]+ m?sOpen the first that failed$/,
  );
  fireEvent.click(line);
  const { traceId } = useSelection.getState();
  expect(served.workbench.traces.get(traceId ?? "")).toMatchObject({ seq: before + 3, process: { exitCode: 3 } });

  // A single request has its own line again.
  fireEvent.click(screen.getByRole("button", { name: /^Send/ }));
  await screen.findByRole("button", { name: /^200/ });
});

test("what was held counts as sent, and its time does not", async () => {
  served.script("quick.cgi", "printf 'Content-Type: text/plain\\n\\n'");
  const leaving = new AbortController();
  const { holds } = served.workbench;
  void holds.keep({ query: "", moment: "start", isOnce: true, pace: null, matches: () => true }, leaving.signal);
  show("/quick.cgi");
  fireEvent.click((await repeat("3")).getByRole("button", { name: "Start" }));
  await waitFor(() => expect(holds.held.length).toBe(1));
  leaving.abort();
  await screen.findByRole("button", { name: /^3 sent/ });
  expect(useRepeated.getState().repeated).toMatchObject({ sent: 3, failed: 0 });
  expect(useRepeated.getState().repeated?.tookMs.length).toBe(2);
});

test("Stop ends the whole row of requests, and says how far it came", async () => {
  show("/slow.cgi");
  fireEvent.click((await repeat("5")).getByRole("button", { name: "Start" }));
  const bar = await screen.findByRole("progressbar", { name: "Requests sent" });
  expect([bar.getAttribute("value"), bar.getAttribute("max")]).toEqual(["0", "5"]);
  const before = served.workbench.traces.count;
  fireEvent.click(await screen.findByRole("button", { name: "Stop request" }));
  await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull());
  await waitFor(() => expect(served.workbench.traces.count).toBe(before + 1));
});

test.each(["1", "1001", "2.5", ""])("“%s” is no number of times", async (times) => {
  show("/counts.cgi");
  const dialog = await repeat(times);
  expect(dialog.getByRole("button", { name: "Start" }).hasAttribute("disabled")).toBe(true);
  fireEvent.click(dialog.getByRole("button", { name: "Cancel" }));
});
