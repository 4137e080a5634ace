// The Python agent on the wire: streaming, pressure back from a slow reader, bodies that nobody
// reads, clients that leave, kept connections.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { joinAgent } from "../../../electron/launch/join-agents.mjs";
import { byteString } from "../../../server/protocol/byte-string.js";
import { encodeBeginRequest } from "../../../server/protocol/fastcgi/encode-record.js";
import { decodePairs, encodePairs } from "../../../server/protocol/fastcgi/name-values.js";
import { protocolStatus, recordType, role } from "../../../server/protocol/fastcgi/record-types.js";
import { type AgentMode, AgentProcess, agentModes, canConnect } from "../../support/agents/agent-process.js";
import { interpreterPath } from "../../support/agents/interpreter.js";
import { RecordClient } from "../../support/agents/record-client.js";
import { canListProcesses, descendants, processes, residentBytes, waitUntilGone } from "../../support/processes.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { settled, waitFor } from "../../support/wait-for.js";

const get = { REQUEST_METHOD: "GET", QUERY_STRING: "" };
const post = (length: number) => ({ REQUEST_METHOD: "POST", QUERY_STRING: "", CONTENT_LENGTH: String(length) });
const head = 'import os, sys, time\nprint("Content-Type: text/plain\\n", flush=True)\n';

async function start(folder: TempFolder, mode: AgentMode, lines: string, ...options: string[]): Promise<AgentProcess> {
  folder.write("script.py", `#!/usr/bin/env python3\n${head}${lines}\n`);
  return AgentProcess.start({ language: "python", mode, script: folder.file("script.py"), options });
}
const client = async (agent: AgentProcess): Promise<RecordClient> => new RecordClient(await agent.connect());

