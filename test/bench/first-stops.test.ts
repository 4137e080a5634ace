// How soon a debugged script stops, how soon a step shows values, and what a loop costs beside a breakpoint. By the
// clock, because most of it is waiting for other processes: what the machine does for others is taken out by its load.
// A machine so busy that a debugger needs more than 2 s to start cannot be measured.
import { availableParallelism, loadavg } from "node:os";
import { expect, test } from "vitest";
import { attached } from "../support/attached-editor.js";
import { debuggedPrograms } from "../support/debugged-scripts.js";
import { tempFolder } from "../support/temp-workspace.js";

const turns = 5;
const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
const busy = (): number => Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

const firstStopMs: Readonly<Record<string, number>> = {
  Python: 100,
  Perl: 100,
  bash: 100,
  Node: 150,
  Ruby: 150,
  PHP: 150,
};
const valuesMs = 150;

/** A loop of some hundred milliseconds in the program's language, and a line that it never reaches. */
const loops: Readonly<Record<string, readonly [text: string, never: number]>> = {
  Python: [
    "#!/usr/bin/env python3\nprint('Content-Type: text/plain\\n')\nn = 0\nfor i in range(300000):\n    n += i\nif n < 0:\n    print(n)\nprint('end')\n",
    7,
  ],
  Perl: [
    '#!/usr/bin/perl\nprint "Content-Type: text/plain\\n\\n";\nmy $n = 0;\nfor my $i (0 .. 1000000) {\n  $n += $i;\n}\nif ($n < 0) {\n  print $n;\n}\nprint "end\\n";\n',
    8,
  ],
  Ruby: [
    "#!/usr/bin/env ruby\nputs 'Content-Type: text/plain', ''\nn = 0\n1_000_000.times do |i|\n  n += i\nend\nif n < 0\n  puts n\nend\nputs 'end'\n",
    8,
  ],
  Node: [
    // V8 interprets a function as long as it has a breakpoint (13 to 18 times as slow), and compiles the file's others.
    "#!/usr/bin/env node\nconsole.log('Content-Type: text/plain\\n');\nfunction sum() {\n  let n = 0;\n  for (let i = 0; i < 1e8; i++) n += i;\n  return n;\n}\nif (sum() < 0) {\n  console.log('less');\n}\nconsole.log('end');\n",
    9,
  ],
  PHP: [
    "<?php\nheader('Content-Type: text/plain');\n$n = 0;\nfor ($i = 0; $i < 5000000; $i++) {\n  $n += $i;\n}\nif ($n < 0) {\n  echo $n;\n}\necho \"end\\n\";\n",
    8,
  ],
  bash: [
    "#!/bin/bash\necho Content-Type: text/plain; echo\nn=0\nfor ((i = 0; i < 10000; i++)); do\n  ((n += i))\ndone\nif ((n < 0)); then\n  echo $n\nfi\necho end\n",
    8,
  ],
};

async function timed<T>(work: Promise<T>): Promise<number> {
  const began = performance.now();
  await work;
  return performance.now() - began;
}

const get = async (url: string, path: string): Promise<string> => (await fetch(`${url}/${path}`)).text();

test.each(debuggedPrograms)("$language", { timeout: 300_000 }, async ({ language, file, text, call }) => {
  using folder = tempFolder();
  folder.makeFolder("cgi-bin");
  const [loopText = "", never = 1] = loops[language] ?? [];
  const plainFile = file.replace("sum", "plain");
  const loop = file.replace("sum", "loop");
  const plainLoop = file.replace("sum", "plain-loop");
  const texts = { [file]: text, [plainFile]: text, [loop]: loopText, [plainLoop]: loopText };
  for (const [path, script] of Object.entries(texts)) {
    folder.write(path, script);
    folder.makeExecutable(path);
  }
  const later: number[] = [];
  const values: number[] = [];
  const slower: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    await using one = await attached(folder.path, `/${file}`);
    await get(one.url, plainFile); // the server's first one takes longer
    const plain = await timed(get(one.url, plainFile));
    const began = performance.now();
    const response = get(one.url, file);
    await one.editor.next("initialized");
    await one.editor.begin(folder.file(file), [{ line: call }]);
    await one.editor.stopped();
    later.push(performance.now() - began - plain);
    const shown = one.editor.step("next").then(({ frames }) => one.editor.variables(frames[0]?.id ?? 0));
    values.push(await timed(shown));
    await one.editor.request("continue", { threadId: 1 });
    await response;
  }
  for (let turn = 0; turn < turns; turn++) {
    await using one = await attached(folder.path, `/${loop}`);
    const plain = await timed(get(one.url, plainLoop));
    const response = get(one.url, loop);
    await one.editor.next("initialized");
    await one.editor.begin(folder.file(loop), [{ line: never }]);
    slower.push((await timed(response)) / plain);
  }
  const found = { later: median(later), values: median(values), slower: median(slower), busy: busy() };
  console.info(language, found);
  expect(found.later).toBeLessThan((firstStopMs[language] ?? 0) * found.busy);
  expect(found.values).toBeLessThan(valuesMs * found.busy);
  expect(found.slower).toBeLessThan(language === "bash" ? 40 : 10);
});
