import { type Block, type Item, layOut, type Report } from "./layout.js";
import { markdownText } from "./markdown-text.js";

/** The report as Markdown: one list entry for each field, and one below it for each turn. */
export function renderMarkdown(report: Report): string {
  const { title, blocks, footer } = layOut(report);
  return [
    `**${markdownText(title)}**`,
    "",
    ...blocks.flatMap(blockLines),
    "",
    footer.map(footerItem).join(" · "),
    "",
  ].join("\n");
}

function blockLines({ symbol, label, text, url, items = [] }: Block): string[] {
  return [
    `- ${symbol} ${inline({ lead: label, ...(text !== undefined && { text }), ...(url !== undefined && { url }) })}`,
    ...items.map((item) => `  - ${inline(item)}`),
  ];
}

function inline({ lead, text, url }: Item): string {
  return [lead && `**${markdownText(lead)}:**`, text && markdownText(text), url && `<${url}>`]
    .filter(Boolean)
    .join(" ");
}

/** The labels of the footer are the pack's own, so an address may stand behind them. */
function footerItem({ lead = "", text, url }: Item): string {
  return url === undefined ? markdownText(text ?? "") : `[${markdownText(lead)}](${url})`;
}
