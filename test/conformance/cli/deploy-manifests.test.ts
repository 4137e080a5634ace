// The manifests of kits for many machines: valid for the schemas of what reads them, with what a cluster needs, and
// without secrets.
import { readFileSync } from "node:fs";
import { afterAll, assert, beforeAll, expect, test } from "vitest";
import { commandLine } from "../../support/command-line.js";
import { parseComposeFile } from "../../support/deploy/compose-file.js";
import { parseManifests } from "../../support/deploy/manifests.js";
import { parseStackFile } from "../../support/deploy/stack-file.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const targets = ["kubernetes", "knative", "compose", "openfaas"] as const;
type Target = (typeof targets)[number];
const manifests = {
  kubernetes: { file: "kubernetes.yaml", parse: parseManifests },
  knative: { file: "knative.yaml", parse: parseManifests },
  compose: { file: "compose.yaml", parse: parseComposeFile },
  openfaas: { file: "stack.yaml", parse: parseStackFile },
} as const;
const variables = { GREETING: 'a "b" $c: {d} # ü\u2028', NUMBER: "5", EMPTY: "" };

let folder: TempFolder;
/** Of a folder with variables, by the target. */
let written: Readonly<Record<Target, string>>;
async function manifest(to: Target, dir: string, ...options: string[]): Promise<string> {
  const out = folder.file(`${dir}-${to}`);
  const said = await commandLine(["deploy", folder.file(dir), "--name", "shop", "--to", to, "--out", out, ...options]);
  expect([to, said.exitCode, said.stderr]).toEqual([to, 0, said.stderr]);
  return readFileSync(`${out}/${manifests[to].file}`, "utf8");
}
beforeAll(async () => {
  folder = tempFolder();
  for (const dir of ["shop", "plain"]) {
    folder.makeFolder(`${dir}/cgi-bin`);
    folder.write(`${dir}/cgi-bin/shop.py`, "#!/usr/bin/env python3\nprint('Content-Type: text/plain\\n')\n");
    folder.makeExecutable(`${dir}/cgi-bin/shop.py`);
  }
  folder.write("shop/cgi-workbench.json", JSON.stringify({ variables: { ...variables, DB_PASSWORD: "do not copy" } }));
  const [kubernetes, knative, compose, openfaas] = await Promise.all(targets.map((to) => manifest(to, "shop")));
  assert(kubernetes && knative && compose && openfaas);
  written = { kubernetes, knative, compose, openfaas };
}, 60_000);
afterAll(() => folder?.[Symbol.dispose]());

test("a cluster gets replicas, probes, a limit to disruption, no rights, no secrets", () => {
  expect(written.kubernetes).not.toContain("do not copy");
  const documents = parseManifests(written.kubernetes);
  expect(documents.map(({ kind }) => kind)).toEqual([
    "ConfigMap",
    "Deployment",
    "Service",
    "Ingress",
    "HorizontalPodAutoscaler",
    "PodDisruptionBudget",
  ]);
  const [map, deployment, service, ingress] = documents;
  expect(ingress.spec.rules[0].http.paths[0].backend.service.name).toBe(service.metadata.name);
  expect(map.data).toEqual(variables);
  const [container] = deployment.spec.template.spec.containers;
  expect(container).toMatchObject({
    securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    readinessProbe: { httpGet: { path: "/healthz", port: "http" } },
    envFrom: [{ configMapRef: { name: "shop" } }, { secretRef: { name: "shop" } }],
  });
  expect(service.spec.selector).toEqual(deployment.spec.template.metadata.labels);
});

test("Knative and Compose get the same, each in its own way", () => {
  const [knative] = parseManifests(written.knative);
  expect(knative.spec.template.spec.containers[0].env).toEqual([
    ...Object.entries(variables).map(([name, value]) => ({ name, value })),
    { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "shop", key: "DB_PASSWORD" } } },
  ]);
  const compose = parseComposeFile(written.compose);
  for (const host of ["app-1", "app-2", "app-3"] as const)
    expect(compose.services[host]).toMatchObject({ restart: "unless-stopped", read_only: true, env_file: ".env" });
});

test.each(targets)("the manifest for %s is valid without variables and with a host, too", async (to) => {
  const takesHost = to === "kubernetes" || to === "compose";
  const text = await manifest(to, "plain", ...(takesHost ? ["--host", "shop.example"] : []));
  expect(() => manifests[to].parse(text)).not.toThrow();
});

/** Of each kind a value of the wrong type or a field that is missing, and a field that does not exist. */
const mistakes: readonly (readonly [to: Target, right: string, wrong: string])[] = [
  ["kubernetes", '"NUMBER": "5"', '"NUMBER": 5'],
  ["kubernetes", "\ndata:", "\nvalues:"],
  ["kubernetes", "replicas: 3", 'replicas: "3"'],
  ["kubernetes", "readinessProbe:", "readinesProbe:"],
  ["kubernetes", "port: 80, ", ""],
  ["kubernetes", "targetPort: http", "targetport: http"],
  ["kubernetes", "pathType: Prefix, ", ""],
  ["kubernetes", "- http:", "- https:"],
  ["kubernetes", "maxReplicas: 20", ""],
  ["kubernetes", "minReplicas: 2", "minimum: 2"],
  ["kubernetes", "minAvailable: 1", "minAvailable: [1]"],
  ["kubernetes", "minAvailable: 1", "minimumAvailable: 1"],
  ["kubernetes", "apiVersion: policy/v1", "apiVersion: policy/v9"],
  ["knative", "containerConcurrency: 16", "containerConcurrency: many"],
  ["knative", "containerConcurrency: 16", "concurrency: 16"],
  ["compose", "cap_drop: [ALL]", "cap_drop: ALL"],
  ["compose", "read_only: true", "readonly: true"],
  ["openfaas", "skip_build: true", "skip_build: 1"],
  ["openfaas", "readonly_root_filesystem: true", "read_only: true"],
];
test.each(mistakes)("a mistake in the manifest for %s is refused: %s → %s", (to, right, wrong) => {
  const text = written[to];
  expect(text.split(right).length).toBeGreaterThan(1);
  expect(() => manifests[to].parse(text)).not.toThrow();
  expect(() => manifests[to].parse(text.replace(right, wrong))).toThrow();
});
