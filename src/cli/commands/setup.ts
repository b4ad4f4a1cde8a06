import { type OnboardingRun, runOnboarding } from "../../graphs/onboarding/run-onboarding.js";
import type { SetUpChoice, SetUpQuestion } from "../../graphs/onboarding/set-up-question.js";
import { signInRequest } from "../../graphs/onboarding/wording.js";
import type { CommandEnd, LineCommand } from "../command.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Prompter } from "../prompter.js";

const CHOICES: Readonly<Record<SetUpChoice, string>> = {
  register: "Register",
  register_again: "Register anew: there is no such account",
  look_again: "Look for the key again",
  save_again: "Save the key again",
  stop: "Stop here",
};

const ENDS: Readonly<Record<Extract<OnboardingRun, { status: "stopped" }>["end"], ExitCode>> = {
  stopped_by_human: EXIT.needsHuman,
  not_registered: EXIT.notSetUp,
  not_activated: EXIT.needsHuman,
  token_rejected: EXIT.notSetUp,
  service_unavailable: EXIT.serviceTrouble,
};

/** `pollyreach setup`: registers once, hands the link over, waits for the sign-in, announces the number. */
export const setup: LineCommand<"setup"> = async ({ name, wait }, { output, prompter, session, world }) => {
  const { client, clock, credentials, simulated } = session;
  const patient = wait && (prompter !== undefined || simulated);
  const run = await runOnboarding({
    client,
    clock,
    credentials,
    signal: world.interrupted,
    // To type the command is the human's own word.
    registration: "allowed",
    ...(name !== undefined && { agentName: name }),
    ...(!patient && { longestWaitMs: 0 }),
    ...(prompter && { onQuestion: (question: SetUpQuestion) => decide(prompter, question) }),
    onSignIn: ({ activationUrl, checks }) => {
      if (checks === 0 && patient) output.say(signInRequest(activationUrl, 0));
      else if (patient) output.tick("Nobody has signed in yet; still looking…");
    },
    ...(prompter &&
      !simulated && { untilSignedIn: (signal) => prompter.enter("Press Enter when it is done.", signal) }),
  });
  return told(run, output.say.bind(output));
};

function decide(prompter: Prompter, { text, options }: SetUpQuestion): Promise<SetUpChoice> {
  return prompter.choose(
    text,
    options.map((value) => ({ value, label: CHOICES[value] })),
  );
}

function told(run: OnboardingRun, say: (text?: string) => void): CommandEnd {
  switch (run.status) {
    case "ready": {
      const { message, phoneNumber, isNew, offers } = run.welcome;
      say(message);
      say();
      say("pollyreach inbound --watch                     new calls, every 10 minutes");
      say('pollyreach call "say hello" --to <your number>  to hear Polly');
      return { code: EXIT.done, result: { status: run.status, phoneNumber, isNew, offers } };
    }
    case "activating": {
      const { activationUrl, message } = run.notice;
      say(signInRequest(activationUrl, 0));
      say();
      say("When you have signed in, run: pollyreach setup");
      return {
        code: EXIT.needsHuman,
        result: { status: run.status, ...(activationUrl !== undefined && { activationUrl }), message },
      };
    }
    case "asking":
      say(run.question.text);
      say(run.question.why);
      say("Run pollyreach setup at a terminal to decide.");
      return { code: EXIT.needsHuman, result: { status: run.status, question: run.question } };
    case "waiting":
      say(run.why);
      say("Run pollyreach setup again in a moment.");
      return { code: EXIT.serviceTrouble, result: { status: run.status, why: run.why } };
    case "stopped": {
      const { end, detail, nextStep } = run;
      say(detail);
      say(nextStep);
      return { code: ENDS[end], result: { status: run.status, end, detail, nextStep } };
    }
  }
}
