import { PASSWORD_NAMES } from "./keywords.js";
import type { Find } from "./sensitive.js";
import { anyOf } from "./words.js";

const names = anyOf(PASSWORD_NAMES);
const SHORTEST = 4;
/** How far before its name a password is looked for. */
const NEAR = 64;

const GAP = "[\\s\u3000]{0,3}";
const VERB = "(?:is|was|es|ist|lautet|est)(?=[\\s:=])|は|が|是|为|為";
const QUOTES = "[\"'“‘«「『]";
const WORD = `(?<quote>${QUOTES})?(?<word>(?<=${QUOTES})[^"'”’»」』\n]{1,64}(?=["'”’»」』])|[!-~]{1,64})`;
/** Between the name and the password: a verb or a sign, perhaps an opening quote. */
const GIVEN = new RegExp(`${GAP}(?<verb>${VERB})?${GAP}(?<sign>[:=])?${GAP}${WORD}`, "uy");
/** "The password you asked for is hunter2". */
const GIVEN_LATER = new RegExp(`[^.!?。！？\n:=]{1,40}?(?:${VERB}|[:=])${GAP}${WORD}`, "uy");
/** "hunter2 is my password". */
const GIVEN_BEFORE =
  /(?:^|[\s"'“‘«「『])(?<word>[!-~]{4,40})["'”’»」』]?\s{1,3}(?:is|was|ist|es|est)\s{1,3}(?:(?:my|your|the|our|mein|dein|ihr|das|mi|tu|su|la|mon|ton|votre|le)\s{1,3})?(?:[\p{L}-]{1,12}\s{1,3})?$/iu;
const TRAILING = /[.,;:!?)"'”’»」』]+$/u;

/** What follows "the password is" without being one. */
const NO_PASSWORD = new Set(
  (
    "a an the my your our not no on in at to for of being been it that this these those what which how who when " +
    "where why something nothing anything needed required wrong right correct incorrect expired invalid valid " +
    "missing weak strong protected reset changed secret private confidential too very so only also always never " +
    "still now there here una uno un el la los las no necesario necesaria requerido incorrecta correcta eine ein " +
    "der die das nicht erforderlich falsch richtig abgelaufen une le la les pas requis nécessaire incorrect faux"
  ).split(" "),
);

/** Passwords beside their name: `password: swordfish`, `la contraseña es Hunter2`, パスワードは「…」. */
export function findPasswords(folded: string): Find[] {
  const finds: Find[] = [];
  for (const { 0: name, index } of folded.matchAll(names)) {
    const find = at(GIVEN, folded, index + name.length) ?? at(GIVEN_LATER, folded, index + name.length);
    if (find !== undefined) finds.push(find);
    const from = Math.max(0, index - NEAR);
    const before = GIVEN_BEFORE.exec(folded.slice(from, index));
    const word = before?.groups?.word;
    if (before === null || word === undefined || !isMixed(word)) continue;
    const start = from + before.index + before[0].indexOf(word);
    finds.push({ kind: "password", start, end: start + word.length });
  }
  return finds;
}

function at(pattern: RegExp, folded: string, from: number): Find | undefined {
  pattern.lastIndex = from;
  const { verb, sign, quote, word = "" } = pattern.exec(folded)?.groups ?? {};
  const password = word.replace(TRAILING, "");
  const given = verb !== undefined || sign !== undefined;
  if (password.length < SHORTEST || !/[\p{L}\p{N}]/u.test(password) || /^https?:/i.test(password))
    return undefined;
  if (quote === undefined && !isMixed(password) && !(given && !NO_PASSWORD.has(password.toLowerCase())))
    return undefined;
  const start = pattern.lastIndex - word.length;
  return { kind: "password", start, end: start + password.length };
}

/** Letters and digits in one word are hardly a word of a sentence. */
function isMixed(word: string): boolean {
  return /\p{L}/u.test(word) && /\d/.test(word);
}
