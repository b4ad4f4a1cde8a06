/** A value as every store takes it: NUL and broken surrogates, which PostgreSQL's JSON refuses, become U+FFFD. */
export function storable<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, item: unknown) =>
    typeof item === "string" ? item.replace(/\0|\p{Cs}/gu, "\ufffd") : item,
  );
}
