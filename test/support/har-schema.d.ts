// The HAR 1.2 schema as JSON Schema (draft 6), by the file of each part.
declare module "har-schema" {
  const schemas: Readonly<Record<string, Readonly<Record<string, unknown>> & { readonly $id: string }>>;
  export default schemas;
}
