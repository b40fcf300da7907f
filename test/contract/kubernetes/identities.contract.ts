import { describe, expect, it } from 'vitest';
import { clusterUser } from '../../../lib/kubernetes/cluster-user.ts';
import { UnauthorizedError } from '../../../lib/kubernetes/errors.ts';
import { rejectionOf, type WorldOf } from './world.ts';

export function describeIdentities(worldOf: WorldOf): void {
  describe('an identity', () => {
    it('is told to whoever asks for their own, without any permission', async () => {
      expect(await clusterUser(worldOf().client('limited'))).toMatchObject({
        known: true,
        user: 'limited',
        groups: expect.arrayContaining(['system:authenticated']),
      });
    });

    it('is not made up for a stranger', async () => {
      expect(await rejectionOf(clusterUser(worldOf().client('stranger')))).toBeInstanceOf(UnauthorizedError);
    });
  });
}
