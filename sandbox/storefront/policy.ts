/** What the release of the storefront has to stand: pages that answer, and the version that they say. */
function storefrontSuite(base: string): object {
  return {
    version: 1,
    name: 'storefront',
    deadline: '20s',
    allow: ['127.0.0.1'],
    variables: { base },
    checks: [
      {
        name: 'home page',
        http: { url: '{{base}}/' },
        assert: [
          { header: 'content-type', contains: 'text/html' },
          { xpath: 'string(//h1)', contains: 'Welcome' },
        ],
      },
      { name: 'health', http: { url: '{{base}}/healthz' }, assert: [{ jsonPath: '$.ok', equals: true }, { latency: { atMost: '2s' } }] },
      { name: 'version', http: { url: '{{base}}/version' }, assert: [{ jsonPath: '$.version', equals: '{{expected.version}}' }] },
    ],
    identity: { check: 'version', successes: 3, interval: '100ms' },
  };
}

/** What post-deploy-smoke reads at run time in the sandbox. @param base of the storefront's web server, on the loopback */
export function smokePolicy(cluster: string, base: string): object {
  const target = { cluster, namespace: 'shop', kind: 'Deployment', name: 'storefront' };
  return {
    version: 1,
    clusters: [{ via: 'eks', name: cluster }],
    allow: ['127.0.0.1'],
    suites: { storefront: { app: 'storefront', target, suite: storefrontSuite(base) } },
  };
}
