// The manifests of kits, held to the schemas of Kubernetes and Knative. These schemas let an unknown field pass, which
// kubectl refuses. Here a field is unknown if the validator did not read it.
import { Service as KnativeService } from "@kubernetes-models/knative/serving.knative.dev/v1";
import { Deployment } from "kubernetes-models/apps/v1";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import { Ingress } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, Service } from "kubernetes-models/v1";
import { parseAllDocuments } from "yaml";

const kinds = [ConfigMap, Deployment, HorizontalPodAutoscaler, Ingress, KnativeService, PodDisruptionBudget, Service];

/** The objects of a file. @throws Error with what a schema refuses, or with the fields that it does not have */
export function parseManifests(text: string) {
  return parseAllDocuments(text).map((document) => {
    const object = document.toJS();
    const kind = kinds.find(({ is }) => is(object));
    if (kind === undefined) throw new Error(`no schema for ${object.apiVersion} ${object.kind}`);
    const unread = new Set<string>();
    kind.prototype.validate.call(watched(object, "", unread));
    if (unread.size > 0) throw new Error(`unknown: ${[...unread].join(", ")}`);
    return object;
  });
}

/** A copy of `value`. The path of a field is in `unread` until the field is read. */
function watched(value: unknown, path: string, unread: Set<string>): unknown {
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, inner]) => {
    unread.add(`${path}/${name}`);
    return [name, watched(inner, `${path}/${name}`, unread)];
  });
  return new Proxy(Object.assign(Array.isArray(value) ? [] : {}, Object.fromEntries(fields)), {
    get(target, name) {
      unread.delete(`${path}/${String(name)}`);
      return Reflect.get(target, name);
    },
  });
}
