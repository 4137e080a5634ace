// Playwright's reporter for the runner of all suites.
import type { FullConfig, Reporter, Suite, TestCase, TestError } from "@playwright/test/reporter";
import { failureOf, noCounts, remark, writeCounts } from "./counts.js";

export default class PlaywrightCounts implements Reporter {
  #suite: Suite | null = null;
  readonly #errors: string[] = [];

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
  }

  onError({ message = "an error outside of the tests" }: TestError): void {
    this.#errors.push(message.split("\n")[0] ?? message);
  }

  onEnd(): void {
    const counts = noCounts();
    for (const test of this.#suite?.allTests() ?? []) {
      const name = nameOf(test);
      const outcome = test.outcome();
      const annotations = [test, ...test.results].flatMap((result) => result.annotations);
      if (outcome === "unexpected") counts.failed.push(failureOf(name, test.results.at(-1)?.error?.message));
      else if (outcome === "skipped") counts.skipped.push({ name, why: whySkipped(test, annotations) });
      else counts.passed++;
      if (outcome === "flaky") counts.retried.push(failureOf(name, test.results[0]?.error?.message));
      for (const { type, description = "" } of annotations)
        if (type === remark) counts.remarks.push(`${name}: ${description}`);
    }
    counts.failed.push(...this.#errors);
    writeCounts(counts);
  }
}

function nameOf(test: TestCase): string {
  const [, project = "", file = "", ...titles] = test.titlePath();
  return `[${project}] ${file} › ${titles.join(" › ")}`;
}

/** A test that a broken run never came to is "skipped", too. */
function whySkipped(test: TestCase, annotations: readonly { type: string; description?: string }[]): string {
  if (test.results.length === 0) return "the run ended before it";
  return annotations.find(({ type }) => type === "skip")?.description ?? "without a reason";
}
