import type { CallReport } from "./call-report.js";
import type { ReportedParty } from "./call-report-input.js";
import type { InboundReport } from "./inbound-report.js";
import type { CreditReminder, ReportedCredits } from "./reported-credits.js";
import { isOwnSite, webLink } from "./web-link.js";
import {
  ABSENT,
  CLASSIFICATION_WORDING,
  CREDITS,
  FOOTER,
  LABEL,
  phrase,
  SITE_URL,
  SPEAKER,
  SPOKEN_KINDS,
  TOP_UP_URL,
} from "./wording.js";

/** Any report that can be rendered. */
export type Report = CallReport | InboundReport;

/** How a text is to be felt: the result's colour in a terminal. */
export type Tone = "good" | "bad" | "unsure";

/** A text with, perhaps, somebody or something before it and an address after it. */
export interface Item {
  lead?: string;
  text?: string;
  url?: string;
}

/** One part of a report. The renderings differ only in how they draw it. */
export interface Block extends Item {
  symbol: string;
  label: string;
  tone?: Tone;
  /** Shown below, one line each. */
  items?: readonly Item[];
}

/** A report as its renderings draw it, from top to bottom. The footer stands on one line. */
export interface Layout {
  title: string;
  blocks: readonly Block[];
  footer: readonly Item[];
}

/** Puts a report in order. All eight fields of its kind are there, whether stated or not. */
export function layOut(report: Report): Layout {
  const blocks = report.direction === "outbound" ? outboundBlocks(report) : inboundBlocks(report);
  const title = report.direction === "outbound" ? `📞 ${LABEL.callTitle}` : `📥 ${LABEL.inboundTitle}`;
  return { title, blocks: [...blocks, ...report.reminders.map(reminderBlock)], footer: FOOTER_ITEMS };
}

const FOOTER_ITEMS: readonly Item[] = [
  { lead: `🦜 ${FOOTER.name}`, url: SITE_URL },
  { lead: `⭐ ${FOOTER.topUp}`, url: TOP_UP_URL },
  { text: `🎁 ${FOOTER.share}` },
];

const TONES = { "✅": "good", "❌": "bad", "⚠️": "unsure" } as const;

function outboundBlocks(report: CallReport): Block[] {
  const { result, question, conclusion, summary, issueAnalysis, attempts } = report;
  return [
    { symbol: "🎯", label: LABEL.target, text: party(report.target, ABSENT.name) },
    { symbol: "📋", label: LABEL.purpose, text: report.purpose || ABSENT.emptyPurpose },
    {
      symbol: result.symbol,
      label: LABEL.result,
      text: result.reason === undefined ? result.text : `${result.text} ${result.reason}`,
      tone: TONES[result.symbol],
      items: [
        ...result.quotes.map(({ saidBy, words }) => ({ lead: SPEAKER[saidBy], text: quoted(words) })),
        ...(isUnconfirmed(report) ? [{ text: ABSENT.unconfirmed }] : []),
      ],
    },
    ...(question ? [{ symbol: "❓", label: LABEL.question, text: question }] : []),
    ...(conclusion && result.kind !== "none"
      ? [{ symbol: "🏁", label: LABEL.conclusion, text: conclusion }]
      : []),
    ...(summary ? [{ symbol: "📝", label: LABEL.summary, text: summary }] : []),
    transcriptBlock(report.transcript),
    ...(report.saidBeyond.length > 0
      ? [{ symbol: "🔏", label: LABEL.saidBeyond, items: report.saidBeyond.map((text) => ({ text })) }]
      : []),
    issueAnalysis === undefined
      ? { symbol: "🔎", label: LABEL.analysis, text: ABSENT.analysis }
      : {
          symbol: "🔎",
          label: LABEL.analysis,
          ...(!issueAnalysis.statedByPolly && { text: `(${ABSENT.derived})` }),
          items: issueAnalysis.items.map((text) => ({ text })),
        },
    ...(attempts.length > 0 ? [attemptsBlock(report)] : []),
    ...creditBlocks(report),
    ...linkBlocks(report),
  ];
}

