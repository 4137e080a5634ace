// A recording of another tool from long ago, which is larger than what the store takes at once.

/** Each entry's response has 700 kB. */
export function largeHar(entries: number): string {
  const content = { size: 700_000, mimeType: "text/plain", text: "x".repeat(700_000) };
  const entry = {
    ...{ startedDateTime: "2020-01-31T12:00:00.000Z", time: 5 },
    request: { method: "GET", url: "http://localhost/large", httpVersion: "HTTP/1.1", headers: [] },
    response: { status: 200, statusText: "OK", headers: [{ name: "Content-Type", value: "text/plain" }], content },
  };
  return JSON.stringify({ log: { version: "1.2", entries: Array(entries).fill(entry) } });
}
