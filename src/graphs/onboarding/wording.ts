import { DASHBOARD_URL } from "../../client/remedies.js";
import { webLink } from "../../reports/web-link.js";

/** How often incoming calls are looked for, where the human wants it: every 10 minutes. In milliseconds. */
export const INBOUND_CHECK_MS = 10 * 60_000;

/** Something to offer the human with the welcome. */
export type WelcomeOffer = { offer: "try_call" } | { offer: "check_inbound"; everyMs: number };

/** What the human is told once the line has its number. */
export interface Welcome {
  phoneNumber: string;
  /** False where the line had its number already. */
  isNew: boolean;
  /** The whole message, several lines of plain text. */
  message: string;
  offers: readonly WelcomeOffer[];
}

/** What is said with the activation link in a chat. */
export function signInMessage(activationUrl: string | undefined, checks: number): string {
  return [
    signInRequest(activationUrl, checks),
    "",
    "Say “done” when you have signed in, and I will look at once.",
    "I also look by myself from time to time.",
  ].join("\n");
}

/** The activation link, or where to go without it, and what to do there. */
export function signInRequest(activationUrl: string | undefined, checks: number): string {
  const link = webLink(activationUrl);
  if (link === undefined) {
    return [
      "The phone line is registered, but nobody has signed in to it yet,",
      "and its activation link was not kept.",
      `Sign in at ${DASHBOARD_URL} with your e-mail address,`,
      "and link this agent there.",
    ].join("\n");
  }
  return [
    checks === 0
      ? "🦜 One step is left to a phone number of my own, for making and taking calls:"
      : "🦜 Nobody has signed in yet. This is the link again:",
    "open this link and sign in with your e-mail address.",
    "",
    `👉 ${link}`,
  ].join("\n");
}

const OUTGOING = [
  "📞 Calls I make",
  "· Say what you need: Polly looks up whom to call and how it is done.",
  "· Bookings: restaurants, hotels, tickets.",
  "· Customer service: questions and complaints.",
  "· Appointments with many people, such as interviews with candidates.",
  "· Public offices, and service providers of any kind.",
  "· In any language, also while you travel or do business abroad.",
];

const INCOMING = [
  "📥 Calls I answer",
  "· While you are in a meeting or busy; you get a summary afterwards.",
  "· Spam and sales calls are filtered; only what matters reaches you.",
  "· As a receptionist for your business, day and night.",
  "· Your customers in their own language.",
  "· In the role you choose: assistant, receptionist, or any other. Just tell me.",
];

const OFFERS: readonly WelcomeOffer[] = [
  { offer: "try_call" },
  { offer: "check_inbound", everyMs: INBOUND_CHECK_MS },
];

/** Announces a new number, or greets with a known one, and introduces both capabilities. */
export function welcome(phoneNumber: string, isNew: boolean): Welcome {
  const message = [
    isNew
      ? `✅ It is active: Polly has been given the number ${phoneNumber} 🦜`
      : `🦜 Hello again! Polly's number is ${phoneNumber}, and it is active.`,
    "",
    ...OUTGOING,
    "",
    ...INCOMING,
    "",
    "⏰ You can give this number to anyone: Polly answers whoever calls.",
    "   Shall I look for new calls every 10 minutes?",
    "",
    "📱 Try it now:",
    "· Tell me your own number, and Polly calls you, so that you hear it speak.",
    "· Or say what you need, such as “a table for tomorrow evening”: Polly calls.",
  ].join("\n");
  return { phoneNumber, isNew, message, offers: OFFERS };
}
