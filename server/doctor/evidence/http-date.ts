// What is wrong with a date in a header.
import { httpDate } from "../../protocol/http-date.js";

/** Why the value is not an HTTP date, as the end of a sentence; null if it is one. */
export function httpDateProblem(value: string): string | null {
  const date = httpDate(value);
  if (date === "no-date") {
    if (/[+-]\d{4}$/.test(value)) return "it has a time zone, but HTTP dates are in GMT";
    if (/^\d+$/.test(value)) return "it is a number";
    if (/^\d{4}-\d{2}-\d{2}/.test(value)) return "it has the ISO 8601 form";
    return Number.isNaN(Date.parse(value)) ? "it is not a date" : "it does not have the form of an HTTP date";
  }
  if (date === "no-such") return "this day or time does not exist";
  const weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][date.getUTCDay()] ?? "";
  return value.startsWith(weekday) ? null : `this day is a ${weekday}`;
}
