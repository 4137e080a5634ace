// What a run adds up to. The last line of every run is `N passed, N failed, N skipped`, tests of all suites together; a
// step that is no test (types, lint, build, …) counts only when it fails.

/** @typedef {import("./counts.js").Counts} Counts */
/** @typedef {{ ok: boolean, seconds: number }} Verdict */

export class Totals {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** @type {string[]} a line for each part: how long it took, and its counts */
  #parts = [];
  /** @type {Map<string, string[]>} reason → names */
  #skippedBecause = new Map();
  /** @type {string[]} */
  #failedNames = [];
  /** @type {string[]} */
  #retriedNames = [];
  /** @type {string[]} */
  #remarks = [];

  /** @param {string} name @param {Verdict} verdict */
  step(name, { ok, seconds }) {
    if (!ok) this.#fail(name);
    this.#part(name, seconds, ok ? "" : "failed");
    return ok;
  }

  /** @param {string} name @param {Counts} counts @param {Verdict} verdict the test runner's own */
  suite(name, { passed, failed, skipped, notApplicable, retried, remarks }, { ok, seconds }) {
    this.passed += passed;
    for (const test of failed) this.#fail(`${name}: ${test}`);
    if (!ok && failed.length === 0) this.#fail(`${name}: ended with an error outside of its tests`);
    for (const test of skipped) this.#skip(`${name}: ${test.name}`, test.why);
    this.#retriedNames.push(...retried.map((test) => `${name}: ${test}`));
    this.#remarks.push(...remarks);
    const counts = [
      [passed, "passed"],
      [failed.length, "failed"],
      [skipped.length, "skipped"],
      [retried.length, "retried"],
      [notApplicable, "do not apply"],
    ];
    const told = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
    this.#part(name, seconds, told.join(", "));
  }

  /** A part that was left out. @param {string} name @param {string} why */
  leftOut(name, why) {
    console.log(`\n– ${name}: left out, ${why}`);
    this.#skip(name, why);
  }

  /** Prints the parts and every test that failed, was skipped or retried, then the counts; sets the exit code. */
  finish() {
    list("Parts, in seconds", this.#parts);
    for (const [why, names] of this.#skippedBecause) list(`Skipped, ${why}`, names);
    list("Remarks", this.#remarks);
    list(`${this.#retriedNames.length} retried: a defect to fix`, this.#retriedNames);
    list("Failed", this.#failedNames);
    process.exitCode = this.failed === 0 ? 0 : 1;
    console.log(`\n${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
  }

  #part(name, seconds, counts) {
    this.#parts.push(`${seconds.toFixed(1).padStart(7)}  ${name}${counts === "" ? "" : `: ${counts}`}`);
  }

  #fail(name) {
    this.failed += 1;
    this.#failedNames.push(name);
  }

  #skip(name, why) {
    this.skipped += 1;
    this.#skippedBecause.set(why, [...(this.#skippedBecause.get(why) ?? []), name]);
  }
}

/** @param {string} heading @param {string[]} lines */
function list(heading, lines) {
  if (lines.length > 0) console.log(`\n${heading}:\n${lines.map((line) => `  ${line}`).join("\n")}`);
}
