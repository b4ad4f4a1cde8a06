import { type Block, type Item, layOut, type Report, type Tone } from "./layout.js";

/** A piece of a line: how it looks, and whether it must stay whole, as addresses must. */
export interface Piece {
  text: string;
  style?: "strong" | Tone;
  whole?: boolean;
}

/** One line of text before it is wrapped; `indent` in columns. Without pieces, an empty line. */
export interface TextLine {
  indent: number;
  pieces: readonly Piece[];
}

const EMPTY: TextLine = { indent: 0, pieces: [] };

/** A report as lines of text without markup: what the terminal wraps and plain text shows as it is. */
export function textLines(report: Report): TextLine[] {
  const { title, blocks, footer } = layOut(report);
  return [
    { indent: 0, pieces: [{ text: title, style: "strong" }] },
    EMPTY,
    ...blocks.flatMap(blockLines),
    EMPTY,
    {
      indent: 0,
      pieces: footer.flatMap((item, index) =>
        index === 0 ? pieces(item) : [{ text: "·" }, ...pieces(item)],
      ),
    },
  ];
}

function blockLines(block: Block): TextLine[] {
  const { symbol, label, tone, text, items = [] } = block;
  const body = {
    ...(text !== undefined && { text: text }),
    ...(block.url !== undefined && { url: block.url }),
  };
  const lead: Piece = { text: `${symbol} ${label}:`, style: "strong" };
  return [
    { indent: 0, pieces: [lead, ...pieces(body, tone)] },
    ...items.map((item) => ({
      indent: 3,
      pieces: item.lead === undefined ? [{ text: "-" }, ...pieces(item)] : pieces(item),
    })),
  ];
}

function pieces({ lead, text, url }: Item, tone?: Tone): Piece[] {
  return [
    ...(lead === undefined ? [] : [{ text: `${lead}:`, style: "strong" as const }]),
    ...(text === undefined ? [] : [tone === undefined ? { text } : { text, style: tone }]),
    ...(url === undefined ? [] : [{ text: url, whole: true }]),
  ];
}
