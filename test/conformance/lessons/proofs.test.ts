// The traces that prove what a check of a lesson has found: one is in the list once it is shown, until the next check.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { ListEvent } from "../../../server/contract/traces-contract.js";
import { readStoreOf } from "../../../server/features/exchange/read-store.js";
import { Course } from "../../../server/lessons/course.js";
import { lessonIn, readLesson } from "../../../server/lessons/format/read-lesson.js";
import { trustLesson } from "../../../server/lessons/lesson-trust.js";
import { startWork } from "../../../server/lessons/work.js";
import { type RpcWindows, rpcWindows } from "../../support/rpc-windows.js";
import { printing, writeSmallLesson } from "../../support/small-lesson.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let workbench: Workbench;
let windows: RpcWindows;
beforeEach(async () => {
  folder = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  const expecting = (id: string): string =>
    `  - { id: ${id}, say: So., request: { target: "/{script}?${id}" }, expect: { body: solution } }`;
  const lesson = await lessonIn(
    writeSmallLesson(folder.file("small"), { checks: `${expecting("one")}\n${expecting("two")}` }),
  );
  const course = new Course();
  await trustLesson(course, lesson);
  await startWork(course, { lesson, code: "shell", name: null, folder: folder.file("work") });
  folder.write("work/cgi-bin/small.sh", printing('echo "so $QUERY_STRING"'));
  workbench = await Workbench.create();
  await workbench.folder.open(folder.file("work"), { port: 0 });
  windows = await rpcWindows(workbench, "port");
});
afterEach(async () => {
  await windows[Symbol.asyncDispose]();
  await workbench.dispose();
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

test("none is in the list before it is shown, and none is stored", async () => {
  const { client } = await windows.open();
  const call = { query: "", order: null, first: 0, count: 100, around: null, since: null, lastSave: null };
  const listed = async () => {
    let last: ListEvent | null = null;
    for await (const event of await client.traces.list({ ...call, isCleared: false, until: null })) last = event;
    if (last?.kind !== "listed") throw new Error("There is no list.");
    return { rows: last.found.map(({ row }) => row), all: last.all };
  };
  const check = async () => {
    const { report } = await client.lessons.check({ root: null, language: "en" });
    return report.checks.map(({ failure }) => failure?.trace ?? "");
  };

  const before = await check();
  expect(new Set(before).size).toBe(2);
  expect(await listed()).toEqual({ rows: [], all: 0 });

  const [proof = ""] = await check();
  await expect(client.lessons.show({ root: null, trace: before[0] ?? "" })).rejects.toThrow();
  const { id } = await client.lessons.show({ root: null, trace: proof });
  expect(await client.lessons.show({ root: null, trace: proof })).toEqual({ id });
  const { rows, all } = await listed();
  expect(rows).toMatchObject([{ id, from: "lesson", pinned: false, file: "cgi-bin/small.sh" }]);
  expect(all).toBe(1);
  const body = await client.traces.bytes({ id, stream: "response-body", from: 0, length: 100 });
  expect(Buffer.from(body).toString()).toBe("so one\n");

  await check();
  expect(await listed()).toEqual({ rows: [], all: 0 });

  const [kept = ""] = await check();
  const shown = await client.lessons.show({ root: null, trace: kept });
  await client.traces.pin({ id: shown.id, pinned: true });
  await check();
  expect((await listed()).rows.map((row) => row.id)).toEqual([shown.id]);
  await workbench.folder.close();
  expect(readStoreOf(folder.file("work"), (store) => store?.find([], 10).total ?? 0)).toBe(0);
});

test("a lesson begins with a trace in the window: it is right, and its solution is the trace's script", async () => {
  const { client } = await windows.open();
  const [check] = (await client.lessons.check({ root: null, language: "en" })).report.checks;
  const { id } = await client.lessons.show({ root: null, trace: check?.failure?.trace ?? "" });
  const { root } = await client.lessons.fromTrace({ trace: id, works: folder.file("own") });
  const { lesson, mistakes } = await readLesson(root);
  expect(mistakes).toEqual([]);
  expect(lesson?.front.code).toEqual(["shell"]);
  const solution = lesson?.files.find(({ path }) => path === "solution/shell/cgi-bin/small.sh");
  expect(Buffer.from(solution?.bytes ?? []).toString()).toBe(printing('echo "so $QUERY_STRING"'));
  await expect(client.lessons.fromTrace({ trace: "none", works: null })).rejects.toThrow();
});