describe.skipIf(program("python3") === null).each(agentModes)("the Python agent, %s (needs python3)", (mode) => {
  test("the first byte comes before the script ends", async () => {
    using folder = tempFolder();
    await using agent = await start(
      folder,
      mode,
      'print("first", flush=True)\nwhile not os.path.exists("go"): time.sleep(0.01)\nprint("last")',
    );
    const one = (await client(agent)).begin(get).endBody();
    await waitFor("the first line", () => one.stdout.toString().endsWith("first\n"));
    expect(one.ends).toEqual([]);
    folder.write("go", "");
    expect(await one.ended()).toEqual({ appStatus: 0, protocolStatus: protocolStatus.requestComplete });
    expect(one.stdout.toString()).toBe("Content-Type: text/plain\n\nfirst\nlast\n");
    await one.closed();
  });

  test("a reader that reads nothing stops the script, and gets every byte later", async () => {
    using folder = tempFolder();
    await using agent = await start(
      folder,
      mode,
      'for n in range(100):\n    sys.stdout.write("x" * 65536)\n    sys.stdout.flush()\n    open("at", "w").write(str(n))',
    );
    const one = await client(agent);
    one.socket.pause();
    one.begin(get).endBody();
    await waitFor("it has begun", () => Number(read(folder, "at")) > 0);
    expect(await settled(() => Number(read(folder, "at")))).toBeLessThan(50);
    for (const { pid } of descendants(agent.pid)) expect(residentBytes(pid)).toBeLessThan(64 << 20);
    one.socket.resume();
    expect(await one.ended()).toMatchObject({ appStatus: 0 });
    expect(one.stdout.length).toBe(26 + 100 * 65536);
  });

  test("a reader that reads nothing stops a script that writes errors, too", async () => {
    using folder = tempFolder();
    await using agent = await start(
      folder,
      mode,
      'for n in range(100):\n    sys.stderr.write("x" * 65536)\n    sys.stderr.flush()\n    open("at", "w").write(str(n))',
    );
    const one = await client(agent);
    let bytes = 0;
    one.socket.on("data", (data) => {
      bytes += data.length;
    });
    one.socket.pause();
    one.begin(get).endBody();
    await waitFor("it has begun", () => Number(read(folder, "at")) > 0);
    expect(await settled(() => Number(read(folder, "at")))).toBeLessThan(50);
    one.socket.resume();
    expect(await one.ended()).toMatchObject({ appStatus: 0 });
    expect(bytes).toBeGreaterThan(100 * 65536);
  });

  test("a body that the script does not read does no harm, on a kept connection either", async () => {
    using folder = tempFolder();
    await using agent = await start(folder, mode, 'print(os.environ["CONTENT_LENGTH"])');
    const one = await client(agent);
    const body = Buffer.alloc(5_000_000, "b");
    for (let time = 1; time <= 3; time++) {
      one.begin(post(body.length), { keepConnection: true }).body(body).endBody();
      expect(await one.ended(time)).toMatchObject({ appStatus: 0 });
    }
    expect(one.stdout.toString()).toBe("Content-Type: text/plain\n\n5000000\n".repeat(3));
    one.socket.destroy();
  });

  test("the wrong role, a second request on the connection, unknown records and values are answered", async () => {
    using folder = tempFolder();
    await using agent = await start(folder, mode, 'sys.stdin.read()\nprint("served")', "--children=1");
    const one = await client(agent);
    one.begin(get, { role: role.authorizer, keepConnection: true }, 7);
    expect(await one.ended(1)).toEqual({ appStatus: 0, protocolStatus: protocolStatus.unknownRole });
    one.begin(get, { keepConnection: true }, 1).begin(get, { keepConnection: true }, 2);
    expect(await one.ended(2)).toMatchObject({ protocolStatus: protocolStatus.cannotMultiplex });
    one.endBody();
    expect(await one.ended(3)).toMatchObject({ appStatus: 0 });
    one.record(recordType.getValues, 0, encodePairs(["FCGI_MAX_REQS", "FCGI_MPXS_CONNS", "X"].map(asked)));
    await waitFor("the values", () => one.types.includes(recordType.getValuesResult));
    expect(decodePairs(one.values).pairs).toEqual([
      ["FCGI_MAX_REQS", "1"],
      ["FCGI_MPXS_CONNS", "0"],
    ]);
    one.record(77, 0);
    await waitFor("UNKNOWN_TYPE", () => one.types.includes(recordType.unknownType));
    one.socket.destroy();
  });

  test("ABORT_REQUEST before the end of the variables ends that request, and no other", async () => {
    using folder = tempFolder();
    await using agent = await start(folder, mode, 'while not os.path.exists("go"): time.sleep(0.01)\nprint("served")');
    const [slow, aborted] = [(await client(agent)).begin(get).endBody(), await client(agent)];
    await waitFor("the script runs", () => slow.stdout.length > 0);
    aborted.socket.write(encodeBeginRequest(1, { role: role.responder, keepConnection: true }));
    aborted.record(recordType.params, 1, encodePairs([asked("REQUEST_METHOD")]));
    aborted.record(recordType.abortRequest, 1);
    if (mode === "prefork") await aborted.ended();
    folder.write("go", "");
    expect([await aborted.ended(), await slow.ended()]).toMatchObject([{ appStatus: 0 }, { appStatus: 0 }]);
    expect([slow.stdout.toString(), agent.log]).toEqual(["Content-Type: text/plain\n\nserved\n", ""]);
    aborted.socket.destroy();
  });

  test("a request in pieces of one byte is a request", async () => {
    using folder = tempFolder();
    await using agent = await start(folder, mode, 'print(len(sys.stdin.read()), len(os.environ["LONG"]))');
    const one = await client(agent);
    one.begin({ ...post(3), LONG: "l".repeat(70_000) });
    for (const byte of "abc") one.body(Buffer.from(byte));
    one.endBody();
    expect(await one.ended()).toMatchObject({ appStatus: 0 });
    expect(one.stdout.toString()).toContain("\n3 70000\n");
  });

  test("sys.stdin gives the ends of lines as they came", async () => {
    using folder = tempFolder();
    await using agent = await start(folder, mode, "print(repr(sys.stdin.read()))");
    const body = Buffer.from("a\r\nb\rc\n");
    expect((await agent.ask(post(body.length), body)).stdout.toString()).toContain("'a\\r\\nb\\rc\\n'\n");
  });

  test("a script that changes is compiled again, and one that is no program says so each time", async () => {
    using folder = tempFolder();
    await using agent = await start(folder, mode, 'print("one")');
    expect((await agent.ask()).stdout.toString()).toContain("one");
    folder.write("script.py", `${head}print("another")\n`);
    expect((await agent.ask()).stdout.toString()).toContain("another");
    folder.write("script.py", "print(\n");
    for (let time = 0; time < 2; time++)
      expect(await agent.ask()).toMatchObject({
        status: 1,
        stderr: expect.toSatisfy((b: Buffer) => b.includes("SyntaxError")),
      });
    folder.write("script.py", `${head}print("mended")\n`);
    expect((await agent.ask()).stdout.toString()).toContain("mended");
  });

  test("--listen: no script reads what the agent itself was given", async () => {
    using folder = tempFolder();
    folder.write("script.py", `${head}print(repr(sys.stdin.read()))\n`);
    folder.write("agent.py", joinAgent("python"));
    const [socket, script] = [folder.file("agent.sock"), folder.file("script.py")];
    const agent = spawn(
      interpreterPath("python3"),
      [folder.file("agent.py"), `--mode=${mode}`, `--listen=unix:${socket}`, script],
      { stdio: ["pipe", "ignore", "inherit"] },
    );
    try {
      agent.stdin.end("from the terminal\n");
      await waitFor("the agent listens", () => canConnect(socket));
      for (let time = 0; time < 2; time++) {
        const one = new RecordClient(connect(socket)).begin(get).endBody();
        await one.ended();
        expect(one.stdout.toString()).toBe("Content-Type: text/plain\n\n''\n");
      }
    } finally {
      const ended = once(agent, "exit");
      agent.kill("SIGTERM");
      await ended;
    }
  });

  test("--error500 answers for a script that fails before it wrote anything, and no other", async () => {
    using folder = tempFolder();
    folder.write(
      "script.py",
      'import os\nif os.environ["QUERY_STRING"]: print("Content-Type: text/plain\\n\\nhalf")\n1 / 0\n',
    );
    const options = ["--error500"];
    await using agent = await AgentProcess.start({
      language: "python",
      mode,
      script: folder.file("script.py"),
      options,
    });
    expect((await agent.ask()).stdout.toString()).toMatch(/^Status: 500 /);
    expect((await agent.ask({ QUERY_STRING: "a" })).stdout.toString()).toBe("Content-Type: text/plain\n\nhalf\n");
  });
});

