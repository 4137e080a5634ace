// Measuring a script in each way to run it, and its cold start.
import type { Workbench } from "../app/workbench.js";
import type { Compared, Measurement, MeasureProgress } from "../contract/measure-contract.js";
import { Measurements } from "../features/measure/measurements.js";
import { removeAbandonedVersions } from "../features/measure/version-beside.js";
import type { ScriptChanges } from "../features/wrap/script-changes.js";
import { asItComes } from "./as-it-comes.js";
import { never, os } from "./implementer.js";

type Parts = Pick<Workbench, "beforeEnd" | "folder" | "log" | "startLoad" | "stores">;

export const measureDomain = (parts: Parts, changes: ScriptChanges) => {
  const measurements = new Measurements(parts);
  parts.beforeEnd(() => measurements.dispose());
  removeAbandonedVersions().catch((error: unknown) =>
    parts.log.fault("A version that an earlier server left beside a script could not be removed.", error),
  );
  const folder = () => parts.folder.workspace();
  return {
    wrap: os.measure.wrap.handler(({ input }) => changes.wrap(folder(), input.path)),
    reset: os.measure.reset.handler(({ input }) => changes.reset(folder(), input.path, input.leak)),
    undo: os.measure.undo.handler(async ({ input }) => {
      await changes.undo(input.token);
      return null;
    }),
    last: os.measure.last.handler(({ input }) => measurements.last(input.path)),
    run: os.measure.run.handler(({ input, signal = never }) =>
      progressOf(
        async (onProgress): Promise<{ readonly measurement: Measurement }> => ({
          measurement: await measurements.run(input, signal, onProgress),
        }),
      ),
    ),
    compare: os.measure.compare.handler(({ input, signal = never }) =>
      progressOf(
        async (onProgress): Promise<{ readonly compared: Compared }> => ({
          compared: await measurements.compare(input, signal, onProgress),
        }),
      ),
    ),
    startup: os.measure.startup.handler(({ input, signal = never }) => measurements.startup(input.target, signal)),
  };
};

/** What the work reports, then its result; a page that is slow gets the newest report alone. */
async function* progressOf<Result extends object>(
  work: (onProgress: (progress: MeasureProgress) => void) => Promise<Result>,
): AsyncGenerator<MeasureProgress | (Result & { readonly kind: "ended" })> {
  const steps = asItComes<MeasureProgress, Result>(work);
  for (;;) {
    const step = await steps.next();
    if (step.done) return yield { ...step.value, kind: "ended" };
    const newest = step.value.at(-1);
    if (newest !== undefined) yield newest;
  }
}
