// What becomes of the calls: one touch for what was sought in many folders, the parts of libraries folded away, the
// time until an address answered.
import fc from "fast-check";
import { expect, test } from "vitest";
import { maxTouched } from "../../../../server/contract/touched.js";
import { answerIn, askedName } from "../../../../server/formats/touched/network.js";
import { touchedOf } from "../../../../server/formats/touched/touched.js";
import { TouchedReader } from "../../../../server/formats/touched/touched-reader.js";
import { remarksOf, shownName } from "../../../../server/formats/touched/words.js";
import { latin1 } from "../../../../server/protocol/byte-string.js";

const script = latin1("/srv/cgi-bin/x.pl");

function touched(lines: readonly string[]) {
  const reader = new TouchedReader("/srv/cgi-bin");
  for (const [at, line] of [
    'execve("/srv/cgi-bin/x.pl", ["/srv/cgi-bin/x.pl"], 0x7ffc /* 20 vars */) = 0 <0.0001>',
    'openat(AT_FDCWD</srv/cgi-bin>, "/srv/cgi-bin/x.pl", O_RDONLY) = 3</srv/cgi-bin/x.pl> <0.0001>',
    ...lines,
  ].entries())
    reader.read(/^\d/.test(line) ? line : `1 10.0${String(at).padStart(4, "0")} ${line}`);
  reader.end();
  return touchedOf(reader, { script, startedAt: 10_000, why: null, textOf: String });
}
const shown = (lines: readonly string[]) => touched(lines).touches.filter(({ own }) => own !== true);
const missing = (path: string): string =>
  `newfstatat(AT_FDCWD</srv/cgi-bin>, "${path}", 0x1, 0) = -1 ENOENT (No such file) <0.0005>`;
const found = (path: string): string => `openat(AT_FDCWD</srv/cgi-bin>, "${path}", O_RDONLY) = 4<${path}> <0.0005>`;

test("what was sought in several folders and never found is one touch", () => {
  const list = shown(["/etc/perl/A/B.pm", "/usr/share/perl5/A/B.pm", "/usr/lib/perl/A/B.pm"].map(missing));
  expect(list).toMatchObject([{ name: "/etc/perl/A/B.pm", given: "A/B.pm", errno: "ENOENT", places: 3, ms: 1.5 }]);
});

test.each([
  [["lib/Foo.pm", "/etc/perl/Foo.pm", "/usr/share/perl5/Foo.pm"], "Foo.pm"],
  [["bin/uci", "/usr/local/bin/uci", "/usr/bin/uci"], "uci"],
  [["lib/A/Foo.pm", "/etc/perl/A/Foo.pm"], "A/Foo.pm"],
  [["lib/Foo.pm"], "/srv/cgi-bin/lib/Foo.pm"],
])("%j was sought by the name %s, also where the first folder is a relative one", (paths, name) => {
  const [touch] = shown(paths.map(missing));
  expect(touch && shownName(touch, String(touch.name), String)).toBe(name);
  expect(touch && remarksOf(touch, String).includes("given as lib/Foo.pm")).toBe(paths.length === 1);
});

test("the folder in which mail is caught is one of those in which a program is sought", () => {
  const folders = ["/tmp/cgi-workbench-mail-a1B2c3", "/usr/local/bin", "/usr/bin"];
  expect(shown(folders.map((folder) => missing(`${folder}/uci`)))).toMatchObject([{ places: 3 }]);
  const date = 'execve("/usr/bin/date", ["date"], 0x1 /* 9 vars */) = 0 <0.0001>';
  expect(shown([missing(`${folders[0]}/date`), date])).toMatchObject([{ did: "started", name: "/usr/bin/date" }]);
});

test("what was found in the end is not shown", () => {
  expect(shown([missing("/etc/perl/CGI.pm"), found("/usr/share/perl5/CGI.pm")])).toEqual([]);
});

