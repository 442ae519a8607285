/** A value as DynamoDB writes it, https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
export type WireValue =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: WireValue[] }
  | { M: Record<string, WireValue> }
  | { SS: string[] }
  | { NS: string[] };

/** Members that are undefined are left out, as the SDK's document client is told to do. */
export function toWire(value: unknown): WireValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(toWire) };
  if (isPlain(value)) return { M: toWireMembers(value) };
  throw new TypeError(`the table takes no ${typeof value}`);
}

export const toWireMembers = (members: object): Record<string, WireValue> =>
  Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, toWire(value)]])),
  );

/** @throws TypeError for bytes, of which the table has none */
export function fromWire(value: WireValue): unknown {
  if ('S' in value) return value.S;
  if ('N' in value) return Number(value.N);
  if ('BOOL' in value) return value.BOOL;
  if ('NULL' in value) return null;
  if ('L' in value) return value.L.map(fromWire);
  if ('M' in value) return fromWireMembers(value.M);
  if ('SS' in value) return new Set(value.SS);
  if ('NS' in value) return new Set(value.NS.map(Number));
  throw new TypeError(`the table has a value of type ${Object.keys(value)}`);
}

export const fromWireMembers = (members: Record<string, WireValue>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [name, fromWire(value)]));

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
