import { scaleBand, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

/** A drawing in its own units; the template makes SVG of it. Its figures stand in a table beside it. */
export type Chart = {
  width: number;
  height: number;
  /** What it shows, for who does not see it. */
  label: string;
  rules: { x1: number; y1: number; x2: number; y2: number }[];
  texts: { x: number; y: number; text: string; anchor: 'start' | 'middle' | 'end' }[];
  bars: { x: number; y: number; width: number; height: number; series: number }[];
  lines: { d: string; series: number }[];
  /** What each series is; empty where there is one. */
  legend: string[];
};

export type Point = { name: string; values: number[] };
type Drawn = { label: string; series: string[]; points: Point[] };

const WIDTH = 400;
const ROW = 36;
const HEIGHT = 220;
const LEFT = 42;
const TOP = 12;
/** Most names below columns that can be read. */
const MOST_NAMES = 12;

/** A bar for each point, one below the other: for names. */
export function rowChart({ label, series, points }: Drawn): Chart {
  const height = points.length * ROW + 4;
  const most = Math.max(1, ...points.map(({ values }) => total(values)));
  // Names stand above their bars: there is no room beside them on a phone.
  const x = scaleLinear()
    .domain([0, most])
    .range([0, WIDTH - LEFT]);
  const y = scaleBand(
    points.map((_, place) => place),
    [0, height],
  );
  return {
    ...blank(label, series, height),
    texts: points.flatMap(({ name, values }, place) => [
      { x: 0, y: (y(place) ?? 0) + 13, text: name, anchor: 'start' as const },
      {
        x: WIDTH,
        y: (y(place) ?? 0) + 22,
        text: total(values).toLocaleString('en-GB'),
        anchor: 'end' as const,
      },
    ]),
    bars: points.flatMap(({ values }, place) =>
      stacked(values).map(({ from, to, at }) => ({
        x: x(from),
        y: (y(place) ?? 0) + 17,
        width: x(to) - x(from),
        height: 7,
        series: at,
      })),
    ),
  };
}

/** A column for each point: for months and quarters. */
export function columnChart({ label, series, points }: Drawn): Chart {
  const { x, y, rules, texts } = frame(points, (values) => total(values));
  return {
    ...blank(label, series, HEIGHT),
    rules,
    texts,
    bars: points.flatMap(({ values }, place) =>
      stacked(values).map(({ from, to, at }) => ({
        x: x(place) ?? 0,
        y: y(to),
        width: x.bandwidth(),
        height: y(from) - y(to),
        series: at,
      })),
    ),
  };
}

/** A line for each series; a point without values ends it. */
export function lineChart({ label, series, points }: Drawn): Chart {
  const { x, y, rules, texts } = frame(points, (values) => Math.max(0, ...values));
  const path = (at: number) =>
    line<Point>()
      .defined(({ values }) => values[at] !== undefined)
      .x((_, place) => (x(place) ?? 0) + x.bandwidth() / 2)
      .y(({ values }) => y(values[at] ?? 0))
      .digits(1)(points);
  return {
    ...blank(label, series, HEIGHT),
    rules,
    texts,
    lines: series.map((_, at) => ({ d: path(at) ?? '', series: at })),
  };
}

const blank = (label: string, series: string[], height: number): Chart => ({
  width: WIDTH,
  height,
  label,
  rules: [],
  texts: [],
  bars: [],
  lines: [],
  legend: series.length > 1 ? series : [],
});

/** The scales of a chart with columns, and what stands around them. */
function frame(points: Point[], sizeOf: (values: number[]) => number) {
  const bottom = HEIGHT - 24;
  const most = Math.max(1, ...points.map(({ values }) => sizeOf(values)));
  const y = scaleLinear().domain([0, most]).nice(4).range([bottom, TOP]);
  const x = scaleBand(
    points.map((_, place) => place),
    [LEFT, WIDTH],
  ).padding(0.2);
  const ticks = y.ticks(4).filter(Number.isInteger);
  const every = Math.ceil(points.length / MOST_NAMES);
  return {
    x,
    y,
    rules: ticks.map((tick) => ({ x1: LEFT, x2: WIDTH, y1: y(tick), y2: y(tick) })),
    texts: [
      ...ticks.map((tick) => ({
        x: LEFT - 4,
        y: y(tick) + 4,
        text: tick.toLocaleString('en-GB'),
        anchor: 'end' as const,
      })),
      ...points.flatMap(({ name }, place) =>
        place % every
          ? []
          : [
              {
                x: (x(place) ?? 0) + x.bandwidth() / 2,
                y: HEIGHT - 8,
                text: name,
                anchor: 'middle' as const,
              },
            ],
      ),
    ],
  };
}

const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);

/** Each value on top of those before it. */
function stacked(values: number[]) {
  let height = 0;
  return values.flatMap((value, at) => {
    const from = height;
    height += value;
    return value > 0 ? [{ from, to: height, at }] : [];
  });
}
