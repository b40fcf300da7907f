/**
 * Stands in for `undici` in bundles. client-node imports it at load, for transports that Nightshift does not use (its own is measured in
 * `docs/decisions/0001-kubernetes-transport.md`), and undici 8 neither loads on Node 20 nor is small: 715 KB.
 * Whoever calls it anyway is told so, at once.
 */
const refuse = (what: string): never => {
  throw new Error(`undici is not part of this bundle: ${what} was called; requests go through lib/kubernetes/transport.ts`);
};

export class Agent {
  constructor() {
    refuse('Agent');
  }
}

export class ProxyAgent {
  constructor() {
    refuse('ProxyAgent');
  }
}

export const fetch = async (): Promise<never> => refuse('fetch');
