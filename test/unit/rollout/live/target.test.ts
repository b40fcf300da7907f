import { expect, it } from 'vitest';
import { kindNamed } from '../../../../lib/rollout/live/target.ts';

it.each([
  ['deploy', 'Deployment'],
  ['Deployment', 'Deployment'],
  ['deployments', 'Deployment'],
  ['deployments.apps', 'Deployment'],
  ['deployment.v1.apps', 'Deployment'],
  ['sts', 'StatefulSet'],
  ['ds', 'DaemonSet'],
  ['job', 'Job'],
  ['jobs.batch', 'Job'],
  ['rollout', 'Rollout'],
  ['ro', 'Rollout'],
  ['rollouts.argoproj.io', 'Rollout'],
])('%s is a %s', (word, kind) => {
  expect(kindNamed(word)).toBe(kind);
});

it.each(['', 'web', 'cronjob', 'pods', 'deploy.example.org', 'constructor', '__proto__'])('%j is none', (word) => {
  expect(kindNamed(word)).toBeUndefined();
});
