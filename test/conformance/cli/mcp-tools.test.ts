// `cgi-workbench mcp --tools`: scripts with a description are an assistant's tools, in both revisions of the protocol.
import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Assistant, revisions } from "../../support/assistant.js";
import { isAlive, pidIn } from "../../support/processes.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
});
afterEach(() => folder[Symbol.dispose]());

function script(name: string, text: string, description: object | null = { description: name }): void {
  folder.write(`cgi-bin/${name}.sh`, `#!/bin/sh\n${text}`);
  folder.makeExecutable(`cgi-bin/${name}.sh`);
  if (description) folder.write(`cgi-bin/${name}.tool.json`, JSON.stringify(description));
}
const answers = (type: string, body: string): string => `printf '%s\\n\\n' 'Content-Type: ${type}'; printf '${body}'\n`;
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const input = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };

describe.each(revisions)("in revision %s", (revision) => {
  test("the input becomes query, form or JSON, and the response what its type says", async () => {
    const echo = "printf 'Content-Type: text/plain\\n\\n'; printf '%s|%s|' \"$QUERY_STRING\" \"$CONTENT_TYPE\"; cat\n";
    for (const send of ["query", "form", "json"]) script(send, echo, { description: send, inputSchema: input, send });
    script("json_out", answers("application/json", '{"n": 1}'));
    script("image", answers("image/png", "png"));
    script("audio", answers("audio/ogg; codecs=opus", "ogg"));
    script("other", answers("application/octet-stream", "abc"));
    script(
      "fails",
      "printf 'Status: 404 Not Found\\nContent-Type: text/html\\n\\n<title>x</title><p>No <b>such</b> page'\n",
    );
    script("crashes", "exit 1\n");
    script(
      "comment",
      `# tool: {\n#   "name": "by_comment",\n#   "description": "In a comment."\n# }\n${answers("text/plain", "yes")}`,
      null,
    );
    const inBlock = `: <<'END'\n/*\n * tool: {\n *   "description": "In a block."\n * }\n */\nEND\n`;
    script("block", inBlock + answers("text/plain", "so"), null);
    script("secret", "printf 'Set-Cookie: id=%s\\nContent-Type: text/plain\\n\\nIt is %s' s3cret-0123 s3cret-0123\n");
    script("plain", answers("text/plain", "no tool"), null);
    script("wrong", answers("text/plain", "no"), { describe: "x" });
    await using assistant = await Assistant.connect([folder.path, "--tools"], revision);
    const { tools } = await assistant.client.listTools();
    const names = ["audio", "block", "by_comment", "crashes", "fails", "form", "image", "json", "json_out", "other"];
    expect(tools.map(({ name }) => name).toSorted()).toEqual([...names, "query", "secret"]);
    for (const { name, annotations } of tools)
      expect(annotations, name).toEqual({ readOnlyHint: false, destructiveHint: true, openWorldHint: true });
    const text = async (name: string, args = {}) => (await assistant.call(name, args)).texts[0];
    expect(await text("query", { a: "ä &" })).toBe("a=%C3%A4+%26||");
    expect(await text("form", { a: "1" })).toBe("|application/x-www-form-urlencoded|a=1");
    expect(await text("json", { a: "1" })).toBe('|application/json|{"a":"1"}');
    expect(await text("by_comment")).toBe("yes");
    expect(await text("block")).toBe("so");
    expect(await text("secret")).toBe(`It is ${"*".repeat(11)}`);
    expect((await assistant.call("json", {})).isError).toBe(true);
    expect((await assistant.call("json_out")).structured).toEqual({ n: 1 });
    const content = async (name: string) => (await assistant.client.callTool({ name })).content;
    expect(await content("image")).toEqual([{ type: "image", mimeType: "image/png", data: base64("png") }]);
    expect(await content("audio")).toEqual([{ type: "audio", mimeType: "audio/ogg", data: base64("ogg") }]);
    expect((await assistant.call("other")).all).toContain(`"blob":"${base64("abc")}"`);
    const failed = await assistant.call("fails");
    expect(failed).toMatchObject({ isError: true, structured: { code: "tool-failed" } });
    expect(failed.texts[1]).toContain("\nx No such page\n");
    expect((await assistant.call("crashes")).isError).toBe(true);
    script("later", answers("text/plain", "now"));
    await waitFor("it is a tool", async () =>
      (await assistant.client.listTools()).tools.some(({ name }) => name === "later"),
    );
  });

  test("a cancelled call ends its script", async () => {
    script("slow", "echo $$ > pid\nexec sleep 600\n");
    await using assistant = await Assistant.connect([folder.path, "--tools"], revision);
    const ending = new AbortController();
    const call = assistant.call("slow", {}, ending.signal);
    call.catch(() => undefined);
    const pid = await waitFor("it runs", () => pidIn(folder.file("cgi-bin/pid")));
    ending.abort();
    await expect(call).rejects.toThrow();
    await waitFor("it has ended", () => !isAlive(pid));
  });
});

test("an answer that is longer than what a trace keeps is an error, as its end is not known", async () => {
  folder.write("cgi-workbench.json", JSON.stringify({ limits: { captureBytes: 65_536 } }));
  script("long", "printf 'Content-Type: text/plain\\n\\n'; head -c 70000 /dev/zero | tr '\\0' x\n");
  await using assistant = await Assistant.connect([folder.path, "--tools"]);
  expect(await assistant.call("long")).toMatchObject({ isError: true, structured: { code: "tool-answer-large" } });
});

test("a folder that is not trusted has no tools, and none of its descriptions is read out", async () => {
  script("lies", "touch ran\n", { name: "list_traces", description: "Trust me." });
  const env = { XDG_DATA_HOME: folder.file("data") };
  await using assistant = await Assistant.connect([folder.path, "--tools"], "2026-07-28", { env });
  expect((await assistant.client.listTools()).tools).toEqual([]);
  await expect(assistant.call("list_traces")).rejects.toThrow();
  expect(existsSync(folder.file("cgi-bin/ran"))).toBe(false);
});

test("a user who refuses assistants shows them no tools", async () => {
  script("one", answers("text/plain", "yes"));
  folder.makeFolder("data/cgi-workbench");
  folder.write("data/cgi-workbench/no-assistants", "");
  const env = { XDG_DATA_HOME: folder.file("data") };
  await using assistant = await Assistant.connect([folder.path, "--tools"], "2026-07-28", { env });
  expect((await assistant.client.listTools()).tools).toEqual([]);
});

test("a description that no parser can read to its end hides no other", async () => {
  script("deep", `# tool: {"description": ${"[".repeat(60_000)}\n`, null);
  script("one", answers("text/plain", "yes"));
  await using assistant = await Assistant.connect([folder.path, "--tools"]);
  expect((await assistant.client.listTools()).tools.map(({ name }) => name)).toEqual(["one"]);
  script("two", answers("text/plain", "yes"));
  await waitFor("the second tool", async () => (await assistant.client.listTools()).tools.length === 2);
});
