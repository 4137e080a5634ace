// An adapter that says what the protocol does not foresee, or leaves out what it may: debugging ends alone, or goes on.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AgentLink } from "../../../server/features/debug/debuggers/agent-link.js";
import { lldbEndpoint } from "../../../server/features/debug/debuggers/lldb-link.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

/** The name of the program to debug says what it does. */
const adapter = `#!/usr/bin/env python3
import json, sys
def say(message):
    data = json.dumps(dict(message, seq=1)).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n%s" % (len(data), data))
    sys.stdout.buffer.flush()
def answer(seq, command, success=True, body={}):
    say({"type": "response", "request_seq": seq, "command": command, "success": success, "message": "no", "body": body})
def event(name, body={}):
    say({"type": "event", "event": name, "body": body})
launch = program = None
while head := sys.stdin.buffer.readline():
    sys.stdin.buffer.readline()
    read = json.loads(sys.stdin.buffer.read(int(head.split(b":")[1])))
    command = read["command"]
    if read["type"] == "response":
        answer(launch, "launch", read["success"])
        event("initialized")
    elif command == "launch":
        launch, program = read["seq"], read["arguments"]["program"]
        args = {} if program == "wordless" else {"args": ["true"]}
        say({"type": "request", "command": "runInTerminal", "arguments": args})
    else:
        bodies = {"threads": {"threads": [{"id": 7}]}, "stackTrace": {"stackFrames": []}}
        answer(read["seq"], command, True, bodies.get(command, {}))
        if command == "configurationDone":
            event("stopped", {"reason": 1} if program == "nameless" else {"reason": "breakpoint"})
`;

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.write("lldb-dap", adapter);
  folder.makeExecutable("lldb-dap");
});
afterAll(() => folder[Symbol.dispose]());

/** The events, and the link of the program. */
async function linked(program: string) {
  const events: { readonly name: string; readonly body: unknown }[] = [];
  const heard = { event: (name: string, body: unknown) => void events.push({ name, body }), arrived: async () => 0 };
  const endpoint = await lldbEndpoint(heard, folder.file("lldb-dap"), program);
  const link: AgentLink | null = await endpoint.linked;
  if (link === null) throw new Error("not linked");
  await link.request("configurationDone", {});
  return { events, link, [Symbol.dispose]: () => endpoint.close() };
}

test("a stop that is none ends debugging, and the person is told", async () => {
  using t = await linked("nameless");
  await t.link.closed;
  expect(t.events).toEqual([
    { name: "output", body: { category: "console", output: expect.stringContaining("reason") } },
  ]);
});

test("a stop need not name its thread", async () => {
  using t = await linked("threadless");
  await waitFor("it is told", () => t.events.length > 0);
  expect(t.events).toMatchObject([{ name: "stopped", body: { reason: "breakpoint" } }]);
});

test("a program without words is refused", async () => {
  await expect(linked("wordless")).rejects.toThrow(/^no$/);
});
