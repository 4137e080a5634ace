// The dialog and the tab of tried values, on a real server: rows, what is not as expected, Stop, and what is asked
// first.
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { CookiesPart } from "../../../../../renderer/features/composer/cookies-part.js";
import { clearCookies, readJar, setCookie } from "../../../../../renderer/features/composer/jar-store.js";
import { saveTraces } from "../../../../../renderer/features/saved/from-trace.js";
import {
  startVariations,
  stopVariations,
  useVariations,
} from "../../../../../renderer/features/variations/run-store.js";
import { VariationsView } from "../../../../../renderer/features/variations/variations-view.js";
import { VaryDialog } from "../../../../../renderer/features/variations/vary-dialog.js";
import { compose } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { useSaveSubject } from "../../../../../renderer/model/request/save-subject.js";
import { useTraceComparison } from "../../../../../renderer/model/traces/trace-comparison.js";
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
const broken = () => run()?.rows.filter((row) => row.broken.length > 0).length;
const ended = () => waitFor(() => expect(run()?.endedMs).toEqual(expect.any(Number)), { timeout: 20_000 });

test("Repeat sends the request so many times; what failed is marked, and a row opens as a trace", async () => {
  show(blankDraft("/counts.cgi"));
  await runToEnd("request.repeat");
  const asked = await dialog();
  fireEvent.change(asked.getByRole("textbox", { name: "Times" }), { target: { value: "7" } });
  expect(asked.getByRole("status").textContent).toMatch(/^7 /);
  fireEvent.click(asked.getByRole("button", { name: "Start" }));
  await ended();
  expect([run()?.count, run()?.rows.length, broken()]).toEqual([7, 7, 2]);
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
  fireEvent.change(asked.getByRole("textbox", { name: "From..to" }), { target: { value: "0..4" } });
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
  expect([run()?.rows.length, broken()]).toEqual([2, 0]);
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
  fireEvent.change(asked.getByRole("textbox", { name: "Times" }), { target: { value: times } });
  expect(asked.getByRole("button", { name: "Start" }).hasAttribute("disabled")).toBe(true);
  fireEvent.click(asked.getByRole("button", { name: "Cancel" }));
});

test("one cookie of the jar varies, and the others go along as they are", async () => {
  served.script("cookies.cgi", `printf 'Content-Type: text/plain\\n\\n%s' "$HTTP_COOKIE"`);
  show(blankDraft("/cookies.cgi"));
  render(<CookiesPart />);
  const attributes = { domain: "127.0.0.1", path: "/", hostOnly: true, expiresAt: null };
  const flags = { secure: false, httpOnly: false, sameSite: null };
  for (const name of ["sid", "theme"]) await setCookie({ name, value: "old", ...attributes, ...flags }, null);
  await readJar();
  fireEvent.click(await screen.findByRole("button", { name: "Try values for sid…" }));
  const asked = await dialog();
  expect(asked.getByRole("combobox", { name: "Place" })).toHaveProperty("value", "cookie.sid");
  fireEvent.change(asked.getByRole("combobox", { name: "Values" }), { target: { value: "list" } });
  fireEvent.change(asked.getByRole("textbox"), { target: { value: "x\ny" } });
  fireEvent.click(asked.getByRole("button", { name: "Start" }));
  await ended();
  const cookies = (run()?.rows ?? []).map(({ trace }) =>
    served.workbench.traces
      .get(trace?.id ?? "")
      ?.request.headers.find(([name]) => String(name) === "Cookie")?.[1]
      ?.split("; "),
  );
  expect(cookies.map((each) => each?.toSorted())).toEqual(["x", "y"].map((value) => [`sid=${value}`, "theme=old"]));
});

test("no cookie of the jar varies while one of them is not text: it would be sent as something else", async () => {
  show(blankDraft("/cookies.cgi"));
  const attributes = { domain: "127.0.0.1", path: "/", hostOnly: true, expiresAt: null };
  const flags = { secure: false, httpOnly: false, sameSite: null };
  await setCookie({ name: "odd", value: { base64: "/w==" }, ...attributes, ...flags }, null);
  openDialog("vary");
  const asked = await dialog();
  const place = asked.getByRole("combobox", { name: "Place" });
  expect([...place.querySelectorAll("option")].filter(({ value }) => value.startsWith("cookie."))).toEqual([]);
  fireEvent.click(asked.getByRole("button", { name: "Cancel" }));
  await clearCookies();
});

const vary = (
  target: string,
  place: string,
  set: Parameters<typeof startVariations>[1]["plan"]["vary"][number]["set"],
) =>
  startVariations("", {
    request: { method: "GET", target, headers: [], body: null, mode: null },
    plan: { vary: [{ place, set }] },
    isAllowed: true,
  });

