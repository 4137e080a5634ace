// Which addresses may leave the app for the user's own programs. The system would
// start whatever program claims the scheme.

const schemes = new Set(["https:", "http:", "mailto:"]);
const maxLength = 2048;

/** The address to hand to the system, normalised; null when it must not leave. Takes what came over IPC. */
export function externalLink(address: unknown): string | null {
  if (typeof address !== "string" || address.length > maxLength || !URL.canParse(address)) return null;
  const { protocol, username, password, href } = new URL(address);
  return schemes.has(protocol) && username === "" && password === "" ? href : null;
}
