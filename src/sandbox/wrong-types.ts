/** The reply's shape with every value of another type. */
export function withWrongTypes(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return [body];
  return Object.fromEntries(Object.entries(body).map(([field, value]) => [field, otherType(value)]));
}

function otherType(value: unknown): unknown {
  switch (typeof value) {
    case "string":
      return { text: value };
    case "number":
      return "plenty";
    case "boolean":
      return "maybe";
    default:
      return 7;
  }
}
