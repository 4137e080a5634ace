// The parts of a long run, one after the other, each of them run, left out by name, or failed.

/**
 * @typedef {{ name: string, seconds: number, needsBuild?: boolean, run: () => Promise<unknown> }} Part `seconds`: how
 * long it takes on the usual machine
 */

/**
 * @param {import("./totals.mjs").Totals} totals
 * @param {readonly Part[]} parts
 * @param {object} run
 * @param {boolean} run.isReady there was a build for what ran before
 * @param {() => boolean} run.isBuilt the build is that of the sources as they are now
 * @param {() => number} run.elapsedSeconds
 * @param {number} run.usualSeconds what ran before takes on the usual machine
 * @param {number} run.limitSeconds of the whole run: a part that would not end within it is left out
 */
export async function runParts(totals, parts, { isReady, isBuilt, elapsedSeconds, usualSeconds, limitSeconds }) {
  let usual = usualSeconds;
  for (const { name, seconds, needsBuild = false, run: runPart } of parts) {
    const elapsed = elapsedSeconds();
    const slowness = elapsed / usual;
    if (needsBuild && !isReady) totals.leftOut(name, "the build failed");
    else if (needsBuild && !isBuilt())
      totals.step(`${name}: the sources changed since the build`, { ok: false, seconds: 0 });
    else if (elapsed + seconds * slowness > limitSeconds)
      totals.leftOut(name, `this run takes ${slowness.toFixed(1)} times as long as usual, and has a limit`);
    else {
      await runPart();
      usual += seconds;
    }
  }
}
