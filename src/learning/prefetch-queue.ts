/** One item after another, also where making one ready waits for a file: what a preparation works in serves all its items. */

/** The function, each call of which begins when the one before has ended, well or not. */
export const prepareOneByOne = <Item, Result>(
  run: (item: Item) => Promise<Result>,
): ((item: Item) => Promise<Result>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (item) => {
    const result = last.then(() => run(item));
    last = result.catch(() => {});
    return result;
  };
};
