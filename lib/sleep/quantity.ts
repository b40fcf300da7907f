/** `1.5`, `.5`, then a binary suffix, an exponent or a decimal suffix. Amounts of resources are never negative, so no minus. */
const QUANTITY = /^\+?(\d+(?:\.\d*)?|\.\d+)(?:([KMGTPE])i|[eE]([+-]?\d{1,9})|([numkMGTPE]?))$/;

const BINARY = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

const EXPONENTS: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

/**
 * A Kubernetes quantity (`250m`, `1.5Gi`, `2e3`, or a plain number as YAML has it) in whole units, rounded up as the API server does.
 * @returns undefined for what is no quantity, or is too large for a number
 */
export function unitsOf(quantity: unknown): number | undefined {
  return read(quantity, 0);
}

/** The same in thousandths of the unit: millicores of CPU. */
export function thousandthsOf(quantity: unknown): number | undefined {
  return read(quantity, 3);
}

/** The power of ten goes into the text of the number, so that `0.1` is 100 thousandths and not a little more. */
function read(quantity: unknown, scale: number): number | undefined {
  if (typeof quantity !== 'string' && typeof quantity !== 'number') return undefined;
  const parts = QUANTITY.exec(String(quantity));
  if (!parts) return undefined;
  const [, digits = '', binary = '', exponent, decimal = ''] = parts;
  const power = exponent === undefined ? (EXPONENTS[decimal] ?? 0) : Number(exponent);
  const amount = Number(`${digits}e${power + scale}`) * 1024 ** BINARY.indexOf(binary);
  return Number.isFinite(amount) ? Math.ceil(amount) : undefined;
}
