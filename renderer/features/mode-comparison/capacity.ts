// What a machine could serve, from what was measured: arithmetic, and nothing that is not on the screen.

export const secondsOfDay = 86_400;

export interface Capacity {
  /** Requests a second of one processor. */
  readonly perCore: number;
  /** Of all of them, at 100 % and at 50 %. */
  readonly full: number;
  readonly half: number;
  readonly fullDay: number;
  readonly halfDay: number;
}

/**
 * `measuredOn`: the processors of the machine that was measured; a connection, and a worker process, keeps one of them
 * busy at most. `workers` null: each request has its own process.
 */
export function capacityOf(
  perSecond: number,
  {
    connections,
    measuredOn,
    workers,
    cores,
  }: {
    readonly connections: number;
    readonly measuredOn: number;
    readonly workers: number | null;
    readonly cores: number;
  },
): Capacity {
  const perCore = perSecond / Math.max(1, Math.min(connections, measuredOn, workers ?? measuredOn));
  const full = perCore * cores;
  return { perCore, full, half: full / 2, fullDay: full * secondsOfDay, halfDay: (full / 2) * secondsOfDay };
}
