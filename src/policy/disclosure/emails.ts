const WRITTEN = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g;
/** "ada dot king at example dot com" */
const SPOKEN =
  /[\w+-]{1,64}(?:\s(?:dot|underscore|dash)\s[\w+-]{1,63}){0,3}\sat\s[\w-]{1,63}(?:\s?(?:dot\s|\.)[\w-]{1,63}){0,3}\s?(?:dot\s|\.)[a-z]{2,24}\b/gi;
const MARKS: Readonly<Record<string, string>> = { dot: ".", underscore: "_", dash: "-", at: "@" };

/** E-mail addresses in a text, written or read out, in lower case. */
export function emailsIn(text: string): string[] {
  const spoken = [...text.matchAll(SPOKEN)].map(([words]) =>
    words
      .toLowerCase()
      .replace(/\s(dot|underscore|dash|at)\s/g, (_, word: string) => MARKS[word] ?? "")
      .replace(/\s/g, ""),
  );
  return [...new Set([...(text.match(WRITTEN) ?? []).map((address) => address.toLowerCase()), ...spoken])];
}
