// The index of the doctor's rules.
import { ruleInfo } from "../doctor/engine/rule.js";
import { rules } from "../doctor/engine/rules.js";
import { os } from "./implementer.js";

export const doctorDomain = () => ({
  rules: os.doctor.rules.handler(() => rules.map(ruleInfo)),
});
