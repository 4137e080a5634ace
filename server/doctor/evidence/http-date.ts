// Dates in headers: HTTP has one form to write and two old forms to accept (RFC 9110 §5.6.7).

const day = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const longDay = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";
export const month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const time = "\\d{2}:\\d{2}:\\d{2}";
const forms = [
  new RegExp(`^${day}, \\d{2} ${month} \\d{4} ${time} GMT$`),
  new RegExp(`^${longDay}, \\d{2}-${month}-\\d{2} ${time} GMT$`),
  new RegExp(`^${day} ${month} [\\d ]\\d ${time} \\d{4}$`),
];

/** Why the value is not an HTTP date, as the end of a sentence; null if it is one. */
export function httpDateProblem(value: string): string | null {
  if (!forms.some((form) => form.test(value))) {
    if (/[+-]\d{4}$/.test(value)) return "it has a time zone, but HTTP dates are in GMT";
    if (/^\d+$/.test(value)) return "it is a number";
    if (/^\d{4}-\d{2}-\d{2}/.test(value)) return "it has the ISO 8601 form";
    return Number.isNaN(Date.parse(value)) ? "it is not a date" : "it does not have the form of an HTTP date";
  }
  const ms = Date.parse(value.replace(/^(\w+ \w+ +\d+ [\d:]+ \d{4})$/, "$1 GMT"));
  if (Number.isNaN(ms)) return "this day or time does not exist";
  const weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][new Date(ms).getUTCDay()] ?? "";
  return value.startsWith(weekday) ? null : `this day is a ${weekday}`;
}
