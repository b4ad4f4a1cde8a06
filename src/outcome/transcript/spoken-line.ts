import type { Stretch } from "../text/stretch.js";

/** A line that may be a turn of a transcript, before it is known who speaks. */
export interface SpokenLine {
  /** As written. */
  label: string;
  text: Stretch;
  /** The words, unescaped, where they differ from the text as it stands. */
  spoken?: string;
  /** The rows that it takes up. */
  rows: readonly number[];
}
