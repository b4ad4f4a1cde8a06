/** What a call may be about. The first that is found counts. */
export const MATTERS = [
  "one_time_code",
  "wrong_number",
  "emergency",
  "health",
  "job",
  "delivery",
  "payment",
  "complaint",
  "appointment",
  "sales",
  "enquiry",
  "personal",
] as const;

export type Matter = (typeof MATTERS)[number];

/** Phrases that speak for a class: each strong one decides, three weak ones do. */
export interface Weighed {
  strong: readonly string[];
  weak: readonly string[];
}

/**
 * One language of the rules for incoming messages: data only. Phrases in Latin letters match whole words, others
 * anywhere; see `policy/disclosure/words`. The service writes summaries in the third person, callers speak in the
 * first: both are in here.
 */
export interface InboundLanguage {
  /** BCP 47. */
  tag: string;
  spam: Weighed;
  important: Weighed;
  /** What voids a phrase that it overlaps: "not urgent". */
  denied: readonly string[];
  matters: Readonly<Partial<Record<Matter, readonly string[]>>>;
  /** The caller wants to be called back, or waits for word. */
  callBack: readonly string[];
  /** Nothing is left to do. */
  noCallBack: readonly string[];
  /** What stands right before a caller's name, and right after it. */
  beforeName: readonly string[];
  afterName: readonly string[];
  /** What stands between a name and the business that they call for. */
  fromBusiness: readonly string[];
  /** Words of dates and times: tomorrow, Monday, noon. */
  times: readonly string[];
  /** Words of money after a number: euros. */
  money: readonly string[];
  /** Words for a code that is a secret if digits follow, and for codes that are none. */
  code: readonly string[];
  harmlessCode: readonly string[];
}
