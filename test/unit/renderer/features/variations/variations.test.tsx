// The dialog and the tab of tried values, on a real server: rows, what is not as expected, Stop, and what is asked
// first.
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { stopVariations, useVariations } from "../../../../../renderer/features/variations/run-store.js";
import { VariationsView } from "../../../../../renderer/features/variations/variations-view.js";
import { VaryDialog } from "../../../../../renderer/features/variations/vary-dialog.js";
import { compose } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { closeBottomTab, useBottomTab } from "../../../../../renderer/platform/bottom-tab-store.js";
import { registerCommands, runToEnd } from "../../../../../renderer/platform/command-registry.js";
import { openDialog } from "../../../../../renderer/platform/dialogs.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();
registerCommands(allCommands);

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  served.script(
    "counts.cgi",
    `n=$(cat count 2>/dev/null); n=$((n + 1)); echo $n >count
[ $((n % 3)) = 0 ] && exit 3
printf 'Content-Type: text/plain\\n\\n%s' $n`,
  );
  served.script("echo.cgi", `printf 'Content-Type: text/plain\\n\\n%s' "$QUERY_STRING"`);
  served.script("slow.cgi", "echo x >>begun; sleep 600");
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => {
  stopVariations();
  closeBottomTab("variations");
  useSelection.getState().select(null);
});

function show(draft: ReturnType<typeof blankDraft>) {
  compose(draft);
  render(
    <>
      <VaryDialog />
      <VariationsView />
    </>,
  );
}
const dialog = async () => within(await screen.findByRole("dialog", { name: "Try values" }));
const run = () => useVariations.getState().run;
const ended = () => waitFor(() => expect(run()?.endedMs).toEqual(expect.any(Number)), { timeout: 20_000 });

test("Repeat sends the request so many times; what failed is marked, and a row opens as a trace", async () => {
  show(blankDraft("/counts.cgi"));
  await runToEnd("request.repeat");
  const asked = await dialog();
  fireEvent.change(asked.getByRole("spinbutton", { name: "Times" }), { target: { value: "7" } });
  expect(asked.getByRole("status").textContent).toMatch(/^7 /);
  fireEvent.click(asked.getByRole("button", { name: "Start" }));
  await ended();
  expect(run()).toMatchObject({ count: 7, sent: 7, broken: 2 });
  expect(useBottomTab.getState().view).toBe("variations");
  const rows = await screen.findAllByRole("row", { name: /.*/ });
  expect(rows.filter((row) => row.dataset["broken"])).toHaveLength(2);
  const third = rows[3];
  if (third) fireEvent.click(third);
  expect(served.workbench.traces.get(useSelection.getState().traceId ?? "")).toMatchObject({
    process: { exitCode: 3 },
  });
});

test("two places vary together, or each with each; the rows are sorted by a column", async () => {
  show(blankDraft("/echo.cgi?a=1&b=2"));
  openDialog("vary", "query.b");
  const asked = await dialog();
  const [place, values] = [
    asked.getByRole("combobox", { name: "Place" }),
    asked.getByRole("combobox", { name: "Values" }),
  ];
  expect([place, values].map((field) => field instanceof HTMLSelectElement && field.value)).toEqual([
    "query.b",
    "list",
  ]);
  expect(asked.getByRole("button", { name: "Start" }).hasAttribute("disabled")).toBe(true);
  fireEvent.change(asked.getByRole("textbox"), { target: { value: "x\nyy\nzzz\n" } });
  fireEvent.click(asked.getByRole("button", { name: "Another place" }));
  fireEvent.change(asked.getAllByRole("combobox", { name: "Values" })[1] ?? values, { target: { value: "numbers" } });
  fireEvent.change(asked.getByRole("spinbutton", { name: "to" }), { target: { value: "4" } });
  expect(asked.getByRole("status").textContent).toMatch(/^3 /);
  fireEvent.click(asked.getByRole("radio", { name: "Each with each" }));
  expect(asked.getByRole("status").textContent).toMatch(/^15 /);
  fireEvent.click(asked.getByRole("button", { name: "Start" }));
  await ended();
  expect(
    run()
      ?.rows.map(({ trace }) => trace?.target)
      .slice(0, 2),
  ).toEqual(["/echo.cgi?a=0&b=x", "/echo.cgi?a=1&b=x"]);
  fireEvent.click(screen.getByRole("button", { name: "Value" }));
  fireEvent.click(screen.getByRole("button", { name: "Value ↑" }));
  expect(screen.getAllByRole("row")[1]?.textContent).toContain("zzz · 4");
});

test("methods other than GET and HEAD are asked for once, with their number", async () => {
  show({ ...blankDraft("/echo.cgi?a=1"), method: "POST" });
  openDialog("vary", "query.a");
  const asked = await dialog();
  const before = served.workbench.traces.count;
  fireEvent.change(asked.getByRole("combobox", { name: "Values" }), { target: { value: "list" } }); // and not as last time
  fireEvent.change(asked.getByRole("textbox"), { target: { value: "x\ny" } });
  fireEvent.click(asked.getByRole("button", { name: "Start" }));
  await waitFor(() => expect(asked.getByRole("status").textContent).toMatch(/^2 of 2 /));
  expect(served.workbench.traces.count).toBe(before);
  fireEvent.click(asked.getByRole("button", { name: /^Send 2/ }));
  await ended();
  expect(run()).toMatchObject({ sent: 2, broken: 0 });
});

test("Stop ends the run at once, with the request that is running; the tab ends it too", async () => {
  show(blankDraft("/slow.cgi"));
  let begun = "";
  for (const end of [
    () => fireEvent.click(screen.getByRole("button", { name: "Stop" })),
    () => closeBottomTab("variations"),
  ]) {
    const before = served.workbench.traces.count;
    await runToEnd("request.repeat");
    fireEvent.click((await dialog()).getByRole("button", { name: "Start" }));
    const bar = await screen.findByRole("progressbar", { name: "Requests sent" });
    expect([bar.getAttribute("value"), bar.getAttribute("max")]).toEqual(["0", "20"]);
    begun += "x\n";
    await waitFor(() => expect(served.folder.read("begun")).toBe(begun), { timeout: 10_000 });
    end();
    await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull());
    await waitFor(() => expect(served.workbench.traces.count).toBe(before + 1), { timeout: 10_000 });
  }
});

test.each(["0", "10001", "2.5", ""])("“%s” is no number of times", async (times) => {
  show(blankDraft("/counts.cgi"));
  await runToEnd("request.repeat");
  const asked = await dialog();
  fireEvent.change(asked.getByRole("spinbutton", { name: "Times" }), { target: { value: times } });
  expect(asked.getByRole("button", { name: "Start" }).hasAttribute("disabled")).toBe(true);
  fireEvent.click(asked.getByRole("button", { name: "Cancel" }));
});
