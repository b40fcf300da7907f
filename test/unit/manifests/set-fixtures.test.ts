import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJsonFile } from '../../../lib/manifests/json-file.ts';
import { lineDiff } from '../../../lib/manifests/line-diff.ts';
import { editsOf } from '../../../lib/manifests/set/edits.ts';
import type { SetOptions } from '../../../lib/manifests/set/options.ts';
import { setValues } from '../../../lib/manifests/set/set-values.ts';

interface Case extends SetOptions {
  readonly file: string;
  readonly set: readonly string[];
  /** The lines that differ, old and new; all others are as they were. */
  readonly differs: readonly string[];
  readonly asString?: boolean;
}

const DIGEST = 'sha256:fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9';

const cases: readonly Case[] = [
  {
    file: 'deployment.yaml',
    set: ['spec.replicas=3', 'spec.template.spec.containers[0].image=registry.example.com/shop/web:v1.5.0'],
    differs: [
      '-  replicas: 2  # scaled at night',
      '+  replicas: 3  # scaled at night',
      '-        image: registry.example.com/shop/web:v1.4.1',
      '+        image: registry.example.com/shop/web:v1.5.0',
    ],
  },
  {
    file: 'deployment.yaml',
    document: { kind: 'Deployment', name: 'web' },
    asString: true,
    set: [
      'metadata.annotations["prometheus.io/port"]=9100',
      'metadata.annotations.downscaler/uptime=always',
      'spec.template.spec.containers[0].env[0].value=debug, all',
      `spec.template.spec.containers[1].image=registry.example.com/proxy@${DIGEST}`,
    ],
    differs: [
      '-    prometheus.io/port: "9090"',
      "-    downscaler/uptime: 'Mon-Fri 07:00-19:00 Europe/Berlin'",
      '+    prometheus.io/port: "9100"',
      "+    downscaler/uptime: 'always'",
      '-        - {name: LOG_LEVEL, value: info}',
      '+        - {name: LOG_LEVEL, value: "debug, all"}',
      '-        image: "registry.example.com/proxy@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"',
      `+        image: "registry.example.com/proxy@${DIGEST}"`,
    ],
  },
  {
    file: 'deployment.yaml',
    document: { index: 0 },
    set: ['/spec/ports/0/port=8081', '/metadata/labels/app.kubernetes.io~1name=shop'],
    differs: [
      '-metadata: {name: web, labels: {app.kubernetes.io/name: web}}',
      '+metadata: {name: web, labels: {app.kubernetes.io/name: shop}}',
      '-  - port: 80        # http',
      '+  - port: 8081        # http',
    ],
  },
  {
    file: 'values.yaml',
    set: ['image.tag=v1.5.0', 'ingress.enabled=true', 'ingress.hosts[0].paths[0].path=/shop', 'replicaCount=2'],
    differs: [
      '-replicaCount: 1',
      '+replicaCount: 2',
      '-  tag: ""',
      '+  tag: "v1.5.0"',
      '-  enabled: no',
      '+  enabled: true',
      '-      paths: [{path: /, pathType: Prefix}]',
      '+      paths: [{path: /shop, pathType: Prefix}]',
    ],
  },
  {
    file: 'values.yaml',
    create: true,
    set: ['podLabels.team=night', 'resources={"limits":{"cpu":"1"}}', 'nodeSelector.disk=ssd', 'script=#!/bin/sh\nexec web'],
    differs: ['+  team: night', '-  echo "start"', '-', '-resources: {}', '+resources: {"limits": {"cpu": "1"}}', '+  disk: ssd'],
  },
  {
    file: 'kustomization.yaml',
    asString: true,
    set: ['images[0].newTag=1.20', `images[1].digest=${DIGEST}`, 'images[0].newName=registry.example.com:5000/shop/web'],
    differs: [
      '-  newName: registry.example.com/shop/web',
      '-  newTag: v1.4.1',
      '+  newName: registry.example.com:5000/shop/web',
      '+  newTag: "1.20"',
      '-  digest: sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
      `+  digest: ${DIGEST}`,
    ],
  },
  {
    file: 'playbook.yaml',
    asString: true,
    set: ['[0].vars.app_version=1.5', '0.tasks.0["ansible.builtin.get_url"].mode=0600', '[0].vars.greeting=Deployed again\n'],
    differs: [
      '-    app_version: 1.4.1',
      '+    app_version: "1.5"',
      '-      Deployed',
      '-      by Ansible',
      '+      Deployed again',
      "-        mode: '0644'",
      "+        mode: '0600'",
    ],
  },
  {
    file: 'workflow.yaml',
    set: [
      'on.schedule[0].cron=0 4 * * *',
      'env.NODE_VERSION=22',
      'jobs.build.steps[0].uses=actions/checkout@v5',
      'jobs.build.strategy.matrix.node.-1=24',
    ],
    differs: [
      "-    - cron: '30 5 * * 1-5'",
      "+    - cron: '0 4 * * *'",
      '-  NODE_VERSION: 20',
      '+  NODE_VERSION: 22',
      '-        node: [20, 22]',
      '+        node: [20, 22, 24]',
      '-      - uses: actions/checkout@v4  # pinned below',
      '+      - uses: actions/checkout@v5  # pinned below',
    ],
  },
  {
    file: 'release.json',
    set: ['version=1.5.0', 'ports[1]=8443', 'build.ok=false', 'private=null'],
    differs: [
      '-\t"version": "1.4.1",',
      '-  "private": true,',
      '-  "ports": [80, 443],',
      '-  "build": { "number": 12345678901234567890, "ok": true }',
      '+\t"version": "1.5.0",',
      '+  "private": null,',
      '+  "ports": [80, 8443],',
      '+  "build": { "number": 12345678901234567890, "ok": false }',
    ],
  },
];

async function fixture(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, '../../support/manifests', name), 'utf8');
}

describe('real files', () => {
  it.each(cases)('$file: $set changes these lines alone', async ({ file, set, differs, asString = false, ...options }) => {
    const before = await fixture(file);

    const { text } = setValues(before, editsOf(set, { asString }), { ...options, json: isJsonFile(file, before) });

    const lines = lineDiff(before, text, file).split('\n').slice(2);
    expect(lines.filter((line) => /^[-+]/.test(line))).toEqual(differs);
  });

  it.each(cases)('$file: $set a second time changes nothing', async ({ file, set, asString = false, ...options }) => {
    const settings = { ...options, json: isJsonFile(file, await fixture(file)) };
    const values = editsOf(
      set.filter((each) => !each.includes('-1=')),
      { asString },
    );
    const once = setValues(await fixture(file), values, settings).text;

    expect(setValues(once, values, settings)).toEqual({ text: once, changes: [], notes: [] });
  });
});
