// Times in a search for traces: dates, how long ago, and the last save of a script.

/** What a time can be relative to, Unix times in ms. */
export interface Moments {
  readonly now: number;
  /** When a script was saved last; null: that is not known. */
  readonly lastSave: () => number | null;
}

const agoUnits: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Local time, Unix time in ms; null: not valid, or `save` when no save is known. */
export function timeOf(value: string, { now, lastSave }: Moments): number | null {
  if (value === "save") return lastSave();
  const [, count, unit = ""] = /^(\d{1,6})([mhd])$/.exec(value) ?? [];
  if (count !== undefined) return now - Number(count) * (agoUnits[unit] ?? 0);
  if (value === "today" || value === "yesterday") {
    const day = new Date(now);
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() - (value === "today" ? 0 : 1)).getTime();
  }
  const [, year, month, date, hour = 0, minute = 0, second = 0] =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?$/.exec(value) ?? [];
  if (year === undefined || month === undefined || date === undefined) return null;
  const [y, mo, d, h, mi, s] = [year, month, date, hour, minute, second].map(Number);
  const time = new Date(y ?? 0, (mo ?? 1) - 1, d, h, mi, s);
  const isReal =
    time.getMonth() === (mo ?? 1) - 1 && time.getDate() === d && (h ?? 0) < 24 && (mi ?? 0) < 60 && (s ?? 0) < 60;
  return isReal ? time.getTime() : null;
}
