import fc from 'fast-check';

/** Things that have no business in any field. */
export const anything = fc.constantFrom<unknown>(
  ...[null, '', '2', 'True', true, 1.5, -1, 0, 7, 2 ** 31 - 1, 2 ** 31 + 2, 2 ** 53, 2 ** 64],
  ...[[], {}, [null], ['x'], { a: 1 }],
);

/** Mostly what belongs there, now and then missing, seldom nonsense. */
export function field<T>(value: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 50, arbitrary: value }, { weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: anything });
}

export function words(...all: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...all);
}

export function mapping(model: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 60, arbitrary: fc.record(model) }, { weight: 1, arbitrary: anything });
}

/** Two of two in most objects, so that the last rules are reached as well as the first. */
export const count = field(fc.constantFrom(2, 2, 2, 2, 2, 2, 2, 0, 1, 3));

export function counts(...names: readonly string[]): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(names.map((name) => [name, count]));
}

export const generation = field(fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 1, 2));

/** Those by which a controller speaks to kstatus itself. */
const standard = fc.record({
  type: words('Reconciling', 'Stalled'),
  status: words('True', 'False'),
  reason: words('Busy', ''),
  message: words('', 'why'),
});

/** Conditions of these types with these reasons, and some that any object may have. */
export function conditions(types: readonly string[] = [], reasons: readonly string[] = []): fc.Arbitrary<unknown> {
  const condition = mapping({
    type: field(words(...types, ...types, ...types, 'Ready', 'ready')),
    status: field(words('True', 'True', 'False', 'False', 'Unknown', 'true')),
    reason: field(words(...reasons, ...reasons, '', 'Whatever')),
    message: field(words('', 'told at length')),
  });
  return field(fc.array(fc.oneof({ weight: 30, arbitrary: condition }, { weight: 1, arbitrary: standard }), { maxLength: 3 }));
}
