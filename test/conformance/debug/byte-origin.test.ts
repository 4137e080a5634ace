// A request is sent again, and its script stops where a byte of its output was written.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { Workbench } from "../../../server/app/workbench.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { editorBeside } from "../../support/attached-editor.js";
import { byteScripts } from "../../support/byte-scripts.js";
import { DapClient } from "../../support/dap-client.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
let workbench: Workbench;
beforeAll(async () => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  for (const { file, text } of byteScripts) {
    folder.write(file, text);
    folder.makeExecutable(file);
  }
  workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
});
afterAll(async () => {
  await workbench.dispose();
  folder[Symbol.dispose]();
});

/** What the script writes when it is not debugged. */
async function written(file: string): Promise<Readonly<Record<"stdout" | "stderr", Buffer>>> {
  const request = { method: utf8("GET"), target: utf8(`/${file}`), headers: [], body: null };
  return streamsOf(await workbench.sender.deliver(request, { from: "cli" }));
}

function streamsOf({ stdout, stderr }: Pick<TraceRecord, "stdout" | "stderr">) {
  const bytesOf = (stream: typeof stdout): Buffer => Buffer.from(stream?.read(0, stream.captured) ?? []);
  return { stdout: bytesOf(stdout), stderr: bytesOf(stderr) };
}

describe.each(byteScripts)("$language", ({ file, bytes }) => {
  test("asked for in a launch; one that is not reached is said, and the bytes are the same", async () => {
    const { stdout } = await written(file);
    await using editor = new DapClient();
    const offset = stdout.length + 10;
    await editor.launch({ folder: folder.path, target: `/${file}`, stopAtByte: { stream: "stdout", offset } });
    await editor.request("configurationDone");
    const { body } = await editor.end();
    expect(stdout.toString("latin1").replaceAll("\r", "").endsWith(`\n\n${body}`)).toBe(true);
    expect(editor.events.some(({ event }) => event === "stopped")).toBe(false);
    expect(editor.output("important")).not.toBe("");
    expect(editor.words).toBe("");
  });

  test.each(bytes)("a byte $what", async ({ stream, of, nth = 1, lines, how }) => {
    const plain = await written(file);
    let offset = -1;
    for (let found = 0; found < nth; found++) offset = plain[stream].indexOf(of, offset + 1);
    expect(offset).toBeGreaterThanOrEqual(0);
    const { editor, session } = editorBeside(workbench);
    const expected = plain[stream].subarray(offset, offset + 16).toString("hex");
    await editor.launch({ folder: folder.path, target: `/${file}`, stopAtByte: { stream, offset, expected } });
    await editor.request("configurationDone");
    const { body } = await editor.next("stopped", "terminated");
    expect(body).toMatchObject({ reason: "byte", how });
    const { stackFrames } = await editor.request("stackTrace", { threadId: 1 });
    const own = stackFrames.filter(({ presentationHint }) => presentationHint !== "subtle");
    expect(own.map(({ line }) => line)).toEqual(lines);
    expect(own[0]?.source?.path).toBe(folder.file(file));
    await editor.request("disconnect", { terminateDebuggee: false });
    session.dispose();
    const { body: begun } = editor.events.find(({ event }) => event === "cgiRequest") ?? { body: null };
    const { traceId } = z.object({ traceId: z.string() }).parse(begun);
    // The script may write to stderr behind its response.
    await waitFor("the end of the trace", () => workbench.traces.get(traceId)?.outcome !== null);
    const trace = workbench.traces.get(traceId);
    expect(trace && streamsOf(trace)).toEqual(plain);
  });
});
