import { MemorySaver } from "@langchain/langgraph";
import { expect, it } from "vitest";
import { runOnboarding } from "../../../src/graphs/onboarding/run-onboarding.js";
import { newcomer } from "./newcomer.js";

/** A checkpointer whose process dies at one write. */
class MortalSaver extends MemorySaver {
  writes_ = 0;
  dieAt = Number.POSITIVE_INFINITY;
  override async put(...given: Parameters<MemorySaver["put"]>): ReturnType<MemorySaver["put"]> {
    this.#count();
    return super.put(...given);
  }
  override async putWrites(...given: Parameters<MemorySaver["putWrites"]>): Promise<void> {
    this.#count();
    return super.putWrites(...given);
  }
  #count(): void {
    if (++this.writes_ === this.dieAt) throw new Error("The process died.");
  }
}

it("goes on from every step at which the process can die, on the same thread, with one registration", async () => {
  const whole = new MortalSaver();
  const undisturbed = await newcomer({ activation: { afterPolls: 2 } });
  await runOnboarding({ ...undisturbed.process(), checkpointer: whole, threadId: "set-up" });
  expect(whole.writes_).toBeGreaterThan(15);

  for (let dieAt = 1; dieAt <= whole.writes_; dieAt++) {
    const them = await newcomer({ activation: { afterPolls: 2 } });
    const checkpointer = new MortalSaver();
    checkpointer.dieAt = dieAt;
    const thread = { checkpointer, threadId: "set-up" };
    const died = await runOnboarding({ ...them.process(), ...thread }).catch((error: Error) => error.message);
    expect(died, `write ${dieAt}`).toBe("The process died.");
    const run = await runOnboarding({ ...them.process(), ...thread });
    expect(run, `after write ${dieAt}`).toMatchObject({
      status: "ready",
      welcome: { phoneNumber: "+14155550161" },
    });
    expect(them.registrations(), `after write ${dieAt}`).toBe(1);
  }
});
