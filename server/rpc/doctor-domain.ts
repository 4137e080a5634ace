// The doctor's index.
import { rules } from "../doctor/engine/rules.js";
import { os } from "./implementer.js";

export const doctorDomain = () => ({
  rules: os.doctor.rules.handler(() =>
    rules.map(({ id, text }) => ({ id, ...text, logged: [...text.logged], fixes: [...text.fixes] })),
  ),
});
