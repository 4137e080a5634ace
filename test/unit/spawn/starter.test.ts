// What both starters promise, with real scripts. What the portable one cannot do is
// named here, in `cannot`, and tested as such.
import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import { createStarter } from "../../../server/spawn/create-starter.js";
import { StartError, type Starter } from "../../../server/spawn/start.js";
import { finish, liveProcesses, membersOf, program, run, shell, until } from "./run-child.js";

const folder = mkdtempSync(join(tmpdir(), "starter-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const openDescriptors = (): number => readdirSync("/proc/self/fd").length;
const isAlive = (pid: number): boolean => liveProcesses().some((entry) => entry.pid === pid);

const kinds = [
  { kind: "native", cannot: { devStd: false, closeInherited: false, rawEnvironment: false, cpuTime: false } },
  { kind: "portable", cannot: { devStd: true, closeInherited: true, rawEnvironment: true, cpuTime: true } },
] as const;

describe.each(kinds)("the $kind starter", ({ kind, cannot }) => {
  let starter: Starter;
  beforeAll(async () => {
    starter = (await createStarter(kind)).starter;
  });
  afterAll(() => starter.dispose());

  async function refusal(options: Parameters<Starter["start"]>[0]): Promise<string> {
    try {
      (await run(starter, options)).child.end(0);
    } catch (error) {
      if (error instanceof StartError) return error.code;
      throw error;
    }
    return "started";
  }

  test("is of its kind", () => expect(starter.kind).toBe(kind));

  test("gives output, errors and exit code", async () => {
    const { out, err, exit, events } = await finish(
      starter,
      shell("pwd; echo oh >&2; exit 3", { cwd: byteString("/usr") }),
    );
    expect({ out, err }).toEqual({ out: "/usr\n", err: "oh\n" });
    expect(exit).toMatchObject({ exitCode: 3, signal: null });
    expect(events.toSorted()).toEqual(["exit", "stderr end", "stdout end"]);
  });

  test("names the signal that ended the script", async () => {
    const { exit } = await finish(starter, shell("kill -SEGV $$"));
    expect(exit).toMatchObject({ exitCode: null, signal: "SIGSEGV" });
  });

  test("passes argv[0] and arguments as they are", async () => {
    const { out } = await finish(
      starter,
      program("/bin/sh", ["name", "-c", 'printf "%s|" "$0" "$@"', "zero", "a b", "", "ü*"]),
    );
    expect(out).toBe(utf8("zero|a b||ü*|"));
  });

  test("passes the environment and nothing else", async () => {
    const env = ["A=1", "E=", utf8("B=ü"), "A=2"].map(byteString);
    const { out } = await finish(starter, program("/usr/bin/env", ["env"], { env }));
    expect(out).toBe(`A=1\nE=\nB=${utf8("ü")}\nA=2\n`);
  });

  test(
    cannot.rawEnvironment
      ? "replaces environment bytes that are not UTF-8 (limit)"
      : "passes environment bytes that are not UTF-8",
    async () => {
      const { out } = await finish(starter, program("/usr/bin/env", ["env"], { env: [byteString("A=\xfc\xff")] }));
      expect(out).toBe(cannot.rawEnvironment ? utf8("A=\ufffd\ufffd\n") : "A=\xfc\xff\n");
    },
  );

  test(
    cannot.closeInherited
      ? "passes on inherited descriptors, none of its own (limit)"
      : "gives the script exactly the descriptors 0, 1 and 2",
    async () => {
      const { out } = await finish(starter, program("/bin/ls", ["ls", "/proc/self/fd"]), Buffer.from("x"));
      expect(out).toBe(
        cannot.closeInherited ? execFileSync("/bin/ls", ["/proc/self/fd"], { encoding: "latin1" }) : "0\n1\n2\n3\n",
      ); // 3 is what ls opened to look
    },
  );

  test("starts the script in a session of its own with fresh signals", async () => {
    const { child, result } = await run(
      starter,
      shell("grep -E 'SigIgn|SigBlk' /proc/self/status; cut -d' ' -f1,5,6 /proc/$$/stat"),
    );
    expect((await result).out).toMatch(
      new RegExp(`^SigBlk:\\t0+\\nSigIgn:\\t0+\\n${child.pid} ${child.pid} ${child.pid}\\n$`),
    );
  });

  test("gives end of file at once without a body", async () => {
    expect((await finish(starter, shell("readlink /proc/self/fd/0; cat"))).out).toBe("/dev/null\n");
  });

  test(
    cannot.devStd
      ? "has sockets, so /dev/stdin and /dev/stderr cannot be opened (limit)"
      : "lets a script open /dev/stdin and /dev/stderr",
    async () => {
      const { out, err } = await finish(starter, shell("cat /dev/stdin; echo e > /dev/stderr"), Buffer.from("BODY"));
      expect(out).toBe(cannot.devStd ? "" : "BODY");
      if (cannot.devStd) expect(err).toContain("No such device or address");
      else expect(err).toBe("e\n");
    },
  );

  test(cannot.cpuTime ? "does not know CPU time and memory (limit)" : "measures CPU time and memory", async () => {
    const { exit } = await finish(
      starter,
      program("/usr/bin/perl", ["perl", "-e", 'my $x = "x" x 300_000_000; $x =~ tr/x/y/']),
    );
    if (cannot.cpuTime) return expect(exit).toMatchObject({ userMs: null, systemMs: null, maxRssKb: null });
    expect(exit.userMs).toBeGreaterThan(0);
    expect(exit.systemMs).toBeGreaterThan(0);
    expect(exit.maxRssKb).toBeGreaterThan(290_000);
    expect(exit.maxRssKb).toBeLessThan(1_000_000);
  });

  test("does not report the server's own memory as the script's", async () => {
    expect((await finish(starter, program("/bin/true"))).exit.maxRssKb).toBeNull();
  });

  describe("is refused", () => {
    const busy = file("busy", "#!/bin/sh\n");
    const cases: readonly (readonly [string, string, Parameters<Starter["start"]>[0]])[] = [
      ["ENOENT", "a missing file", program(join(folder, "nope"))],
      ["ENOENT", "a missing interpreter", program(file("no-interpreter", "#!/no/such\n"))],
      ["ENOENT", "a carriage return in the shebang", program(file("cr", "#!/bin/sh\r\n"))],
      ["ENOENT", "a missing folder to run in", program("/bin/true", ["true"], { cwd: utf8(join(folder, "nope")) })],
      ["EACCES", "a file that is not executable", program(file("plain", "#!/bin/sh\n", 0o644))],
      ["EACCES", "a folder", program(folder)],
      [
        "EACCES",
        "an interpreter that is not executable",
        program(file("bad-interpreter", `#!${file("plain2", "x", 0o644)}\n`)),
      ],
      ["ENOEXEC", "no shebang", program(file("no-shebang", "echo\n"))],
      ["ENOEXEC", "an empty file", program(file("empty", ""))],
      ["ENOEXEC", "a byte order mark before the shebang", program(file("bom", "\ufeff#!/bin/sh\n"))],
      ["ENOEXEC", "a shebang line over 255 bytes", program(file("long", `#!/bin/${"x".repeat(300)}\n`))],
      ["ENOTDIR", "a path through a file", program("/etc/passwd/x")],
      ["ELOOP", "a shebang that names itself", program(file("loop", `#!${folder}/loop\n`))],
      [
        "E2BIG",
        "a variable of 128 KiB",
        program("/bin/true", ["true"], { env: [byteString(`A=${"x".repeat(131072)}`)] }),
      ],
      ["EINVAL", "a NUL byte", program("/bin/true", ["true"], { env: [byteString("A=\0")] })],
    ];
    test.each(cases)("%s: %s", (code, _what, options) => expect(refusal(options)).resolves.toBe(code));

    test("ETXTBSY: a file open for writing, not before some more tries", async () => {
      const writing = openSync(busy, "r+");
      const begun = performance.now();
      expect(await refusal(program(busy))).toBe("ETXTBSY");
      expect(performance.now() - begun).toBeGreaterThan(15);
      closeSync(writing);
      expect(await refusal(program(busy))).toBe("started");
    });

    test("without leaving a descriptor open", async () => {
      await finish(starter, program("/bin/true"));
      const before = openDescriptors();
      for (let i = 0; i < 20; i++) await refusal(program(join(folder, "nope"), ["x"], { stdin: "pipe" }));
      await until("descriptors are closed", () => openDescriptors() <= before);
    });
  });

  describe("body", () => {
    test("goes in and comes out, 5 MB of it", async () => {
      const body = Buffer.alloc(5_000_000, "0123456789abcdef\n\0\xff", "latin1");
      const { out, written, broken } = await finish(starter, program("/bin/cat"), body);
      expect(Buffer.from(out, "latin1").equals(body)).toBe(true);
      expect({ written, broken }).toEqual({ written: body.length, broken: false });
    });

    test("may stay unread", async () => {
      const { child, result } = await run(starter, program("/bin/true"), Buffer.alloc(5_000_000));
      expect((await result).exit.exitCode).toBe(0);
      await until("stdin is broken", () => child.stdin?.broken === true);
      expect(child.stdin?.written).toBeLessThan(5_000_000);
    });

    test("in many pieces keeps its order", async () => {
      const drained: (() => void)[] = [];
      let out = "";
      let ended: () => void = () => {};
      const whole = new Promise<void>((resolve) => {
        ended = resolve;
      });
      const child = await starter.start(shell("sleep .05; cat", { stdin: "pipe" }), {
        stdout(bytes) {
          out += Buffer.from(bytes).toString("latin1");
          return true;
        },
        stderr: () => true,
        stdoutEnd: () => ended(),
        stderrEnd() {},
        exit() {},
        stdinDrain: () => drained.shift()?.(),
      });
      let expected = "";
      for (let i = 0; i < 300; i++) {
        const piece = `${i} ${"x".repeat((i * 37) % 9000)}\n`;
        expected += piece;
        if (child.stdin?.write(Buffer.from(piece)) === false)
          await new Promise<void>((resolve) => drained.push(resolve));
      }
      child.stdin?.end();
      await whole;
      expect(out === expected).toBe(true);
      expect(child.stdin?.written).toBe(expected.length);
    });
  });

  test("stamps the first byte when it comes", async () => {
    const go = join(folder, `go-${kind}`);
    const { result, said } = await run(starter, shell(`printf a; while [ ! -e ${go} ]; do sleep .01; done; printf b`));
    await until("the first byte", () => said() === "a");
    const seenAt = performance.now();
    writeFileSync(go, "");
    const { out, firstByteAt, beganAt } = await result;
    expect(out).toBe("ab");
    expect(firstByteAt).toBeGreaterThan(beganAt);
    expect(firstByteAt).toBeLessThanOrEqual(seenAt);
  });

  test("stops reading while stdout is paused, and goes on at resume", async () => {
    let bytes = 0;
    let isOpen = false;
    let over: () => void = () => {};
    const whole = new Promise<void>((resolve) => {
      over = resolve;
    });
    const child = await starter.start(shell("head -c 30000000 /dev/zero; echo . >&2"), {
      stdout(data) {
        bytes += data.length;
        return isOpen;
      },
      stderr: () => true,
      stdoutEnd: () => over(),
      stderrEnd() {},
      exit() {},
      stdinDrain() {},
    });
    await until("the first bytes", () => bytes > 0);
    const seen = bytes;
    for (let i = 0; i < 5; i++) await finish(starter, program("/bin/true")); // time passes, other children run
    expect(bytes).toBe(seen);
    expect(bytes).toBeLessThanOrEqual(65536);
    child.stdout.resume(); // still paused at the next read
    await until("one more read", () => bytes > seen);
    expect(bytes).toBeLessThanOrEqual(seen + 131072);
    isOpen = true;
    child.stdout.resume();
    await whole;
    expect(bytes).toBe(30_000_000);
  });

  test("gives nothing while paused, even after the process has exited", async () => {
    const go = join(folder, `go-while-paused-${kind}`);
    const got: string[] = [];
    let isOpen = false;
    const child = await starter.start(shell(`printf a; while [ ! -e ${go} ]; do sleep .01; done; printf b`), {
      stdout: (data) => got.push(Buffer.from(data).toString()) > 0 && isOpen,
      stderr: () => true,
      stdoutEnd: () => void got.push("end"),
      stderrEnd() {},
      exit: () => void got.push("exit"),
      stdinDrain() {},
    });
    await until("the first byte", () => got.length > 0);
    writeFileSync(go, "");
    await until("the exit", () => got.includes("exit"));
    await finish(starter, program("/bin/true"));
    expect(got).toEqual(["a", "exit"]);
    isOpen = true;
    child.stdout.resume();
    await until("the end", () => got.includes("end"));
    expect(got).toEqual(["a", "exit", "b", "end"]);
  });

  test("close() ends a stream a grandchild holds", async () => {
    const { child, result, said } = await run(starter, shell("sleep 30 & echo x"));
    await until("the script wrote", () => said() === "x\n");
    child.stdout.close();
    child.stderr.close();
    expect((await result).exit.exitCode).toBe(0);
    expect(membersOf(child.pid)).toHaveLength(1); // bash's copy, or sleep already
    child.end(0);
    await until("the grandchild is gone", () => membersOf(child.pid).length === 0);
  });

  describe("end()", () => {
    test("asks with TERM first", async () => {
      const { child, result, said } = await run(
        starter,
        shell("trap 'echo bye; exit 4' TERM; echo ready; while :; do sleep .01; done"),
      );
      await until("ready", () => said() === "ready\n");
      child.end(5000);
      child.end(0);
      const { out, exit } = await result;
      expect(out).toBe("ready\nbye\n");
      expect(exit.exitCode).toBe(4);
    });

    test("kills who ignores TERM after the grace", async () => {
      const { child, result, said } = await run(
        starter,
        shell("trap '' TERM; echo ready; while :; do sleep .01; done"),
      );
      await until("ready", () => said() === "ready\n");
      const begun = performance.now();
      child.end(150);
      expect((await result).exit.signal).toBe("SIGKILL");
      expect(performance.now() - begun).toBeGreaterThan(140);
    });

    test("reaches the whole session, groups of their own too, and lists who left it", async () => {
      const { child, result, said } = await run(
        starter,
        shell("setsid sleep 61 & set -m; sleep 62 & sleep 63 & (trap '' TERM; echo ready; sleep 64); wait"),
      );
      await until("ready", () => said() === "ready\n" && membersOf(child.pid).length >= 4);
      await until("somebody left", () => child.escaped().some((who) => who.endsWith(" sleep")));
      const [escaped = ""] = child.escaped();
      expect(escaped).toMatch(/^\d+ sleep$/);
      child.end(100);
      await until("the session is gone", () => membersOf(child.pid).length === 0);
      expect(child.escaped()).toEqual([escaped]);
      process.kill(Number.parseInt(escaped, 10));
      expect((await result).exit.signal).toMatch(/SIGTERM|SIGKILL/);
      await until("it is gone too", () => child.escaped().length === 0);
    });

    test("ends what a leader left behind, though it ignores TERM", async () => {
      const { child, result, said } = await run(starter, shell("(trap '' TERM; echo ready; exec sleep 65) & wait"));
      await until("ready", () => said() === "ready\n");
      child.end(100);
      await result; // stdout ends only when the sleeper is going
      await until("nobody is left", () => membersOf(child.pid).length === 0);
    });
  });

  test("300 starts, 60 at a time, beside other children: nothing lost, no descriptor left", async () => {
    await finish(starter, program("/bin/true"));
    const before = openDescriptors();
    let left = 300;
    const chain = async (): Promise<void> => {
      while (left-- > 0) {
        const { out, exit } = await finish(starter, shell("cat; exit 5"), Buffer.from("hello"));
        expect({ out, code: exit.exitCode }).toEqual({ out: "hello", code: 5 });
      }
    };
    const others = setInterval(() => execFileSync("/bin/true"), 20);
    await Promise.all(Array.from({ length: 60 }, chain));
    clearInterval(others);
    await until("descriptors are closed", () => openDescriptors() <= before);
  });

  test("dispose() ends every session, what a finished script left running included, and then refuses", async () => {
    const before = openDescriptors();
    const { starter: own } = await createStarter(kind);
    const running = await run(own, shell("trap '' TERM; echo ready; while :; do sleep .01; done"));
    const finished = await run(own, shell("sleep 66 >/dev/null 2>&1 & echo $!"));
    const grouped = await run(own, shell("set -m; sleep 68 >/dev/null 2>&1 & echo $!"));
    const held = await run(own, shell("setsid sleep 67 & echo $!"));
    await until("all said something", () => [running, finished, grouped, held].every(({ said }) => said() !== ""));
    await Promise.all([finished.result, grouped.result]);
    for (const { said } of [finished, grouped]) expect(isAlive(Number(said()))).toBe(true);
    const outsider = Number(held.said());
    await until("it has left the session", () =>
      liveProcesses().some(({ pid, session }) => pid === outsider && session === outsider),
    );
    await own.dispose();
    await own.dispose();
    expect(isAlive(running.child.pid)).toBe(false);
    for (const { said } of [finished, grouped]) expect(isAlive(Number(said()))).toBe(false);
    await Promise.all([running.result, held.result]); // the ends come though an outsider holds the pipe
    process.kill(Number(held.said()));
    await expect(own.start(program("/bin/true"), neverCalled)).rejects.toThrow(StartError);
    await until("descriptors are closed", () => openDescriptors() <= before);
  });
});

const neverCalled = {
  stdout: () => expect.unreachable(),
  stderr: () => expect.unreachable(),
  stdoutEnd: () => expect.unreachable(),
  stderrEnd: () => expect.unreachable(),
  exit: () => expect.unreachable(),
  stdinDrain: () => expect.unreachable(),
};
