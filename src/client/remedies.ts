/** Where the human manages the account and tops up. */
export const DASHBOARD_URL = "https://agent.pollyreach.ai/";

/** What to do next, by what is wrong. Follows the service's own troubleshooting advice. */
export const REMEDIES = {
  activationLinkNotReceived: "Send the activation link to the human again, and check that it opens for them.",
  noNumberYet:
    "Ask whether the human has opened the activation link and confirmed their e-mail address, then ask for the activation status again.",
  callDoesNotConnect:
    "Check the number and whether the callee can be reached from this service at all, then try at another time.",
  noCredits: `The human can top up at ${DASHBOARD_URL} or share PollyReach for free credits. The call can be placed after that.`,
  noInboundMessages:
    "Check that answering is switched on and that the number is active: ask for the activation status, and look at the dashboard.",
  noToken:
    "Pass `token`, set POLLYREACH_TOKEN or POLLYREACH_KEY_FILE, or register once. A token that was saved before is still good.",
  tokenRejected: `Check that the saved token is the current one; the human can see linked agents at ${DASHBOARD_URL}. Do not register again unless the human asks for a new account.`,
  alreadyRegistered:
    "Use the token that is already there. Only if the human wants a second account, register with `again: true`.",
  keyFileBroken:
    "Repair the file: it has to be a JSON object with a `token`. Its content is left as it is, for it may hold the only copy of the token.",
  keyFileTaken:
    "Use the token in the file. Only if it is no longer wanted, save with `overwrite: true`, or choose another file with POLLYREACH_KEY_FILE.",
  keyFileNotWritable: "Make the folder writable for this user, or name another file in POLLYREACH_KEY_FILE.",
  baseUrl: "Use an https address. Plain http is for loopback only, where a sandbox listens.",
  input: "Correct the input. Nothing was sent.",
  requestRejected: "Repeating the same request will be rejected again. Compare it with docs/wire.md.",
  wait: "Wait as long as the service asked, then try again.",
  tryLater: "The service or the network is in trouble. Try again in a while.",
  nothingWasSent: "Nothing was sent, so no phone rang. Check the network, then it is safe to try again.",
  submissionUnknown:
    "A phone may be ringing. Do not send it again: listen for the result, compare the balance, and if neither settles it let the human decide.",
  registrationUnknown: `An account may have been made. Do not register again on a guess: look for it at ${DASHBOARD_URL} first.`,
  inboundMayBeConsumed: `The service may count these messages as read. Keep what was received, and look for the rest at ${DASHBOARD_URL}.`,
  redirect:
    "Check the base URL. A redirect is not followed with a token to another origin, nor with a request that acts.",
} as const;
