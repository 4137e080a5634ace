// Vitest's reporter for the runner of all suites.
import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import { failureOf, noCounts, writeCounts } from "./counts.js";

/** Begins the reason of a skip that is no gap: the test is about something this run does not have. */
export const doesNotApply = "does not apply: ";

export class VitestCounts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const counts = noCounts();
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) {
        const name = `[${module.project.name}] ${module.relativeModuleId} › ${test.fullName.replaceAll(" > ", " › ")}`;
        const result = test.result();
        if (result.state === "passed") counts.passed++;
        else if (result.state === "failed")
          counts.failed.push(failureOf(name, ...messagesAndDifferences(result.errors)));
        else if (result.state === "pending") counts.skipped.push({ name, why: "the run ended before it" });
        else if (result.note?.startsWith(doesNotApply)) counts.notApplicable++;
        else counts.skipped.push({ name, why: result.note ?? reasonIn(test) });
        const status = result.state === "pending" ? "skipped" : result.state;
        counts.tests.push({ title: test.name, status });
        if ((test.diagnostic()?.retryCount ?? 0) > 0) counts.retried.push(name);
      }
      // A file that could not be loaded, or a hook that failed, is one failure.
      if (module.state() === "failed" && !tests.some((test) => test.result().state === "failed"))
        counts.failed.push(module.relativeModuleId);
    }
    counts.failed.push(...unhandled.map((error) => `unhandled: ${messageOf(error)}`));
    writeCounts(counts);
  }
}

/** `skipIf` takes no reason, so the title gives it: "… (needs ruby)". */
function reasonIn(test: TestCase): string {
  const [, reason] = /\(((?:needs|as root|apt-get install|skipped) [^)]*)\)/.exec(test.fullName) ?? [];
  return reason ?? "without a reason";
}

interface Failure {
  readonly message: string;
  readonly diff?: string | undefined;
}

/** Of what is compared only the lines that are not alike. */
const messagesAndDifferences = (errors: readonly Failure[]): [messages: string, differences: string] => [
  errors.map(({ message }) => message).join("\n"),
  errors
    .flatMap(({ diff = "" }) => stripVTControlCharacters(diff).split("\n"))
    .filter((line) => /^[-+] /.test(line))
    .join("\n"),
];

const messageOf = (error: unknown): string =>
  error instanceof Object && "message" in error ? String(error.message) : String(error);
