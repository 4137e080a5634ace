// Times in a search for traces: dates, how long ago, and the last save of a script.

/** What a time can be relative to, Unix times in ms. */
export interface Moments {
  readonly now: number;
  /** When a script was saved last; null: that is not known. */
  readonly lastSave: () => number | null;
}

const agoUnits: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Unix time in ms, of local time if no offset is named; null: not valid, or `save` when no save is known. */
export function timeOf(value: string, { now, lastSave }: Moments): number | null {
  if (value === "save") return lastSave();
  const [, count, unit = ""] = /^(\d{1,6})([mhd])$/.exec(value) ?? [];
  if (count !== undefined) return now - Number(count) * (agoUnits[unit] ?? 0);
  if (value === "today" || value === "yesterday") {
    const day = new Date(now);
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() - (value === "today" ? 0 : 1)).getTime();
  }
  return isoTime(value);
}

/** RFC 3339, in which the offset, the seconds and the time may be missing. */
function isoTime(value: string): number | null {
  const [, date = "", clock = "00:00", offset = ""] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?)?$/i.exec(value) ?? [];
  const time = Date.parse(`${date}T${clock}${offset.toUpperCase()}`);
  // Some days that no month has are read as days of the next one.
  const isReal = !Number.isNaN(time) && Number(date.slice(8)) === new Date(date).getUTCDate();
  return isReal ? time : null;
}
