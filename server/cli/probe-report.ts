// What `probe` prints for a terminal: a line for each probe, and below it what was not as it must be.
import type { Probed } from "../contract/command-output.js";
import { expectedText, type Probe, probeGroups } from "../formats/probes/probe.js";
import { defaultPolicy } from "../protocol/policy.js";

const idWidth = 22;
const titleWidth = 44;
const gatewayWidth = 26;

/** The library, with what each probe must lead to where no policy is configured. */
export function listText(probes: readonly Probe[]): string {
  const lines: string[] = [];
  let group = "";
  for (const probe of probes) {
    if (probe.group !== group) lines.push(`${group === "" ? "" : "\n"}${probe.group}: ${probeGroups[probe.group]}`);
    group = probe.group;
    const expected = expectedText(probe, { policy: defaultPolicy, requestBodyBytes: null });
    lines.push(`  ${probe.id.padEnd(idWidth)}${probe.title}: ${expected}`, `  ${"".padEnd(idWidth)}${probe.about}`);
  }
  return `${lines.join("\n")}\n`;
}

export const headingText = (target: string): string =>
  `${target}\n${"".padEnd(idWidth + titleWidth)}${"gateway".padEnd(gatewayWidth)}script\n`;

export function probedText(probed: Probed): string {
  const { id, title, asExpected, scriptPassed } = probed;
  const gateway = `${asExpected ? "" : "UNEXPECTED: "}${answersText(probed)}`;
  const script = scriptPassed === null ? "not asked" : scriptPassed ? "passed" : "FAILED";
  const line = `${id.padEnd(idWidth)}${title.padEnd(titleWidth)}${gateway.padEnd(gatewayWidth)}${script}`;
  return `${[line, ...(asExpected ? [] : [`  expected: ${wantedText(probed)}`]), ...findingLines(probed)].join("\n")}\n`;
}

/** The statuses of its requests, equal ones in a row counted. */
function answersText({ requests }: Probed): string {
  const answers: { text: string; count: number }[] = [];
  for (const { isRefused, status } of requests) {
    const text = `${isRefused ? "refused " : ""}${status ?? "no response"}`;
    const last = answers.at(-1);
    if (last?.text === text) last.count++;
    else answers.push({ text, count: 1 });
  }
  return answers.map(({ text, count }) => (count === 1 ? text : `${text} × ${count}`)).join(", ") || "no response";
}

const wantedText = ({ expected }: Probed): string =>
  expected.map((one) => (one.kind === "served" ? "served" : `refused ${one.status} (${one.code})`)).join(", ");

/** What the doctor has to say of requests that reached the script; refusals are expected, or said to be none. */
function findingLines({ requests }: Probed): string[] {
  const findings = requests.flatMap(({ isRefused, findings }) => (isRefused ? [] : findings));
  const errors = findings.filter(({ severity }) => severity === "error");
  return [...new Set(errors.map(({ title }) => `  error: ${title}`))];
}

export function totalText(probed: readonly Probed[]): string {
  const failed = probed.filter(({ scriptPassed }) => scriptPassed === false).length;
  const wrong = probed.filter(({ asExpected }) => !asExpected).length;
  const reached = probed.filter(({ scriptPassed }) => scriptPassed !== null).length;
  const passed = reached === 1 ? "passed it" : "passed all";
  return `
${probed.length} ${probed.length === 1 ? "probe" : "probes"}. The gateway ${wrong === 0 ? "did what it must" : `did not do what it must with ${wrong}`}.
${reached === 0 ? "None reached the script" : `${reached} reached the script, which ${failed === 0 ? passed : `failed ${failed}`}`}.
`;
}
