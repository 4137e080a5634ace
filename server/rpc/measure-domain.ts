// Measuring a script in each way to run it, and its cold start.
import { Measurements } from "../app/measure/measurements.js";
import type { Workbench } from "../app/workbench.js";
import type { Measurement, MeasureProgress } from "../contract/measure-contract.js";
import { never, os } from "./implementer.js";
import { refusing } from "./refusal.js";

export const measureDomain = (parts: Pick<Workbench, "folder" | "startLoad">) => {
  const measurements = new Measurements(parts);
  return {
    last: os.measure.last.handler(({ input }) => refusing(() => measurements.last(input.path))),
    run: os.measure.run.handler(({ input, signal = never }) =>
      progressOf((onProgress) => measurements.run(input, signal, onProgress)),
    ),
    startup: os.measure.startup.handler(({ input, signal = never }) =>
      refusing(() => measurements.startup(input.target, signal)),
    ),
  };
};

type Ended = { readonly kind: "ended"; readonly measurement: Measurement };

/** What the work reports, as it comes; a page that is slow gets the newest alone. */
async function* progressOf(
  work: (onProgress: (progress: MeasureProgress) => void) => Promise<Measurement>,
): AsyncGenerator<MeasureProgress | Ended> {
  const waiting: MeasureProgress[] = [];
  let wake = (): void => {};
  let isOver = false;
  const done = refusing(() =>
    work((progress) => {
      waiting.push(progress);
      wake();
    }),
  ).finally(() => {
    isOver = true;
    wake();
  });
  done.catch(() => {}); // reported below
  while (!isOver) {
    const newest = waiting.splice(0).at(-1);
    if (newest !== undefined) yield newest;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
  yield { kind: "ended", measurement: await done };
}
