// The id of a trace, such as "mi8k2x1q0ae624f-12": its time, the run of the server that recorded it, "-", its number in
// its folder. Ids are unique over processes, and sorted by time.

/** Characters of the time: enough until the year 5188. */
const timeLength = 9;
const latestTime = 36 ** timeLength - 1;
const runLength = 6;

/** The beginning of the ids that are given at this time, or at the nearest one that ids can name. */
export const idTime = (unixMs: number): string =>
  Math.min(Math.max(0, Math.floor(unixMs)), latestTime)
    .toString(36)
    .padStart(timeLength, "0");

/** When the trace began, Unix time in ms. */
export const timeOf = (id: string): number => Number.parseInt(id.slice(0, timeLength), 36);

/** What names a server's run in the ids of its traces. `generation`: of the server. */
export const runPart = (generation: string): string => generation.slice(0, runLength);

export const runOf = (id: string): string => id.slice(timeLength, timeLength + runLength);

/** The number of a trace: no other one in its folder has it. */
export const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf("-") + 1));
