// What kits are made for.

/** What `--to` takes, in the order in which it is shown. */
export const targetIds = [
  ...(["apache", "nginx", "lighttpd", "busybox", "caddy", "h2o", "haproxy"] as const),
  ...(["container", "compose", "kubernetes", "knative", "openfaas"] as const),
] as const;
export type TargetId = (typeof targetIds)[number];

export const targetNames: Readonly<Record<TargetId, string>> = {
  apache: "Apache",
  nginx: "nginx",
  lighttpd: "lighttpd",
  busybox: "BusyBox httpd",
  caddy: "Caddy",
  h2o: "h2o",
  haproxy: "HAProxy",
  container: "a container",
  compose: "Compose",
  kubernetes: "Kubernetes",
  knative: "Knative",
  openfaas: "OpenFaaS",
};
