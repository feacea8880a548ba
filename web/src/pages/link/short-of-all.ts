/** A share that is to be told in whole per cent: what is not all of them is never told as 100 %. */
export const shortOfAll = (share: number): number => (share < 1 ? Math.min(share, 0.99) : 1);
