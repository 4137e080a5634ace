// Which test files of a run do not end. What waits is stopped by Vitest at its time limit; what computes without end is
// not, since the limit needs the same thread. Such a file is silent.
import type { TestCase, TestModule } from "vitest/node";

interface Running {
  readonly module: TestModule;
  /** When the file last began or ended something. */
  heardAt: number;
  readonly tests: Set<TestCase>;
}

export class StuckFiles {
  readonly #running = new Map<string, Running>();
  readonly #graceMs: number;

  /** `graceMs`: how much longer than its time limits a file may be silent. */
  constructor(graceMs: number) {
    this.#graceMs = graceMs;
  }

  began(module: TestModule): void {
    this.#running.set(module.id, { module, heardAt: performance.now(), tests: new Set() });
  }
  ended(module: TestModule): void {
    this.#running.delete(module.id);
  }
  heard(module: TestModule): void {
    const running = this.#running.get(module.id);
    if (running) running.heardAt = performance.now();
  }
  testBegan(test: TestCase): void {
    this.heard(test.module);
    this.#running.get(test.module.id)?.tests.add(test);
  }
  testEnded(test: TestCase): void {
    this.heard(test.module);
    this.#running.get(test.module.id)?.tests.delete(test);
  }

  isAnySilent(): boolean {
    const now = performance.now();
    return [...this.#running.values()].some((running) => now - running.heardAt > timeLimitMs(running) + this.#graceMs);
  }

  /**
   * The files that have not ended, the most silent one first, each with the tests that it last told of: that a test
   * began is told a moment later, so that it may be the next one that does not end.
   */
  names(): string[] {
    const now = performance.now();
    return [...this.#running.values()]
      .sort((one, other) => one.heardAt - other.heardAt)
      .map(({ module, heardAt, tests }) => {
        const since = [...tests].map(({ fullName }) => ` since “${fullName.replaceAll(" > ", " › ")}”`).join("");
        const silentSeconds = Math.round((now - heardAt) / 1000);
        return `[${module.project.name}] ${module.relativeModuleId}: not ended, silent for ${silentSeconds} s${since}`;
      });
  }
}

function timeLimitMs({ module, tests }: Running): number {
  const { hookTimeout, testTimeout } = module.project.config;
  return Math.max(hookTimeout, testTimeout, ...[...tests].map(({ options }) => options.timeout ?? 0));
}
