/** A time zone that this runtime's time-zone data does not know. */
export class InvalidTimeZone extends RangeError {
  override readonly name = "InvalidTimeZone";
  readonly code = "invalidTimeZone";
  constructor(readonly timeZone: string) {
    super(
      `The calling hours name the time zone ${JSON.stringify(timeZone.slice(0, 60))}, which does not exist. ` +
        "Give an IANA name such as Europe/Paris or Asia/Tokyo.",
    );
  }
}

/** Calling hours that cannot be read. */
export class InvalidHours extends RangeError {
  override readonly name = "InvalidHours";
  readonly code = "invalidHours";
  constructor(field: string, value: unknown, next: string) {
    super(
      `The calling hours' ${field} is ${JSON.stringify(value)?.slice(0, 60)}, which cannot be used. ${next}`,
    );
  }
}
