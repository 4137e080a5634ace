// The window's Content-Security-Policy, one for both shells: the desktop app's app:// and browser
// mode's loopback origin. `connect-src 'self'` covers the WebSocket to the same host and port; app://
// talks over a MessagePort and needs none.

/**
 * The header's value. `dev` only for Vite's development server, whose page carries an inline script (React refresh).
 * `frames`: browser mode shows previews in a frame of the script origin, whose port changes while the page
 * lives; the desktop app has a view of its own for that. What must not be framed, the window's own origin above
 * all, says so itself (frame-ancestors). `style-src` needs 'unsafe-inline' because Monaco writes style
 * elements; without it the editor never appears.
 */
export function contentSecurityPolicy({
  dev = false,
  frames = false,
}: {
  dev?: boolean;
  frames?: boolean;
} = {}): string {
  return [
    "default-src 'none'",
    `script-src 'self'${dev ? " 'unsafe-inline'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "connect-src 'self'",
    `frame-src ${frames ? "http://127.0.0.1:* http://localhost:* http://*.localhost:*" : "'none'"}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
