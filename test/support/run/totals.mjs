// What a run adds up to. The last line of every run is `N passed, N failed, N skipped`, tests of all suites together; a step that
// is no test (types, lint, build, …) counts only when it fails.
export class Totals {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** @type {Map<string, string[]>} reason → names */
  #skippedBecause = new Map();
  #failedNames = [];
  #retriedNames = [];

  /** @param {string} name @param {boolean} ok */
  step(name, ok) {
    if (!ok) this.#fail(name);
    return ok;
  }

  /**
   * @param {string} suite
   * @param {{ passed: number, failed: string[], skipped: { name: string, why: string }[], retried?: string[] }} counts
   * @param {boolean} ok the runner's own verdict
   */
  suite(suite, { passed, failed, skipped, retried = [] }, ok) {
    this.passed += passed;
    for (const name of failed) this.#fail(`${suite}: ${name}`);
    if (!ok && failed.length === 0) this.#fail(`${suite}: ended with an error outside of its tests`);
    for (const name of retried) this.#retriedNames.push(`${suite}: ${name}`);
    for (const { name, why } of skipped) this.#skip(`${suite}: ${name}`, why);
  }

  #fail(name) {
    this.failed += 1;
    this.#failedNames.push(name);
  }

  #skip(name, why) {
    this.skipped += 1;
    this.#skippedBecause.set(why, [...(this.#skippedBecause.get(why) ?? []), name]);
  }

  /** Says what failed and what was skipped by name, then the counts, and sets the exit code. */
  finish() {
    for (const [why, names] of this.#skippedBecause)
      console.log(`\nSkipped, ${why}:\n${names.map((name) => `  ${name}`).join("\n")}`);
    if (this.#retriedNames.length > 0)
      console.log(`\nPassed only when tried again:\n${this.#retriedNames.map((name) => `  ${name}`).join("\n")}`);
    if (this.#failedNames.length > 0)
      console.log(`\nFailed:\n${this.#failedNames.map((name) => `  ${name}`).join("\n")}`);
    process.exitCode = this.failed === 0 ? 0 : 1;
    console.log(`\n${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
  }
}
