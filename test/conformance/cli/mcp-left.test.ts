// What an assistant gets once the folder that it came for is closed, or another one is open in its place.
import { existsSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { serveCommands } from "../../../server/features/join/server-socket.js";
import { servicesOf } from "../../../server/features/join/services.js";
import { Assistant, revisions } from "../../support/assistant.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
let other: TempFolder;
let workbench: Workbench;
const open = ({ path }: TempFolder): Promise<void> => workbench.folder.open(path, { port: 0, run: { host: null } });

beforeEach(async () => {
  folder = folderOf("ours");
  other = folderOf("theirs");
  workbench = await Workbench.create();
  await serveCommands(workbench, servicesOf(workbench));
  await open(folder);
});
afterEach(async () => {
  await workbench.dispose();
  folder[Symbol.dispose]();
  other[Symbol.dispose]();
});

/** With a script that is a tool, and one that runs for long. */
function folderOf(text: string): TempFolder {
  const made = tempFolder();
  made.write("a.cgi", `#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n${text}'\n`);
  made.write("a.tool.json", JSON.stringify({ description: text }));
  made.write("slow.cgi", "#!/bin/sh\necho > running\nexec sleep 600\n");
  for (const name of ["a.cgi", "slow.cgi"]) made.makeExecutable(name);
  return made;
}

const told = () => workbench.assistants.states.next(-1, new AbortController().signal);
const joined = () => waitFor("it has joined", async () => (await told()).connected.length === 1);
const left = { isError: true, structured: { code: "folder-left" } };

test.each(revisions)("%s: nothing of another folder, and nothing of none", async (revision) => {
  await using assistant = await Assistant.connect([folder.path], revision);
  const sent = await assistant.call("send_request", { target: "/a.cgi" });
  const id = String(sent.structured["id"]);
  const expectLeft = async (): Promise<void> => {
    expect(await assistant.call("list_traces")).toMatchObject(left);
    expect(await assistant.call("get_trace", { id })).toMatchObject(left);
    expect(await assistant.call("send_request", { target: "/a.cgi" })).toMatchObject(left);
    expect(await assistant.call("check_scripts")).toMatchObject(left);
    await expect(assistant.client.listResources()).rejects.toThrow();
    await expect(assistant.client.readResource({ uri: "cgi-workbench://script/a.cgi" })).rejects.toThrow();
  };
  await open(other);
  await expectLeft();
  await workbench.folder.close();
  await expectLeft();
  await open(folder);
  expect((await assistant.call("send_request", { target: "/a.cgi" })).structured).toMatchObject({ status: 200 });
});

test("a call that is under way when the folder is left", async () => {
  await using assistant = await Assistant.connect([folder.path]);
  const call = assistant.call("send_request", { target: "/slow.cgi" });
  await waitFor("it runs", () => existsSync(folder.file("running")));
  await open(other);
  expect(await call).toMatchObject(left);
});

test("the scripts of a folder that was left are no tools, and those of the other one neither", async () => {
  await using assistant = await Assistant.connect([folder.path, "--tools"]);
  const names = async () => (await assistant.client.listTools()).tools.map(({ name }) => name);
  expect(await names()).toEqual(["a"]);
  await open(other);
  await waitFor("they are gone", async () => (await names()).length === 0);
  await expect(assistant.call("a")).rejects.toThrow();
  await open(folder);
  await waitFor("they are back", async () => (await names()).length === 1);
  expect((await assistant.call("a")).texts).toEqual(["ours"]);
});

test("the window is told who asked what and how that went, whatever a client calls itself", async () => {
  const ending = new AbortController();
  await using assistant = await Assistant.connect([folder.path], "2026-07-28", { name: "a\u202e\nb" });
  await joined();
  const call = assistant.call("send_request", { target: "/slow.cgi" }, ending.signal);
  call.catch(() => undefined);
  await waitFor("it runs", () => existsSync(folder.file("running")));
  await assistant.call("explain", { id: "nowhere" });
  ending.abort();
  await expect(call).rejects.toThrow();
  const ended = await waitFor("it is cancelled", async () => {
    const state = await told();
    return state.asked.length === 2 && state;
  });
  const client = "a\\u202e b 1";
  expect(ended.connected).toEqual([client]);
  expect(ended.asked).toMatchObject([
    { client, what: 'send_request {"target":"/slow.cgi"}', code: "cancelled" },
    { client, what: 'explain {"id":"nowhere"}', code: "not-found" },
  ]);
});

test("a server that ends lets its assistant go", async () => {
  await using assistant = await Assistant.connect([folder.path]);
  await joined();
  await workbench.dispose();
  await expect(assistant.call("list_traces")).rejects.toThrow();
});
