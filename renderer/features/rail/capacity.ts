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

/** `measuredOn`: the processors of the machine that was measured; a connection keeps one of them busy at most. */
export function capacityOf(
  perSecond: number,
  {
    connections,
    measuredOn,
    cores,
  }: { readonly connections: number; readonly measuredOn: number; readonly cores: number },
): Capacity {
  const perCore = perSecond / Math.max(1, Math.min(connections, measuredOn));
  const full = perCore * cores;
  return { perCore, full, half: full / 2, fullDay: full * secondsOfDay, halfDay: (full / 2) * secondsOfDay };
}
