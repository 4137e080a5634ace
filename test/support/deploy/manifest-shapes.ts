// The manifests of kits by the API references of Kubernetes 1.31 and Knative Serving 1.x: the fields that kits write,
// with their types. An unknown field is refused, which an API server would drop in silence.
import { z } from "zod";

const name = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
const metadata = z.strictObject({ name });
const labels = z.record(z.string().regex(/^([a-z0-9.-]+\/)?[\w.-]{1,63}$/), z.string().max(63));
const selector = z.strictObject({ matchLabels: labels });
const count = z.int().min(0);
const port = z.int().min(1).max(65_535);
const portName = z.string().regex(/^[a-z0-9-]{1,15}$/);
const quantity = z.string().regex(/^\d+(\.\d+)?([numkMGTPE]|[KMGTPE]i)?$/);
const path = z.string().startsWith("/");
const size = z.strictObject({ cpu: quantity.optional(), memory: quantity.optional() });
const of = { name: z.string() };
const kind = <Kind extends string, Spec extends z.ZodType>(apiVersion: string, it: Kind, spec: Spec) =>
  z.strictObject({ apiVersion: z.literal(apiVersion), kind: z.literal(it), metadata, spec });

const container = {
  image: z.string().min(1),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.boolean(),
    readOnlyRootFilesystem: z.boolean(),
    capabilities: z.strictObject({ drop: z.array(z.string()) }),
    runAsNonRoot: z.boolean().optional(),
    seccompProfile: z.strictObject({ type: z.enum(["RuntimeDefault", "Unconfined", "Localhost"]) }).optional(),
  }),
  volumeMounts: z.array(z.strictObject({ name, mountPath: path, subPath: z.string().optional() })),
};
const volumes = z.array(
  z.strictObject({
    name,
    emptyDir: z.strictObject({ medium: z.enum(["", "Memory"]).optional(), sizeLimit: quantity.optional() }),
  }),
);
const probe = z.strictObject({
  httpGet: z.strictObject({ path, port: z.union([port, portName]) }),
  periodSeconds: count.min(1).optional(),
  failureThreshold: count.min(1).optional(),
});

const deployment = z.strictObject({
  replicas: count,
  selector,
  strategy: z.strictObject({ rollingUpdate: z.strictObject({ maxSurge: count, maxUnavailable: count }) }),
  template: z.strictObject({
    metadata: z.strictObject({ labels }),
    spec: z.strictObject({
      terminationGracePeriodSeconds: count,
      securityContext: z.strictObject({
        runAsNonRoot: z.boolean(),
        runAsUser: count,
        fsGroup: count,
        seccompProfile: z.strictObject({ type: z.literal("RuntimeDefault") }),
      }),
      containers: z.array(
        z.strictObject({
          ...container,
          name,
          ports: z.array(z.strictObject({ name: portName, containerPort: port })),
          envFrom: z
            .array(z.xor([z.strictObject({ configMapRef: metadata }), z.strictObject({ secretRef: metadata })]))
            .optional(),
          readinessProbe: probe,
          livenessProbe: probe,
          lifecycle: z.strictObject({
            preStop: z.strictObject({ exec: z.strictObject({ command: z.array(z.string()) }) }),
          }),
          resources: z.strictObject({ requests: size, limits: size }),
        }),
      ),
      volumes,
    }),
  }),
});

export const kubernetesObject = z.discriminatedUnion("kind", [
  z.strictObject({
    ...{ apiVersion: z.literal("v1"), kind: z.literal("ConfigMap"), metadata },
    data: z.record(z.string().regex(/^[-._a-zA-Z0-9]+$/), z.string()),
  }),
  kind("apps/v1", "Deployment", deployment),
  kind(
    "v1",
    "Service",
    z.strictObject({
      selector: labels,
      ports: z.array(z.strictObject({ name: portName, port, targetPort: z.union([port, portName]) })),
    }),
  ),
  kind(
    "networking.k8s.io/v1",
    "Ingress",
    z.strictObject({
      rules: z.array(
        z.strictObject({
          host: z.string().optional(),
          http: z.strictObject({
            paths: z.array(
              z.strictObject({
                path,
                pathType: z.enum(["Exact", "Prefix", "ImplementationSpecific"]),
                backend: z.strictObject({
                  service: z.strictObject({ name, port: z.strictObject({ name: portName }) }),
                }),
              }),
            ),
          }),
        }),
      ),
    }),
  ),
  kind(
    "autoscaling/v2",
    "HorizontalPodAutoscaler",
    z.strictObject({
      scaleTargetRef: z.strictObject({ apiVersion: z.literal("apps/v1"), kind: z.literal("Deployment"), name }),
      minReplicas: count,
      maxReplicas: count.min(1),
      metrics: z.array(
        z.strictObject({
          type: z.literal("Resource"),
          resource: z.strictObject({
            name: z.enum(["cpu", "memory"]),
            target: z.strictObject({ type: z.literal("Utilization"), averageUtilization: count.min(1) }),
          }),
        }),
      ),
    }),
  ),
  kind("policy/v1", "PodDisruptionBudget", z.strictObject({ minAvailable: count, selector })),
]);

export const knativeService = kind(
  "serving.knative.dev/v1",
  "Service",
  z.strictObject({
    template: z.strictObject({
      metadata: z.strictObject({
        annotations: z.record(z.string().startsWith("autoscaling.knative.dev/"), z.string()),
      }),
      spec: z.strictObject({
        containerConcurrency: count,
        containers: z.tuple([
          z.strictObject({
            ...container,
            ports: z.array(z.strictObject({ containerPort: port })).max(1),
            env: z
              .array(
                z.xor([
                  z.strictObject({ ...of, value: z.string() }),
                  z.strictObject({
                    ...of,
                    valueFrom: z.strictObject({ secretKeyRef: z.strictObject({ ...of, key: z.string() }) }),
                  }),
                ]),
              )
              .optional(),
            readinessProbe: z.strictObject({ httpGet: z.strictObject({ path }) }),
          }),
        ]),
        volumes,
      }),
    }),
  }),
);
