import type { ResultStyle } from "./options.js";
import type { CallStory } from "./story.js";

/** A call with everything that its result mentions. */
export interface CallReport extends CallStory {
  name: string | null;
  phone: string;
  purpose: string;
  creditsUsed: number;
  creditsRemaining: number;
  detailUrl: string;
  recordingUrl: string;
  /** Echoed where the message had one. */
  reference?: string;
}

const MARK = { done: "✅", changed: "⚠️", failed: "❌", asks: "❓" } as const;

/** A call's result as the service would put it. */
export function renderResult(report: CallReport, style: ResultStyle): string {
  return renderers[style](report);
}

const renderers: Record<ResultStyle, (report: CallReport) => string> = {
  report: asReport,
  prose: asProse,
  table: asTable,
  one_liner: asOneLiner,
  json: asJson,
};

function asReport(report: CallReport): string {
  return sections(
    "📞 Polly has finished the call",
    lines(
      `🎯 **Called:** ${targetOf(report, " | ")}`,
      `📋 **Purpose:** ${report.purpose}`,
      `${MARK[report.verdict]} **Result:** ${report.result}`,
      report.question && `❓ **Question for you:** ${report.question}`,
    ),
    report.turns.length > 0 &&
      lines(
        "💬 **Transcript:**",
        ...report.turns.map(({ speaker, text }) => `${speaker === "ai" ? "AI" : "Recipient"}: ${text}`),
      ),
    report.issues.length > 0 &&
      lines("🔍 **Issue analysis:**", ...report.issues.map((issue) => `- ${issue}`)),
    lines(
      `💰 **Credits:** ${report.creditsUsed} used | ${thousands(report.creditsRemaining)} remaining`,
      `🔗 **Details:** ${report.detailUrl}`,
      report.turns.length > 0 && `🎧 **Recording:** ${report.recordingUrl}`,
      report.reference && `🔖 **Reference:** ${report.reference}`,
    ),
  );
}

function asProse(report: CallReport): string {
  const words = report.turns.filter(({ speaker }) => speaker === "callee").map(({ text }) => `“${text}”`);
  return [
    `Polly called ${targetOf(report, " at ")}. The purpose of the call: ${sentence(report.purpose)}`,
    sentence(report.result),
    report.issues.length > 0 && `What went wrong: ${sentence(report.issues.join("; "))}`,
    words.length > 0 && `In their words: ${words.join(" ")}`,
    report.question && `Please tell me: ${report.question}`,
    `The call used ${report.creditsUsed} credits and ${thousands(report.creditsRemaining)} credits remain.`,
    `More at ${report.detailUrl}`,
    report.reference && `(Reference: ${report.reference})`,
  ]
    .filter(Boolean)
    .join(" ");
}

function asTable(report: CallReport): string {
  const row = (field: string, value: string) => `| ${field} | ${value.replaceAll("|", "\\|")} |`;
  return sections(
    lines(
      "| Field | Value |",
      "| --- | --- |",
      row("Target", targetOf(report, ", ")),
      row("Purpose", report.purpose),
      row("Result", `${MARK[report.verdict]} ${report.result}`),
      report.question && row("Question", report.question),
      report.issues.length > 0 && row("Issues", report.issues.join("; ")),
      row("Credits used", String(report.creditsUsed)),
      row("Credits remaining", String(report.creditsRemaining)),
      row("Details", report.detailUrl),
      report.reference && row("Reference", report.reference),
    ),
    report.turns.length > 0 &&
      lines(
        "| Speaker | Words |",
        "| --- | --- |",
        ...report.turns.map(({ speaker, text }) => row(speaker === "ai" ? "AI" : "Callee", text)),
      ),
  );
}

function asOneLiner(report: CallReport): string {
  return [
    `${MARK[report.verdict]} ${targetOf(report, ", ")}: ${sentence(report.result)}`,
    report.question,
    `${report.creditsUsed} credits used, ${report.creditsRemaining} left.`,
    report.reference && `[${report.reference}]`,
  ]
    .filter(Boolean)
    .join(" ");
}

function asJson(report: CallReport): string {
  return JSON.stringify({
    target: { name: report.name, phone: report.phone },
    purpose: report.purpose,
    success: report.verdict === "done",
    result: report.result,
    ...(report.question === undefined ? {} : { question: report.question }),
    transcript: report.turns.map(({ speaker, text }) => ({
      speaker: speaker === "ai" ? "AI" : "Recipient",
      text,
    })),
    issue_analysis: report.issues,
    credits_used: report.creditsUsed,
    credits_remaining: report.creditsRemaining,
    detail_url: report.detailUrl,
    recording_url: report.recordingUrl,
    ...(report.reference === undefined ? {} : { reference: report.reference }),
  });
}

const targetOf = ({ name, phone }: CallReport, between: string) =>
  name === null ? phone : `${name}${between}${phone}`;

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

const thousands = (count: number) => count.toLocaleString("en-US");

type Part = string | false | undefined;

const lines = (...parts: readonly Part[]) => parts.filter(Boolean).join("\n");

const sections = (...parts: readonly Part[]) => parts.filter(Boolean).join("\n\n");
