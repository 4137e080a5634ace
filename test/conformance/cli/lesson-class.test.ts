// `cgi-workbench lesson` for a class: its works are checked again, whatever they say of themselves.
import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandLine } from "../../support/command-line.js";
import { printing, writeSmallLesson } from "../../support/small-lesson.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
const lesson = async (...args: string[]) => {
  const { stdout, stderr, exitCode } = await commandLine(["lesson", ...args], { cwd: folder.path });
  return { stdout: stdout.toString(), stderr, exitCode };
};
const workFile = ".cgi-workbench-lesson.json";
/** Its two checks give 3 points and 1, for "solution" and the value that was sent. */
beforeAll(async () => {
  folder = tempFolder();
  const expecting = (id: string, body: string, points: number): string =>
    `  - { id: ${id}, say: So., points: ${points}, request: { target: "/{script}?{word}" }, expect: { body: "${body}" } }`;
  const checks = `${expecting("same", "solution", 3)}\n${expecting("fresh", "{word}", 1)}`;
  writeSmallLesson(folder.file("small"), { checks, values: "{ word: word }" });
  for (const name of ["ada", "bob", "eve", "gone"])
    await lesson("start", "small", `class/${name}`, "--as", name === "eve" ? "=1+1" : name, "--trust");
});
afterAll(() => folder[Symbol.dispose]());

const answer = (name: string, body: string): void =>
  writeFileSync(folder.file(`class/${name}/cgi-bin/small.sh`), printing(body));
const long = (name: string): string =>
  `${Array.from({ length: 30 }, (_, n) => `${name}${n}=${n} # ${name}`).join("\n")}\necho "solution $QUERY_STRING"`;

test("works are checked again, and one that cannot be is a line of the table", async () => {
  answer("ada", long("a"));
  answer("bob", long("b"));
  answer("eve", "echo solution kalomi");
  const claimed = JSON.parse(readFileSync(folder.file(`class/eve/${workFile}`), "utf8"));
  const progress = { attempts: 1, passedAt: new Date().toISOString() };
  writeFileSync(folder.file(`class/eve/${workFile}`), JSON.stringify({ ...claimed, progress }));
  execFileSync("mkfifo", [folder.file("class/gone/pipe")]);
  symlinkSync(folder.file("class/eve"), folder.file("linked"));
  const works = ["class/ada", "class/bob", "linked", "class/gone", "nowhere"];
  const { stdout, exitCode } = await lesson(
    "report",
    ...works,
    "--csv",
    "class.csv",
    "--json",
    "--seed",
    "s",
    "--trust",
  );
  expect(exitCode).toBe(2);
  const rows = JSON.parse(stdout).works;
  const briefly = rows.map((row: { [key: string]: unknown }) => [row["passed"], row["points"], row["failed"]]);
  expect(briefly).toEqual([
    [true, 4, []],
    [true, 4, []],
    [false, 3, ["fresh"]],
    [null, 0, []],
    [null, 0, []],
  ]);
  expect(rows.map(({ sameAs }: { sameAs: string[] }) => sameAs)).toEqual([["class/bob"], ["class/ada"], [], [], []]);
  const codes = rows.slice(3).map(({ problem }: { problem: { code: string } }) => problem.code);
  expect(codes).toEqual(["not-a-file", "not-a-work"]);
  const lines = folder.read("class.csv").split("\r\n");
  expect(lines).toHaveLength(7);
  expect(lines[3]).toBe("linked,'=1+1,small,shell,no,3,4,fresh,,s,,");
});

test("a hostile work is a row with its reason, and the others are checked", async () => {
  for (const name of ["killer", "noisy", "huge", "many", "bad", "deep"])
    await lesson("start", "small", `hostile/${name}`, "--as", name, "--trust");
  const work = (name: string, file: string): string => folder.file(`hostile/${name}/${file}`);
  writeFileSync(work("killer", "cgi-bin/small.sh"), printing("kill -9 $PPID; echo solution"));
  // Its background process goes on writing into the copy while that is removed.
  const noise =
    "setsid sh -c 'i=0; while [ $i -lt 400 ] && : > ../n$i; do i=$((i+1)); sleep 0.01; done' > /dev/null 2>&1 &";
  writeFileSync(work("noisy", "cgi-bin/small.sh"), printing(`${noise} echo "solution $QUERY_STRING"`));
  truncateSync(work("huge", "cgi-bin/small.sh"), 2 ** 40);
  writeFileSync(work("many", "cgi-bin/small.sh"), printing(long("b")));
  for (let n = 0; n < 1500; n++) writeFileSync(work("many", `file-${n}`), "");
  writeFileSync(work("bad", workFile), '{"schema":1,"progress":[[]]}');
  writeFileSync(work("deep", "cgi-workbench.json"), "[".repeat(100_000));
  const claimed = JSON.parse(readFileSync(work("noisy", workFile), "utf8"));
  writeFileSync(work("noisy", workFile), JSON.stringify({ ...claimed, name: "x\n✔ class/gone: 4 of 4" }));
  answer("ada", long("a"));
  const works = ["killer", "noisy", "huge", "many", "bad", "deep"].map((name) => `hostile/${name}`);
  const { stdout, stderr, exitCode } = await lesson("report", ...works, "class/ada", "--json", "--trust");
  expect([exitCode, stderr]).toEqual([2, ""]);
  const rows: { passed: boolean | null; problem: { code: string } | null }[] = JSON.parse(stdout).works;
  expect(rows.map(({ passed, problem }) => problem?.code ?? passed)).toEqual([
    "work-ended-check",
    true,
    "work-too-large",
    true,
    "work-damaged",
    false,
    true,
  ]);
  const text = await lesson("report", "hostile/noisy", "class/ada", "--trust");
  expect(text.stdout.split("\n")).toHaveLength(6); // and what held
}, 120_000);

test("a class that has passed ends with 0, one that has not with 1", async () => {
  answer("ada", long("a"));
  answer("eve", "echo solution");
  expect((await lesson("report", "class/ada", "--trust")).exitCode).toBe(0);
  const { stdout, exitCode } = await lesson("report", "class/ada", "class/eve", "--trust");
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/✔ class\/ada .*\n✖ class\/eve .*: 3 of 4: fresh\n/);
  expect((await lesson("report")).exitCode).toBe(2);
});

test("a work from another machine is checked against the lesson that is named", async () => {
  answer("ada", long("a"));
  const said = JSON.parse(folder.read(`class/ada/${workFile}`));
  folder.write(`class/ada/${workFile}`, JSON.stringify({ ...said, lesson: "/home/ada/small" }));
  expect((await lesson("report", "class/ada", "--trust")).exitCode).toBe(2);
  expect((await lesson("report", "class/ada", "--lesson", "small", "--trust")).exitCode).toBe(0);
});
