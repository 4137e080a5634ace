// The forms in which the window saves a trace. Apart from the schemas, so that the page has the list without them.
export const savedForms = ["capsule", "har", "html"] as const;
export type SavedForm = (typeof savedForms)[number];
