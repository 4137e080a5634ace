// A lesson of one check, written into a folder of its own.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const text = `---
schema: 1
title: Small
goal: You can do it.
minutes: 1
code: [shell]
open: cgi-bin/small
misconception: None.
---
# story
It is small.
# task
Do it.
# hints
1. One.
2. Two.
3. Three.
# after
Done.
`;

export const printing = (body: string): string => `#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\n${body}\n`;

interface Small {
  /** The entries of `checks`, as YAML. */
  readonly checks: string;
  readonly values?: string;
  readonly start?: string;
  readonly solution?: string;
}

/** Writes the lesson's files below `folder`. */
export function writeSmallLesson(folder: string, { checks, values = "{}", ...scripts }: Small): string {
  const { start = printing("echo start"), solution = printing("echo solution") } = scripts;
  const files = {
    "lesson.md": text,
    "check.yaml": `schema: 1\nvalues: ${values}\nchecks:\n${checks}\n`,
    "start/shell/cgi-bin/small.sh": start,
    "solution/shell/cgi-bin/small.sh": solution,
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content, { mode: 0o755 });
  }
  return folder;
}
