import type { JsonLeaf } from "../layout/json-leaves.js";
import type { Row } from "../layout/layout.js";
import type { SpokenLine } from "./spoken-line.js";

const SPEAKER_KEY =
  /^(?:who|speaker|role|from|by|party|name|s|spk|voice|side|actor|author|participant|channel|who_spoke|label|p|speaker_label|source|talker)$/i;
const TEXT_KEY =
  /^(?:say|says|said|text|message|msg|content|line|utterance|words|t|txt|body|speech|transcript|value|quote|l|sentence|what|speech_text)$/i;

const TRANSCRIPT_KEY =
  /transcript|turns|dialog|conversation|messages|utterances|^lines$|^log$|speech|script|exchange|verlauf|dialogo|echange/i;

/** The turns of a JSON text: lists of objects that hold a speaker and a text, or one text under a speaker's name. */
export function jsonTurns(rows: readonly Row[]): SpokenLine[] {
  const groups = new Map<string, { rows: number[]; leaves: JsonLeaf[] }>();
  rows.forEach(({ leaf }, index) => {
    if (!leaf) return;
    const place = lastIndexIn(leaf.path);
    if (place === -1) return;
    const id = JSON.stringify(leaf.path.slice(0, place + 1));
    const group = groups.get(id) ?? { rows: [], leaves: [] };
    group.rows.push(index);
    group.leaves.push(leaf);
    groups.set(id, group);
  });
  const turns: SpokenLine[] = [];
  for (const { rows: indexes, leaves } of groups.values()) {
    const turn = turnOf(leaves);
    if (turn) turns.push({ ...turn, rows: indexes });
  }
  return turns;
}

function lastIndexIn(path: JsonLeaf["path"]): number {
  for (let at = path.length - 1; at >= 0; at--) if (typeof path[at] === "number") return at;
  return -1;
}

function turnOf(leaves: readonly JsonLeaf[]): Omit<SpokenLine, "rows"> | undefined {
  const key = (leaf: JsonLeaf) => String(leaf.path[leaf.path.length - 1]);
  const strings = leaves.filter(({ kind }) => kind === "string");
  const speaker = strings.find((leaf) => SPEAKER_KEY.test(key(leaf)));
  const text = strings.find((leaf) => leaf !== speaker && TEXT_KEY.test(key(leaf)));
  if (speaker && text)
    return { label: speaker.value, text: { start: text.start, end: text.end }, spoken: text.value };
  const [only] = strings;
  if (leaves.length === 1 && only && typeof only.path[only.path.length - 1] === "string") {
    return { label: key(only), text: { start: only.start, end: only.end }, spoken: only.value };
  }
  const inTranscript = only?.path.some((part) => typeof part === "string" && TRANSCRIPT_KEY.test(part));
  if (!inTranscript) return undefined;
  if (leaves.length === 1 && only) {
    const split = /^\s*([^:：]{1,40})[:：]\s*/.exec(only.value);
    const raw = split?.[0].length ?? 0;
    if (split?.[1])
      return {
        label: split[1],
        text: { start: only.start + raw, end: only.end },
        spoken: only.value.slice(raw),
      };
  }
  if (strings.length === 2 && leaves.every(({ path }) => typeof path[path.length - 1] === "number")) {
    const [first, second] = strings;
    if (first && second)
      return { label: first.value, text: { start: second.start, end: second.end }, spoken: second.value };
  }
  return undefined;
}
