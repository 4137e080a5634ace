// Why a response has no preview.
import { defineProblems } from "../../contract/problem.js";

export const noPreviewMessage = defineProblems({
  "trace-not-kept": {
    code: "not-found",
    message: (_: { readonly trace: string }) => "This trace is no longer kept.",
    fix: "Send its request again.",
  },
  "nothing-to-show": { message: "This response has no page address.", fix: "Open its source instead." },
});
