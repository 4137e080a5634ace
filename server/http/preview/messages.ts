// Why a response has no preview.
import { defineProblems } from "../../contract/problem.js";

export const noPreviewMessage = defineProblems({
  "trace-not-kept": {
    code: "not-found",
    message: (_: { readonly trace: string }) => "This trace is no longer kept.",
    fix: "Send its request again.",
  },
  "other-folder": {
    message: ({ folder }: { readonly folder: string }) =>
      `This response is from the folder ${folder}. Its page would run among the cookies and storage of the open folder.`,
    fix: "Open that folder to render it, or open the source.",
  },
  "nothing-to-show": { message: "This response has no page address.", fix: "Open its source instead." },
});
