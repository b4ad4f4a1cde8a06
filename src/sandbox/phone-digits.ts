/** Shorter than this, two numbers are the same only if all their digits are. */
const SUBSCRIBER_DIGITS = 7;

/** The digits of a number that matter: no notation, no trunk zero, no international prefix. */
export function significantDigits(phone: string): string {
  return phone.normalize("NFKC").replace(/\(0\)/g, "").replace(/\D/g, "").replace(/^0+/, "");
}

/** Whether two notations can be of one number: equal, or one of them without its country code. */
export function isSameNumber(one: string, other: string): boolean {
  const [shorter, longer] = [significantDigits(one), significantDigits(other)].sort(
    (a, b) => a.length - b.length,
  ) as [string, string];
  return shorter === longer || (shorter.length >= SUBSCRIBER_DIGITS && longer.endsWith(shorter));
}

/** Everything in a text that has the look of a number, as written. */
export function numbersIn(text: string): string[] {
  return text.normalize("NFKC").match(/\+?\(?\d[\d \u00a0().\-/\u2010-\u2015\u2212]{4,}\d/g) ?? [];
}