test("a file of the script's own is shown, also where another one has its name", () => {
  expect(shown([found("/usr/share/perl5/config.pm"), missing("data/config.txt")])).toMatchObject([
    { name: "/srv/cgi-bin/data/config.txt", given: "data/config.txt" },
  ]);
});

test("another part of the same name hides none that is missing", () => {
  const list = shown([
    ...["/etc/perl/A/Util.pm", "/usr/share/perl5/A/Util.pm"].map(missing),
    found("/usr/share/perl5/C/Util.pm"),
  ]);
  expect(list).toMatchObject([{ name: "/etc/perl/A/Util.pm", places: 2 }]);
});

test("what was started several times and ended alike is one touch", () => {
  const once = (pid: number): string[] => [
    `clone(child_stack=NULL, flags=SIGCHLD) = ${pid} <0.0001>`,
    `${pid} 10.${pid} execve("/usr/bin/date", ["date"], 0x1 /* 9 vars */) = 0 <0.0001>`,
    `${pid} 10.${pid + 1} +++ exited with 1 +++`,
  ];
  expect(shown([...once(20), ...once(30), ...once(40)])).toMatchObject([
    { name: "/usr/bin/date", times: 3, exitCode: 1 },
  ]);
});

test("a folder that was entered is where relative paths begin, also in a child", () => {
  const list = shown([
    'chdir("/var/data") = 0 <0.0001>',
    "clone(child_stack=NULL, flags=SIGCHLD) = 2 <0.0001>",
    '2 10.5 access("x.txt", R_OK) = -1 ENOENT (No such file) <0.0001>',
  ]);
  expect(list.at(-1)).toMatchObject({ name: "/var/data/x.txt", given: "x.txt" });
});

test("a connect that does not wait takes until it is answered", () => {
  const address = '{sa_family=AF_INET, sin_port=htons(3306), sin_addr=inet_addr("10.0.0.1")}, 16';
  const list = touched([
    "1 10.1 socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP) = 3<socket:[5]> <0.0001>",
    `1 10.2 connect(3<socket:[5]>, ${address}) = -1 EINPROGRESS (Operation now in progress) <0.0001>`,
    "1 10.2001 poll([{fd=3<socket:[5]>, events=POLLOUT}], 1, 3000) = 1 ([{fd=3, revents=POLLOUT}]) <0.25>",
    "1 10.4503 getsockopt(3<socket:[5]>, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0 <0.0001>",
  ]);
  const [connected] = list.touches.filter(({ did }) => did === "connected");
  expect(connected).toMatchObject({ name: "10.0.0.1:3306", errno: "ECONNREFUSED" });
  expect(connected?.ms).toBeCloseTo(250.4, 1);
  expect(list.connectMs).toBe(connected?.ms);
});

test("a host name is read from the question, whatever its labels are", () => {
  const label = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(..."abcxyz09-") });
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 15 }), (labels, code) => {
      const head = `\x12\x34\x81${String.fromCharCode(0x80 | code)}\0\x01\0\0\0\0\0\0`;
      const name = labels.map((one) => String.fromCharCode(one.length) + one).join("");
      const message = latin1(`${head}${name}\0\0\x01\0\x01`);
      expect(askedName(message)).toBe(labels.join("."));
      expect(answerIn(message)).toBe(
        { 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED" }[code] ?? null,
      );
    }),
  );
});

test("whatever is touched, the list keeps its bound and its order", () => {
  const path = fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom(..."ab./") });
  fc.assert(
    fc.property(fc.array(fc.tuple(path, fc.boolean()), { maxLength: 60 }), (all) => {
      const { touches, omitted } = touched(all.map(([name, isFound]) => (isFound ? found(name) : missing(name))));
      expect(touches.map(({ at }) => at)).toEqual(touches.map(({ at }) => at).toSorted((a, b) => a - b));
      expect(omitted).toBe(0);
    }),
  );
  const many = touched(Array.from({ length: maxTouched + 50 }, (_, n) => missing(`/x/${n}`)));
  expect(many.touches).toHaveLength(maxTouched);
  expect(many.omitted).toBeGreaterThanOrEqual(50);
});
