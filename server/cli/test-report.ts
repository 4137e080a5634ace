// What `test` prints: lines for people, TAP 14, and JUnit's XML for other programs.
import { terminalText } from "../base/terminal-text.js";
import type { TestReport } from "../contract/command-output.js";
import { wordsOf } from "../contract/message.js";
import type { SavedFailure, SavedResult } from "../contract/saved-contract.js";
import { unicodeEscape } from "../protocol/hex.js";

const nameWidth = 40;

export const fileHeading = (path: string): string => `${path}\n`;

export function resultText(result: SavedResult): string {
  const { name, status, tookMs, passed, failures, file } = result;
  const facts = [status === null ? "–" : String(status), tookMs === null ? "" : `${Math.round(tookMs * 10) / 10} ms`];
  const line = `  ${passed ? "✔" : "✖"} ${name.padEnd(nameWidth)} ${facts.join("  ")}`.trimEnd();
  return `${[line, ...failures.map((failure) => `    ${placeText(file, failure)}: ${wordsOf(failure.why.text)}`)].join("\n")}\n`;
}

export function totalText({ passed, failed, tookMs }: TestReport): string {
  const all = passed + failed;
  return `\n${all === 1 ? "1 request" : `${all} requests`}, ${failed === 0 ? "all passed" : `${failed} failed`}, ${tookMs} ms\n`;
}

const placeText = (file: string, { line, column }: SavedFailure): string => `${file}:${line}:${column}`;

/** TAP 14: a line for each request, with a block of YAML below one that failed. */
export function tapText({ requests }: TestReport): string {
  const lines = requests.flatMap((result, index) => {
    const { passed, file, name } = result;
    const line = `${passed ? "ok" : "not ok"} ${index + 1} - ${tapWords(`${file}: ${name}`)}`;
    return passed ? [line] : [line, ...yamlOf(result)];
  });
  return `${["TAP version 14", `1..${requests.length}`, ...lines].join("\n")}\n`;
}

/** One line, in which neither a directive nor an escape begins. */
const tapWords = (text: string): string =>
  terminalText(text.replace(/[\0-\x1f\x7f\u2028\u2029\x85]+/g, " ")).replace(/[\\#]/g, "\\$&");

function yamlOf({ file, line, failures }: SavedResult): string[] {
  const [first] = failures;
  return [
    "  ---",
    `  message: ${yamlText(failures.map(({ why }) => why.text).join("; "))}`,
    "  severity: fail",
    `  at: ${yamlText(first === undefined ? `${file}:${line}` : placeText(file, first))}`,
    "  failures:",
    ...failures.flatMap((failure) => [
      `    - assertion: ${yamlText(failure.text)}`,
      `      at: ${yamlText(placeText(file, failure))}`,
      `      expected: ${yamlText(failure.expected)}`,
      `      got: ${yamlText(failure.got)}`,
    ]),
    "  ...",
  ];
}

/** JSON is YAML, but for a few characters that YAML wants escaped. */
const yamlText = (text: string | null): string =>
  JSON.stringify(text).replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g,
    unicodeEscape,
  );

/** JUnit's XML, as continuous integration reads it: a suite for each file. */
export function junitText(report: TestReport): string {
  const files = [...new Set(report.requests.map(({ file }) => file))];
  const suites = files.map((file) =>
    suiteXml(
      file,
      report.requests.filter((result) => result.file === file),
    ),
  );
  const counts = countsXml(report.requests, report.tookMs);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="cgi-workbench"${counts}>\n${suites.join("")}</testsuites>\n`;
}

function suiteXml(file: string, results: readonly SavedResult[]): string {
  const tookMs = results.reduce((sum, result) => sum + (result.tookMs ?? 0), 0);
  return `  <testsuite name="${xmlText(file)}" file="${xmlText(file)}"${countsXml(results, tookMs)}>\n${results.map(caseXml).join("")}  </testsuite>\n`;
}

const countsXml = (results: readonly SavedResult[], tookMs: number): string =>
  ` tests="${results.length}" failures="${results.filter(({ passed }) => !passed).length}" errors="0" skipped="0" time="${seconds(tookMs)}"`;

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function caseXml({ file, name, line, tookMs, failures }: SavedResult): string {
  const open = `    <testcase name="${xmlText(name)}" classname="${xmlText(file)}" file="${xmlText(file)}" line="${line}" time="${seconds(tookMs ?? 0)}"`;
  if (failures.length === 0) return `${open}/>\n`;
  return `${open}>\n${failures.map((failure) => failureXml(file, failure)).join("")}    </testcase>\n`;
}

function failureXml(file: string, failure: SavedFailure): string {
  const { why, text, expected, got } = failure;
  const lines = [
    placeText(file, failure),
    text,
    ...(expected === null ? [] : [`expected: ${expected}`, `got: ${got ?? "nothing"}`]),
  ];
  return `      <failure type="${xmlText(why.code)}" message="${xmlText(wordsOf(why.text))}">${xmlText(lines.join("\n"))}</failure>\n`;
}

/** For an attribute or between tags. What XML 1.0 cannot hold, escaped or not (§2.2), is written as U+FFFD. */
export const xmlText = (text: string): string =>
  text
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"'\t\n\r\x7f-\x9f\u2028\u2029]/g, (one) => `&#${one.charCodeAt(0)};`);
