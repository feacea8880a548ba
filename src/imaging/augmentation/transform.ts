/** A transform as data and as a function, and how its settings are checked. */
import { inspect } from "node:util";
import { OsteonError } from "../../errors.ts";
import type { Random } from "../../numeric/random.ts";
import { type Field, type Fields, number, type ValuesOf } from "./fields.ts";
import type { Sample } from "./sample.ts";

/**
 * Makes a new sample of a sample; changes neither. The same stream (`random`'s keys and draws) gives the same bytes.
 * What is not changed, such as the mask under a blur, is handed on and not copied.
 */
export type Transform = (sample: Sample, random: Random) => Sample;

/** One kind of transform, with albumentations' name. */
export interface TransformKind<Name extends string = string, F extends Fields = Fields> {
  readonly name: Name;
  /** How often it is applied where its settings say nothing. */
  readonly p: number;
  readonly fields: F;
  /** Draws what the values leave open, and makes the new sample. */
  apply(sample: Sample, values: ValuesOf<F>, random: Random): Sample;
}

/** Settings of a kind: its name, how often it is applied, and any of its parameters. */
export type SettingsOf<Kind> =
  Kind extends TransformKind<infer Name, infer F>
    ? { readonly name: Name; readonly p?: number } & { readonly [K in keyof F]?: ValuesOf<F>[K] }
    : never;

/** Names the type of a kind by what it holds. */
export const defineTransform = <const Name extends string, F extends Fields>(
  kind: TransformKind<Name, F>,
): TransformKind<Name, F> => kind;

const probability = number(1, { from: 0, to: 1 });

const checkValue = (name: string, key: string, { value, field }: { value: unknown; field: Field<unknown> }): void => {
  if (field.accepts(value)) return;
  const sentence = `${name}: ${key} is ${inspect(value)}, but must be ${field.mustBe}.`;
  throw new OsteonError("bad-usage", sentence, { transform: name, field: key, value });
};

/**
 * The transform of some settings, applied with the probability they say.
 *
 * @throws OsteonError `bad-usage` where a value cannot be or a parameter is unknown, with the transform's name and the parameter's
 */
export const transformOf = (
  kind: TransformKind,
  { name, p = kind.p, ...given }: { readonly name: string; readonly p?: number },
): Transform => {
  checkValue(name, "p", { value: p, field: probability });
  for (const [key, value] of Object.entries(given)) {
    const field = Object.hasOwn(kind.fields, key) ? kind.fields[key] : undefined;
    if (field) checkValue(name, key, { value, field });
    else {
      const sentence = `${name} has no parameter ${key}; it takes ${["p", ...Object.keys(kind.fields)].join(", ")}.`;
      throw new OsteonError("bad-usage", sentence, { transform: name, field: key });
    }
  }
  const defaults = Object.fromEntries(Object.entries(kind.fields).map(([key, field]) => [key, field.default]));
  const values = { ...defaults, ...given };
  return (sample, random) => (random.chance(p) ? kind.apply(sample, values, random) : sample);
};
