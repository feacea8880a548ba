/** A name out of a foreign file as it may stand in a sentence: in quotes, control characters escaped, never long. */
export const shown = (name: string): string => JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}...` : name);
