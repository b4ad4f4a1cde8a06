import { sharingInstruction, sharingMessage } from "../../reports/index.js";
import type { LocalCommand } from "../command.js";
import { EXIT } from "../exit-codes.js";

/** `pollyreach share`: the copy as the service's sharing guide has it, to be copied. */
export const share: LocalCommand<"share"> = (_, { output }) => {
  output.verbatim(sharingMessage());
  output.say();
  output.say(sharingInstruction());
  return { code: EXIT.done, result: { message: sharingMessage(), instruction: sharingInstruction() } };
};
