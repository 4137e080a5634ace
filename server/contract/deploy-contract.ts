// Kits: what a folder's scripts need to live on another server.

/** What `--to` takes, in the order in which it is shown. */
export const targetIds = [
  "apache",
  "nginx",
  "lighttpd",
  "busybox",
  "caddy",
  "haproxy",
  "container",
  "compose",
  "kubernetes",
  "knative",
] as const;
export type TargetId = (typeof targetIds)[number];