describe.skipIf(program("python3") === null || !canListProcesses)("prefork (needs python3)", () => {
  const slow = 'open("pid", "w").write(str(os.getpid()))\nsys.stdin.read()\ntime.sleep(60)';

  test("a client that leaves in the middle of its body ends the script", async () => {
    using folder = tempFolder();
    await using agent = await start(folder, "prefork", slow);
    const one = (await client(agent)).begin(post(1000)).body(Buffer.from("part"));
    const pid = await waitFor("the script runs", () => Number(read(folder, "pid")) || null);
    one.socket.destroy();
    await waitFor("the script has ended", () => !processes().some((process) => process.pid === pid));
  });

  test("FCGI_ABORT_REQUEST ends the script, what it started too, and the request", async () => {
    using folder = tempFolder();
    await using agent = await start(
      folder,
      "prefork",
      `import subprocess\nchild = subprocess.Popen(["sleep", "61." + str(os.getpid())])\n${slow}`,
    );
    const early = (await client(agent)).begin(get).endBody().record(recordType.abortRequest, 1);
    expect(await early.ended()).toMatchObject({ appStatus: 256 + 15 });
    folder.write("pid", ""); // its script may have begun, and written its own
    const one = (await client(agent)).begin(get, { keepConnection: true }).endBody();
    const pid = await waitFor("the script runs", () => Number(read(folder, "pid")) || null);
    one.record(recordType.abortRequest, 1);
    expect(await one.ended()).toMatchObject({ appStatus: 256 + 15 });
    await waitUntilGone(`sleep 61.${pid}`);
    folder.write("script.py", `${head}print("next")\n`);
    one.begin(get, { keepConnection: true }).endBody();
    expect(await one.ended(2)).toMatchObject({ appStatus: 0 });
    one.socket.destroy();
  });

  test("a script that closes its output and goes on: the response is complete before its end", async () => {
    using folder = tempFolder();
    await using agent = await start(
      folder,
      "prefork",
      'os.close(1)\nos.close(2)\nwhile not os.path.exists("go"): time.sleep(0.01)\nos._exit(3)',
    );
    const one = (await client(agent)).begin(get).endBody();
    await waitFor("the end of stdout", () => one.types.filter((type) => type === recordType.stdout).length === 2);
    expect(one.ends).toEqual([]);
    folder.write("go", "");
    expect(await one.ended()).toMatchObject({ appStatus: 3 });
  });

  test("children have random numbers of their own, and variables of their own", async () => {
    using folder = tempFolder();
    await using agent = await start(
      folder,
      "prefork",
      'import random, uuid, secrets\nprint(random.random(), uuid.uuid4(), secrets.token_hex(8), os.environ.get("ONLY"))',
      "--preload=random,uuid,secrets",
    );
    const answers = [await agent.ask({ ONLY: "here" }), await agent.ask(), await agent.ask()].map(({ stdout }) =>
      stdout.toString(),
    );
    expect(new Set(answers.flatMap((text) => text.split("\n\n")[1]?.split(" ").slice(0, 3))).size).toBe(9);
    expect(answers.map((text) => text.includes("None"))).toEqual([false, true, true]);
  });
});

const asked = (name: string) => [byteString(name), byteString("")] as const;

function read(folder: TempFolder, name: string): string {
  try {
    return folder.read(name);
  } catch {
    return ""; // not yet
  }
}
