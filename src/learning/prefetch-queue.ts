/** Calls in a row, also where one waits for a file or a thread. */

/** The function, each call of which begins when the one before has ended, well or not. */
export const oneByOne = <Arguments extends readonly unknown[], Result>(
  run: (...of: Arguments) => Promise<Result>,
): ((...of: Arguments) => Promise<Result>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (...of) => {
    const result = last.then(() => run(...of));
    last = result.catch(() => {});
    return result;
  };
};
