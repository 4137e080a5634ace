// Dates in header fields: HTTP allows one way to write them, and two old ones to read (RFC 9110 §5.6.7); cookies are read more
// leniently (RFC 6265 §5.1.1).

const day = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const longDay = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";
const month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const time = "\\d{2}:\\d{2}:\\d{2}";
const forms = [
  new RegExp(`^${day}, \\d{2} ${month} \\d{4} ${time} GMT$`),
  new RegExp(`^${longDay}, \\d{2}-${month}-\\d{2} ${time} GMT$`),
  new RegExp(`^${day} ${month} [\\d ]\\d ${time} \\d{4}$`),
];

/** Why the value is no HTTP date, as the end of a sentence; null when it is one. */
export function whyNoHttpDate(value: string): string | null {
  if (!forms.some((form) => form.test(value))) {
    if (/[+-]\d{4}$/.test(value)) return "it names a time zone; HTTP's dates are in GMT";
    if (/^\d+$/.test(value)) return "it is a number";
    if (/^\d{4}-\d{2}-\d{2}/.test(value)) return "it is written as ISO 8601 asks";
    return Number.isNaN(Date.parse(value)) ? "it cannot be read as a date" : "it is not written the way HTTP asks";
  }
  const ms = Date.parse(value.replace(/^(\w+ \w+ +\d+ [\d:]+ \d{4})$/, "$1 GMT"));
  if (Number.isNaN(ms)) return "there is no such day or time";
  const weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][new Date(ms).getUTCDay()] ?? "";
  return value.startsWith(weekday) ? null : `that day is a ${weekday}`;
}

/** As browsers read the date of a cookie: four parts in any order. */
export function isCookieDate(value: string): boolean {
  const parts = value.split(/[\t -/;-@[-`{-~]+/);
  return (
    parts.some((part) => /^\d{1,2}:\d{1,2}:\d{1,2}(?:\D|$)/.test(part)) &&
    parts.some((part) => new RegExp(`^${month}`, "i").test(part)) &&
    parts.some((part) => /^\d{1,2}(?:\D|$)/.test(part)) &&
    parts.some((part) => /^(?:\d{4}|\d{2})(?:\D|$)/.test(part))
  );
}
