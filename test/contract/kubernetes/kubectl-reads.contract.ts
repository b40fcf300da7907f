import { describe, expect, it, vi } from 'vitest';
import { columns, type SessionOf } from './kubectl-session.ts';
import { aCronJob, aStatefulSet } from './objects.ts';

const SOON = { timeout: 10_000, interval: 50 };

export function describeKubectlReads(sessionOf: SessionOf): void {
  describe('reading', () => {
    it('finds the server’s version and resources', async () => {
      const version = JSON.parse(await sessionOf().run('version -o json'));
      const resources = columns(await sessionOf().run('api-resources --no-headers')).map(([name, ...rest]) => [name, rest.at(-1)]);

      expect(version.serverVersion.major).toBe('1');
      expect(resources).toEqual(
        expect.arrayContaining([
          ['deployments', 'Deployment'],
          ['cronjobs', 'CronJob'],
          ['namespaces', 'Namespace'],
        ]),
      );
    });

    it('gets tables, for short names too, of what is ready', async () => {
      const { inside } = await sessionOf().aNamespaceWithWeb();

      await vi.waitFor(async () => {
        const [head, row] = columns(await inside('get deploy'));
        expect(head).toEqual(['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE']);
        expect(row?.slice(0, 4)).toEqual(['web', '2/2', '2', '2']);
      }, SOON);
      const pods = columns(await inside('get pods --no-headers'));
      expect(pods.map(([, ready, status]) => [ready, status])).toEqual([
        ['2/2', 'Running'],
        ['2/2', 'Running'],
      ]);
    });

    it('gets tables of StatefulSets, CronJobs and namespaces', async () => {
      const { namespace, inside } = await sessionOf().aNamespaceWithWeb();
      const set = aStatefulSet({ namespace, name: 'db', replicas: 0 });
      const job = aCronJob({ namespace, name: 'report', suspend: true });
      await inside('apply -f -', { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [set, job] }) });

      expect(columns(await inside('get sts'))[0]).toEqual(['NAME', 'READY', 'AGE']);
      expect(columns(await inside('get cronjob'))).toMatchObject([
        ['NAME', 'SCHEDULE', 'TIMEZONE', 'SUSPEND', 'ACTIVE', 'LAST SCHEDULE', 'AGE'],
        ['report', '0 0 29 2 *', '<none>', 'True', '0', '<none>', expect.any(String)],
      ]);
      expect(columns(await sessionOf().run(`get namespace ${namespace}`))[1]?.slice(0, 2)).toEqual([namespace, 'Active']);
    });

    it('gets events by when and what, not by name', async () => {
      const { namespace, inside } = await sessionOf().aNamespaceWithWeb();
      const event = {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { namespace, name: 'web.1' },
        involvedObject: { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web' },
        type: 'Normal',
        reason: 'PutToSleep',
        message: 'put to sleep',
        source: { component: 'nightshift' },
        firstTimestamp: new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, ''),
        lastTimestamp: new Date(Date.now() - 60_000).toISOString().replace(/\.\d+/, ''),
        count: 2,
      };
      await inside('create -f -', { input: JSON.stringify(event) });
      const ours = ['get', 'events', '--field-selector=reason=PutToSleep'].join(' ');

      expect(columns(await inside(ours))).toEqual([
        ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
        [expect.stringMatching(/^6\ds$/), 'Normal', 'PutToSleep', 'deployment/web', 'put to sleep'],
      ]);
      const [head, row] = columns(await inside(`${ours} -o wide`));
      expect(head).toEqual(['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'SUBOBJECT', 'SOURCE', 'MESSAGE', 'FIRST SEEN', 'COUNT', 'NAME']);
      expect(row?.slice(-5)).toEqual(['nightshift', 'put to sleep', '60m', '2', 'web.1']);
    });

    it('gets over all namespaces, by label, by field, and as JSON, YAML, names and paths', async () => {
      const { namespace, inside } = await sessionOf().aNamespaceWithWeb();

      expect(await sessionOf().run(`get deploy -A --field-selector metadata.namespace=${namespace} -o name`)).toBe('deployment.apps/web\n');
      expect(await inside('get deploy -l app=web,tier!=x -o jsonpath={.items[*].spec.replicas}')).toBe('2');
      expect(JSON.parse(await inside('get deploy/web -o json'))).toMatchObject({ kind: 'Deployment', metadata: { name: 'web' } });
      expect(await inside('get deploy web -o yaml')).toContain('\n  name: web\n');
      expect(await inside('get deploy web -o custom-columns=N:.spec.replicas --no-headers')).toBe('2\n');
    });

    it('waits for a rollout and for a condition', async () => {
      const { inside } = await sessionOf().aNamespaceWithWeb();

      expect(await inside('rollout status deploy/web --timeout=20s')).toContain('deployment "web" successfully rolled out');
      expect(await inside('set image deploy/web main=registry.example/main:2')).toBe('deployment.apps/web image updated\n');
      expect(await inside('rollout status deploy/web --timeout=20s')).toContain('deployment "web" successfully rolled out');
      expect(await inside('wait deploy/web --for=condition=Available --timeout=20s')).toBe('deployment.apps/web condition met\n');
      expect(await inside('get pods -o jsonpath={.items[*].spec.containers[0].image}')).toContain('registry.example/main:2');
    });

    it('describes', async () => {
      const { namespace, inside } = await sessionOf().aNamespaceWithWeb();
      await inside('rollout status deploy/web --timeout=20s');

      const web = await inside('describe deploy web');
      const pods = await inside('describe pods');
      const whole = await sessionOf().run(`describe namespace ${namespace}`);

      expect(web).toMatch(/^Name:\s+web$/m);
      expect(web).toMatch(/^Replicas:\s+2 desired \| 2 updated \| 2 total \| 2 available \| 0 unavailable$/m);
      expect(pods.match(/^Status:\s+Running$/gm)).toHaveLength(2);
      expect(whole).toMatch(/^Status:\s+Active$/m);
    });

    it('watches until it is told to stop', async () => {
      const { namespace, inside } = await sessionOf().aNamespaceWithWeb();
      await inside('rollout status deploy/web --timeout=20s');
      const stop = new AbortController();
      let seen = '';
      const watching = sessionOf().admin(['-n', namespace, 'get', 'deploy', '-w', '--no-headers'], {
        signal: stop.signal,
        onOutput: (stdout) => {
          seen = stdout;
        },
      });
      await vi.waitFor(() => expect(seen).toContain('2/2'), SOON);

      await inside('scale deploy/web --replicas=0');

      await vi.waitFor(() => expect(columns(seen).at(-1)?.slice(0, 4)).toEqual(['web', '0/0', '0', '0']), SOON);
      stop.abort();
      await watching;
    });

    it('tells what may be done, and what may not', async () => {
      const { namespace } = await sessionOf().aNamespaceWithWeb();

      expect((await sessionOf().admin(['auth', 'can-i', 'patch', 'deployments', '-n', namespace])).stdout).toBe('yes\n');
      expect(await sessionOf().limited(['auth', 'can-i', 'patch', 'deployments', '-n', namespace])).toMatchObject({
        code: 1,
        stdout: 'no\n',
      });
      expect((await sessionOf().limited(['get', 'deploy', '-n', namespace])).stderr).toContain(
        'Error from server (Forbidden): deployments.apps is forbidden: User "limited" cannot list resource "deployments" in API group "apps" in the namespace',
      );
    });

    it('lists what may be done', async () => {
      const { namespace } = await sessionOf().aNamespaceWithWeb();
      const list = ['auth', 'can-i', '--list', '--no-headers', '-n', namespace];

      const admin = columns((await sessionOf().admin(list)).stdout);
      const limited = columns((await sessionOf().limited(list)).stdout);

      expect(admin).toContainEqual(['*.*', '[]', '[]', '[*]']);
      expect(limited).toContainEqual(['selfsubjectaccessreviews.authorization.k8s.io', '[]', '[]', '[create]']);
      expect(limited.flat()).toContain('[/version]');
      expect(limited.flat()).not.toContain('*.*');
    });

    it('says when a kind is not known', async () => {
      const { code, stderr } = await sessionOf().admin(['get', 'scaledobjects']);

      expect(code).toBe(1);
      expect(stderr).toContain(`the server doesn't have a resource type "scaledobjects"`);
    });
  });
}
