// What only the native start can promise, and what could go wrong in it alone: descriptors,
// coalesced signals, its memory for strings.
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { byteString } from "../../../server/protocol/byte-string.js";
import { type Libc, loadLibc } from "../../../server/spawn/native/libc.js";
import { nativePlatform } from "../../../server/spawn/native/platform.js";
import { NativeStarter } from "../../../server/spawn/native-starter.js";
import { finish, program, run, shell, until } from "./run-child.js";

let libc: Libc;
let starter: NativeStarter;
let leak = -1;
beforeAll(async () => {
  const platform = nativePlatform(process.platform, process.arch);
  if (!platform) throw new Error("no native start here");
  libc = await loadLibc(platform);
  starter = new NativeStarter(libc);
  const koffi = await import("koffi");
  leak = koffi.load(null).func("int dup(int)")(2); // a copy without CLOEXEC, as some of Electron's
});
afterAll(async () => {
  libc.close(leak);
  await starter.dispose();
});

const listDescriptors = program("/bin/ls", ["ls", "/proc/self/fd"]);
const block = (ms: number): void => {
  for (const end = performance.now() + ms; performance.now() < end; );
};

test("a descriptor leaked on purpose does not reach the script", async () => {
  expect(libc.isInherited(leak)).toBe(true);
  expect((await finish(starter, listDescriptors)).out).toBe("0\n1\n2\n3\n");
});

test("nor does it where the C library has no closefrom", async () => {
  const old = new NativeStarter({ ...libc, actionsCloseFrom: null });
  expect((await finish(old, listDescriptors, Buffer.from("x"))).out).toBe("0\n1\n2\n3\n");
  await old.dispose();
});

test("where the system has no memfd the watchdog's table is a file without a name", async () => {
  const old = new NativeStarter({ ...libc, memfdCreate: null });
  expect((await finish(old, program("/bin/true"))).exit.exitCode).toBe(0);
  await old.dispose();
});

test("64 exits during one blocked turn of the loop are all seen", async () => {
  const all = Array.from({ length: 64 }, () => finish(starter, program("/bin/true")));
  block(300);
  for (const { exit } of await Promise.all(all)) expect(exit.exitCode).toBe(0);
});

test("an exit whose status another wait4 collected is still reported", async () => {
  const { child, result } = await run(starter, shell("sleep .05; exit 3"));
  const status = new Int32Array(1);
  libc.wait4(child.pid, status, 0, Buffer.alloc(256));
  expect((await result).exit).toEqual({ exitCode: null, signal: null, userMs: null, systemMs: null, maxRssKb: null });
});

test("20,000 one-byte writes arrive, and in order", async () => {
  const { out } = await finish(
    starter,
    program("/usr/bin/perl", ["perl", "-e", "syswrite STDOUT, $_ % 10 for 1..20000"]),
  );
  expect(out).toBe("1234567890".repeat(2000));
});

test("an environment and arguments of 1.5 MB arrive, and small ones after them", async () => {
  const env = Array.from({ length: 12 }, (_, i) => byteString(`V${i}=${"x".repeat(100_000)}`));
  const argv = [
    "perl",
    "-e",
    'print length(join "", map { $ENV{"V$_"} } 0..11), " ", scalar(@ARGV)',
    ...Array.from({ length: 2000 }, () => "y".repeat(50)),
  ];
  expect((await finish(starter, program("/usr/bin/perl", argv, { env }))).out).toBe("1200000 2000");
  expect((await finish(starter, shell("echo $0 $#"))).out).toBe("bash 0\n");
});

test("a start costs no descriptor and no process afterwards", async () => {
  const before = readdirSync("/proc/self/fd").length;
  for (let i = 0; i < 50; i++) await finish(starter, program("/bin/cat"), Buffer.alloc(200_000));
  await until("descriptors are closed", () => readdirSync("/proc/self/fd").length <= before);
});
