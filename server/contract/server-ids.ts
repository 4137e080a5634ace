// The servers that the workbench knows from the inside: it says what they would do with a request, and can serve like
// them.
export const serverIds = [
  ...(["apache", "lighttpd", "nginx-fcgiwrap", "go", "python", "busybox"] as const),
  ...(["h2o", "caddy", "uwsgi", "haproxy", "uhttpd"] as const),
] as const;
export type ServerId = (typeof serverIds)[number];

export const serverNames: Readonly<Record<ServerId, string>> = {
  apache: "Apache",
  lighttpd: "lighttpd",
  "nginx-fcgiwrap": "nginx + fcgiwrap",
  go: "Go net/http/cgi",
  python: "Python http.server",
  busybox: "BusyBox httpd",
  h2o: "h2o",
  caddy: "Caddy + fcgiwrap",
  uwsgi: "uWSGI",
  haproxy: "HAProxy + fcgiwrap",
  uhttpd: "uhttpd",
};