function inboundBlocks(report: InboundReport): Block[] {
  const { received, classification, summary, followUp } = report;
  const classed = classification && CLASSIFICATION_WORDING[classification];
  const needed =
    followUp && [phrase.followUp(followUp.needed), followUp.suggestion].filter(Boolean).join(": ");
  return [
    { symbol: "📞", label: LABEL.caller, text: party(report.caller, ABSENT.callerName) },
    ...(received ? [{ symbol: "🕒", label: LABEL.received, text: received }] : []),
    { symbol: "🏷️", label: LABEL.classification, text: classed ?? ABSENT.stated },
    { symbol: "📋", label: LABEL.inboundSummary, text: summary ?? ABSENT.stated },
    transcriptBlock(report.transcript),
    { symbol: "☎️", label: LABEL.followUp, text: needed ?? ABSENT.stated },
    ...creditBlocks(report),
    ...linkBlocks(report),
  ];
}

/** Where somebody was spoken to, their words could confirm the result; `achieved` says so in its reason. */
function isUnconfirmed({ result: { kind, verified } }: CallReport): boolean {
  return !verified && kind !== "none" && kind !== "achieved" && SPOKEN_KINDS.has(kind);
}

function transcriptBlock(turns: readonly { speaker: keyof typeof SPEAKER; text: string }[]): Block {
  const block = { symbol: "💬", label: LABEL.transcript };
  if (turns.length === 0) return { ...block, text: ABSENT.transcript };
  return { ...block, items: turns.map(({ speaker, text }) => ({ lead: SPEAKER[speaker], text })) };
}

function attemptsBlock({ attempts, calls }: CallReport): Block {
  const counts = [
    phrase.callsMade(calls.made),
    calls.unheard > 0 && phrase.callsUnheard(calls.unheard),
    calls.uncertain > 0 && phrase.callsUncertain(calls.uncertain),
  ];
  return {
    symbol: "🔁",
    label: LABEL.attempts,
    text: counts.filter(Boolean).join(" "),
    items: attempts.map(({ number, of, when, target, result, counted, note }) => ({
      lead: phrase.attemptOf(number, of),
      text: [when, target.name, target.phone, result, !counted && phrase.uncounted, note]
        .filter(Boolean)
        .join(" · "),
    })),
  };
}

function creditBlocks({ creditsUsed, taskCreditsUsed, creditsRemaining }: ReportedCredits): Block[] {
  const used = [
    creditsUsed !== undefined && phrase.thisCall(creditsUsed),
    taskCreditsUsed !== undefined && phrase.wholeTask(taskCreditsUsed),
  ].filter(Boolean);
  return [
    { symbol: "💰", label: LABEL.creditsUsed, text: used.join(" · ") || ABSENT.stated },
    {
      symbol: "💳",
      label: LABEL.creditsRemaining,
      text: creditsRemaining === undefined ? ABSENT.stated : phrase.credits(creditsRemaining),
    },
  ];
}

function linkBlocks({ detailUrl, recordingUrl }: { detailUrl?: string; recordingUrl?: string }): Block[] {
  const recording =
    recordingUrl === undefined ? [] : [{ symbol: "🎧", label: LABEL.recording, ...link(recordingUrl) }];
  return [{ symbol: "🔗", label: LABEL.detail, ...link(detailUrl) }, ...recording];
}

/** A report may be made elsewhere, so the address is looked at again before it is drawn. */
function link(stated: string | undefined): Item {
  const url = webLink(stated);
  if (url === undefined) return { text: ABSENT.stated };
  return isOwnSite(url) ? { url } : { text: phrase.elsewhere, url };
}

function reminderBlock(reminder: CreditReminder): Block {
  const topUp = { lead: `⭐ ${CREDITS.topUp}`, url: TOP_UP_URL };
  const notice = { symbol: "⚠️", label: LABEL.reminder };
  switch (reminder) {
    case "credits_low":
      return { ...notice, text: CREDITS.low, items: [topUp] };
    case "credits_short":
      return { ...notice, text: CREDITS.tooFew, items: [topUp] };
    case "credits_used_up":
      return { ...notice, text: CREDITS.usedUp, items: [topUp, { text: `🎁 ${CREDITS.share}` }] };
  }
}

function party({ name, phone }: ReportedParty, nameless: string): string {
  return `${name ?? nameless} | ${phone ?? ABSENT.phone}`;
}

/** Quotation marks inside a quote would seem to end it. */
function quoted(words: string): string {
  return `“${words.replace(/[“”]/g, '"')}”`;
}
