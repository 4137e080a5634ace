// The course: a lesson beside the script that it is about.
export { useHasLesson } from "./lesson-folder.js";
