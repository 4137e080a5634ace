// The tab's words. Which two are compared is said in the view: a tab's name stays the same.
export function CompareTitle() {
  return <>Compare</>;
}
