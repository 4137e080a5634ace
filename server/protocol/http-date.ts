// Dates in headers: HTTP has one form to write, and two old forms to accept (RFC 9110 §5.6.7). `Date.parse` would take
// numbers and words for dates, and asctime's form for local time.

const day = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const longDay = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** An expression for the name of one. */
export const month = `(?:${months.join("|")})`;
const time = "(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})";
const forms = [
  new RegExp(`^${day}, (?<day>\\d{2}) (?<month>${month}) (?<year>\\d{4}) ${time} GMT$`),
  new RegExp(`^${longDay}, (?<day>\\d{2})-(?<month>${month})-(?<year>\\d{2}) ${time} GMT$`),
  new RegExp(`^${day} (?<month>${month}) (?<day>[\\d ]\\d) ${time} (?<year>\\d{4})$`),
];

/** The moment it says, whatever its weekday; "no-date": it has none of the forms; "no-such": no such day or time. */
export function httpDate(value: string, now = new Date()): Date | "no-date" | "no-such" {
  for (const form of forms) {
    const said = form.exec(value)?.groups;
    if (said === undefined) continue;
    const [dayOfMonth, hour, minute, second] = [said["day"], said["hour"], said["minute"], said["second"]].map(Number);
    const date = new Date(0);
    date.setUTCFullYear(yearOf(said["year"] ?? "", now), months.indexOf(said["month"] ?? ""), dayOfMonth);
    const exists = date.getUTCDate() === dayOfMonth && Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60;
    // A leap second is the second before once more, as for the system's clock.
    date.setUTCHours(Number(hour), Number(minute), Math.min(Number(second), 59));
    return exists ? date : "no-such";
  }
  return "no-date";
}

/** A year of two digits that is more than 50 years ahead is one of the century before. */
function yearOf(digits: string, now: Date): number {
  if (digits.length > 2) return Number(digits);
  const thisYear = now.getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