test("any two rows are compared: one is marked, as in the list of traces", async () => {
  show(blankDraft("/echo.cgi"));
  await vary("/echo.cgi?a=", "query.a", { kind: "list", values: ["1", "2", "3"] });
  await ended();
  const grid = screen.getByRole("grid");
  const button = () => screen.getByRole("button", { name: /^Compare with/ });
  fireEvent.keyDown(grid, { key: "Home" });
  expect(button().hasAttribute("disabled")).toBe(true);
  fireEvent.keyDown(grid, { key: "ArrowDown" });
  fireEvent.keyDown(grid, { key: "m" });
  expect(button().hasAttribute("disabled")).toBe(true); // it is the marked one
  fireEvent.keyDown(grid, { key: "End" });
  fireEvent.keyDown(grid, { key: "c" });
  const [, second, third] = (run()?.rows ?? []).map(({ trace }) => trace?.id);
  expect(useTraceComparison.getState()).toMatchObject({ left: second, right: third });
});

test("saves the rows that can be kept, and says how many cannot", async () => {
  show(blankDraft("/echo.cgi"));
  await vary("/echo.cgi?a=1", "request", { kind: "probes", only: ["get", "garbage", "query-nul"] });
  await ended();
  fireEvent.click(screen.getByRole("button", { name: "Save…" }));
  await waitFor(() => expect(useSaveSubject.getState().subject?.others).toHaveLength(1));
  expect(useSaveSubject.getState().subject?.note).toMatch(/^1 .* 3 /);
});

test("of what cannot be saved each reason has its own number; where no row has a trace nothing can be saved", async () => {
  show(blankDraft("/echo.cgi"));
  await vary("/echo.cgi?a=1", "request", { kind: "probes", only: ["get", "garbage"] });
  await ended();
  const traces = (run()?.rows ?? []).map(({ trace }) => ({ id: trace?.id ?? "", name: "" }));
  await saveTraces([...traces, ...Array.from({ length: 149 }, () => traces[0] ?? { id: "", name: "" })]);
  expect(useSaveSubject.getState().subject?.note?.match(/\d+/g)?.slice(0, 5)).toEqual(["51", "151", "100", "1", "151"]);
  fireEvent.change(screen.getByRole("searchbox", { name: "Filter rows" }), { target: { value: "status:599" } });
  await waitFor(() => expect(screen.getByRole("button", { name: "Save…" })).toHaveProperty("disabled", true));
  await expect(saveTraces([])).rejects.toThrow();
});

test("says why a text or a file makes no values, and names the chosen file while it is used", async () => {
  show(blankDraft("/echo.cgi?a=1"));
  openDialog("vary", "query.a");
  const asked = await dialog();
  const choose = (kind: string) =>
    fireEvent.change(asked.getByRole("combobox", { name: "Values" }), { target: { value: kind } });
  const said = () => asked.getByRole("status").textContent;
  choose("numbers");
  const type = (value: string) => fireEvent.change(asked.getByLabelText("From..to"), { target: { value } });
  type("0-20");
  expect(said()).toContain("0..20");
  type(" 0..4 ");
  expect(said()).toMatch(/^5 /);
  choose("file");
  const drop = async (name: string, lines: number) => {
    const files = [new File(["x\n".repeat(lines)], name)];
    fireEvent.change(asked.getByLabelText("File with a value on each line"), { target: { files } });
    await asked.findByText((text) => text.startsWith(`${name}, `));
  };
  await drop("long.txt", 120_000);
  expect(said()).toMatch(/^long\.txt .*120,000 .*100,000/);
  expect(asked.getByRole("button", { name: "Start" })).toHaveProperty("disabled", true);
  await drop("short.txt", 3);
  expect(said()).toMatch(/^3 /);
  choose("numbers");
  choose("file");
  expect([said()?.slice(0, 2), asked.getByText(/^short\.txt, /).nextSibling]).toEqual(["3 ", null]);
  expect(asked.getByText("3 lines")).toBeTruthy();
  fireEvent.click(asked.getByRole("button", { name: "Cancel" }));
});

test("more rows than the window keeps are refused, and nothing is sent", async () => {
  const before = served.workbench.traces.count;
  const refused = vary("/echo.cgi?a=", "query.a", { kind: "numbers", from: 0, to: 10_000 });
  await expect(refused).rejects.toMatchObject({ data: { code: "variation-count", data: { count: 10_001 } } });
  expect(served.workbench.traces.count).toBe(before);
});

test("what the window keeps of a row is bounded, however long its value and what differs are", async () => {
  served.script("header.cgi", `printf 'Content-Type: text/plain\\nX-Echo: %s\\n\\n' "$QUERY_STRING"`);
  show(blankDraft("/header.cgi"));
  const long = ["a", "b"].map((letter) => letter.repeat(30_000));
  await vary("/header.cgi", "query.a", { kind: "list", values: long });
  await ended();
  const [, second] = run()?.rows ?? [];
  expect(second?.differences).toMatchObject([{ part: "header" }]);
  expect(JSON.stringify(second).length).toBeLessThan(5000);
});
