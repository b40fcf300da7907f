/** One original as a ledger document in the bucket holds it. */
export interface LedgerCopy {
  /** `namespace/Kind/name`. */
  readonly name: string;
  readonly uid: string;
  readonly original: number;
}

interface RawDocument {
  readonly entries: readonly { kind: string; namespace: string; name: string; uid: string; original: number }[];
}

/**
 * The originals in ledger documents, read as what they are, JSON in a bucket, and not by the code that wrote them: it may not be its own witness.
 * A document that is damaged holds none.
 */
export function ledgerCopies(documents: readonly string[]): readonly LedgerCopy[] {
  return documents
    .flatMap(entriesOf)
    .map(({ kind, namespace, name, uid, original }) => ({ name: `${namespace}/${kind}/${name}`, uid, original }));
}

function entriesOf(text: string): RawDocument['entries'] {
  try {
    return (JSON.parse(text) as RawDocument).entries;
  } catch {
    return [];
  }
}
