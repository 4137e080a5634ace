// The window's Content-Security-Policy, one for both shells: the desktop app's app:// and browser mode's loopback origin.
// `connect-src 'self'` covers the WebSocket to the same host and port; app:// talks over a MessagePort and needs none.

/**
 * The header's value. `dev` only for Vite's development server, whose page carries an inline script (React refresh).
 * `style-src` needs 'unsafe-inline' because Monaco writes style elements; without it the editor never appears.
 */
export function contentSecurityPolicy({ dev = false }: { dev?: boolean } = {}): string {
  return [
    "default-src 'none'",
    `script-src 'self'${dev ? " 'unsafe-inline'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "connect-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
