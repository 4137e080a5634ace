// How large the product is: what lies below electron/, server/ and renderer/ and git knows, in lines and bytes by
// language. Samples, the lessons' own files and the doctor's failing scripts with their healthy twins are data.
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { root } from "./paths.mjs";
import { step } from "./step.mjs";

const languages = {
  TypeScript: [".ts", ".tsx", ".mts", ".mjs"],
  CSS: [".css"],
  Python: [".py"],
  Perl: [".pl", ".pm"],
  Ruby: [".rb"],
  PHP: [".php"],
  shell: [".sh"],
};
const data = [
  /^server\/samples\/(files|templates)\//,
  /^server\/lessons\/course\//,
  /^server\/doctor\/rules\/.*\/(failing|healthy)\.[a-z]+$/,
];

/** Prints one line for each language, the largest first. A checkout without git's folder prints nothing. */
export async function printProductSize() {
  const { ok, output } = await step(
    "size of the product",
    ["git", "ls-files", "-z", "electron", "server", "renderer"],
    {
      isOptional: true,
    },
  );
  if (!ok) return;
  const files = output.split("\0").filter((file) => file !== "" && !data.some((pattern) => pattern.test(file)));
  const sizes = Object.entries(languages).map(([language, endings]) => {
    const bytes = files.filter((file) => endings.includes(extname(file))).map((file) => readFileSync(join(root, file)));
    return {
      language,
      files: bytes.length,
      lines: total(bytes, lineCount),
      bytes: total(bytes, (file) => file.length),
    };
  });
  for (const { language, files, lines, bytes } of sizes.filter((size) => size.files > 0).sort(byLines))
    console.log(`  ${language.padEnd(10)} ${count(lines)} lines ${count(bytes)} bytes ${count(files)} files`);
}

const total = (all, of) => all.reduce((sum, one) => sum + of(one), 0);
const lineCount = (bytes) => bytes.reduce((lines, byte) => lines + (byte === 0x0a ? 1 : 0), 0);
const byLines = (a, b) => b.lines - a.lines;
const count = (number) => number.toLocaleString("en").padStart(10);
