// Values that are new for each request, by the names that editors have for them: `{{$uuid}}`, `{{$timestamp -3 h}}`.
import { randomInt, randomUUID } from "node:crypto";

/** Null: there is no such variable, or it does not take these words. */
export function dynamicValue(name: string, now = new Date()): string | null {
  const [word, ...words] = name.split(/\s+/);
  switch (word) {
    case "$uuid":
    case "$guid":
    case "$random.uuid":
      return words.length === 0 ? randomUUID() : null;
    case "$timestamp": {
      const at = words.length === 0 ? now : moved(now, words);
      return at === null ? null : String(Math.floor(at.getTime() / 1000));
    }
    case "$isoTimestamp":
      return words.length === 0 ? now.toISOString() : null;
    case "$randomInt": {
      const [from = "0", to = "1000", ...others] = words;
      const min = Number(from);
      const max = Number(to);
      const isRange = Number.isSafeInteger(min) && Number.isSafeInteger(max) && min < max && max - min < 2 ** 48;
      return isRange && others.length === 0 ? String(randomInt(min, max)) : null;
    }
    default:
      return null;
  }
}

const unitMs = new Map(Object.entries({ ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }));
const unitMonths = new Map(Object.entries({ M: 1, y: 12 }));

/** By an offset as the REST Client of VS Code has it: `-3 h`. */
function moved(from: Date, [offset = "", unit = "", ...others]: readonly string[]): Date | null {
  const ms = unitMs.get(unit);
  const months = unitMonths.get(unit);
  if (!/^[-+]?\d{1,9}$/.test(offset) || others.length > 0) return null;
  if (ms !== undefined) return validOrNull(new Date(from.getTime() + Number(offset) * ms));
  if (months === undefined) return null;
  const at = new Date(from);
  at.setUTCMonth(at.getUTCMonth() + Number(offset) * months);
  if (at.getUTCDate() !== from.getUTCDate()) at.setUTCDate(0); // of a shorter month the last day
  return validOrNull(at);
}

const validOrNull = (at: Date): Date | null => (Number.isNaN(at.getTime()) ? null : at);
