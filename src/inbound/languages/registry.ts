import { german } from "./de.js";
import { english } from "./en.js";
import { spanish } from "./es.js";
import { french } from "./fr.js";
import { japanese } from "./ja.js";
import type { InboundLanguage } from "./language.js";
import { chinese } from "./zh.js";

/** Every language of the rules. All are tried on every message: callers mix them, and summaries translate. */
export const INBOUND_LANGUAGES: readonly InboundLanguage[] = [
  english,
  japanese,
  chinese,
  spanish,
  german,
  french,
];
