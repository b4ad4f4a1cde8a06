import type { Account, AnsweredCall } from "./account.js";
import type { Variants } from "./variants.js";

/** The answer to "what is unread?", marking as read what the variant says. */
export function unreadReply(account: Account, variants: Variants, now: number): unknown {
  const unread = account.answered.filter((call) => call.at <= now && !call.read);
  const served = variants.unreadShape === "bare_record" ? unread.slice(0, 1) : unread;
  if (variants.unread === "consumed") for (const call of served) call.read = true;
  const [first] = served;
  if (variants.unreadShape === "bare_record" && first) return callRecord(first, account);
  const render = variants.unreadShape === "messages" ? shortMessage : callRecord;
  return { success: true, messages: served.map((call) => render(call, account)) };
}

function shortMessage(call: AnsweredCall) {
  return {
    id: call.id,
    content: contentOf(call),
    from_phone: call.from,
    created_at: new Date(call.at).toISOString(),
  };
}

function callRecord(call: AnsweredCall, account: Account) {
  return {
    call_id: call.id,
    from: call.from,
    to: account.phone,
    status: "completed",
    summary: contentOf(call),
    transcript: transcriptOf(call),
    recording_url: `https://pollyreach.ai/recordings/${call.id}.mp3`,
    detail_url: `https://pollyreach.ai/calls/${call.id}`,
  };
}

function transcriptOf({ transcript = [] }: AnsweredCall): string {
  return transcript.map(({ speaker, text }) => `${speaker === "ai" ? "AI" : "Caller"}: ${text}`).join("\n");
}

function contentOf(call: AnsweredCall): string {
  if (call.content !== undefined) return call.content;
  const words = (call.transcript ?? []).filter(({ speaker }) => speaker === "caller").map(({ text }) => text);
  return `${call.name ?? "A caller"} said: ${words.join(" ") || "nothing"}`;
}
