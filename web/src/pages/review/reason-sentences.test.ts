import { expect, test } from "vitest";
import { assessPlausibility } from "../../../../src/imaging/plausibility.ts";
import { modalityProblem } from "../../../../src/systems/cohort/not-a-radiograph.ts";
import { germanReason } from "./reason-sentences.ts";

test("why a file is no radiograph is said in German, as the server says it now", () => {
  expect(germanReason(modalityProblem("CT")!.detail)).toBe("Die Datei ist eine Computertomographie (CT).");
  expect(germanReason(modalityProblem("TG")!.detail)).toBe("Die Datei hat die Modalität TG.");
  expect(germanReason(modalityProblem("MEIER")!.detail)).toBe("Die Datei nennt eine andere Modalität.");
  const image = { width: 64, height: 64, pixels: new Float32Array(64 * 64).fill(0.5) };
  for (const colour of [0.5, 0]) {
    const verdict = assessPlausibility(image, colour);
    if (verdict.plausible) throw new Error("It is plausible.");
    expect(germanReason(verdict.reason.detail)).toMatch(/^Das Bild ist (farbig|leer)/);
  }
  expect(germanReason("The picture looks like a page or a screen: 81.5 % of it is one bright grey.")).toContain(
    "81,5 %",
  );
  expect(germanReason("Something else.")).toBeUndefined();
});
