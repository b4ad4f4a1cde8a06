import { callability } from "../src/policy/hours/callability.js";
import { type Benchmark, cpuPerCall } from "./harness.js";

const NOON_IN_PARIS = Date.UTC(2026, 2, 16, 11, 0);
const NIGHT_IN_PARIS = Date.UTC(2026, 2, 16, 23, 0);
const DAY = 86_400_000;
const office = [["09:00", "12:00"] as const, ["14:00", "17:30"] as const];
const openingHours = { mon: office, tue: office, wed: office, thu: office, fri: office };
const paris = { timeZone: "Europe/Paris", openingHours };
/** A year in which every day is a holiday: nothing is found, and every day is looked at. */
const holidays = () => true;

/** May the callee be called now, and if not, when? Against what asking Intl for one wall-clock time costs. */
export const callingHours: Benchmark = {
  name: "calling-hours",
  about: "callability, and a year's search for the next slot, against one Intl.DateTimeFormat formatToParts",
  unit: "µs CPU",
  baseline: "one formatToParts",
  goals: [
    { variant: "a year without a slot", of: "median", atMost: 1000 },
    { variant: "a year, clock changes not yet known", of: "median", atMost: 1000 },
    { variant: "a year, 11 offsets at once", of: "median", atMost: 1000 },
  ],
  open() {
    const clock = new Intl.DateTimeFormat("en", {
      timeZone: "Europe/Paris",
      dateStyle: "short",
      timeStyle: "short",
    });
    let unseen = Date.UTC(1975, 0, 1);
    return {
      variants: {
        "one formatToParts": cpuPerCall(2000, () => clock.formatToParts(NOON_IN_PARIS)),
        "open now": cpuPerCall(2000, () => callability(paris, NOON_IN_PARIS + 3 * 3_600_000)),
        "open tomorrow": cpuPerCall(2000, () => callability(paris, NIGHT_IN_PARIS)),
        "a year without a slot": cpuPerCall(200, () =>
          callability({ ...paris, country: "FR", holidays }, NIGHT_IN_PARIS),
        ),
        "a year, clock changes not yet known": cpuPerCall(20, () => {
          unseen += 400 * DAY;
          return callability({ ...paris, country: "FR", holidays }, unseen);
        }),
        "a year, 11 offsets at once": cpuPerCall(200, () =>
          callability({ number: "+18005550123", openingHours: { mon: office } }, NIGHT_IN_PARIS),
        ),
      },
    };
  },
};
