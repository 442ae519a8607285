/** How often a property is tried: all of it in `npm run test:long`, a tenth in `npm test`, which people wait for. */
export const runs = (all: number): number => (process.env.LONG ? all : Math.ceil(all / 10));
