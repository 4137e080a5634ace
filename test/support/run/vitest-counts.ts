// Vitest's reporter for the runner of all suites. A run that has a file without end is ended here, with its counts.
import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestCase, TestModule, Vitest } from "vitest/node";
import { countsFile, failureOf, noCounts, writeCounts } from "./counts.js";
import { StuckFiles } from "./stuck-files.js";

/** Begins the reason of a skip that is no gap: the test is about something this run does not have. */
export const doesNotApply = "does not apply: ";

export class VitestCounts implements Reporter {
  readonly #files: StuckFiles;

  constructor({ graceMs = 60_000 } = {}) {
    this.#files = new StuckFiles(graceMs);
  }

  /** Started by hand, a run is ended by hand. */
  onInit(vitest: Vitest): void {
    if (countsFile === null) return;
    const end = (why: string): void => {
      const names = this.#files.names();
      console.error(`\n${why}:\n${names.map((name) => `  ${name}`).join("\n")}`);
      this.#write(vitest.state.getTestModules(), names);
      process.exit(1);
    };
    process.once("SIGTERM", () => end("Stopped from outside. These files have not ended"));
    setInterval(() => {
      if (this.#files.isAnySilent()) end("The run is stopped, since a file does not end. These have not ended");
    }, 1000).unref();
  }

  onTestModuleQueued(module: TestModule): void {
    this.#files.began(module);
  }
  onTestModuleCollected(module: TestModule): void {
    this.#files.heard(module);
  }
  onTestModuleEnd(module: TestModule): void {
    this.#files.ended(module);
  }
  onTestCaseReady(test: TestCase): void {
    this.#files.testBegan(test);
  }
  onTestCaseResult(test: TestCase): void {
    this.#files.testEnded(test);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    this.#write(
      modules,
      unhandled.map((error) => `unhandled: ${messageOf(error)}`),
    );
  }

  /** `more`: what failed beside the tests. */
  #write(modules: readonly TestModule[], more: readonly string[]): void {
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
    counts.failed.push(...more);
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
