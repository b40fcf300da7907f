import { describe, expect, it, vi } from 'vitest';
import type { SessionOf } from './kubectl-session.ts';
import { aConfigMap, aCronJob, aDeployment } from './objects.ts';

const SOON = { timeout: 10_000, interval: 50 };

export function describeKubectlWrites(sessionOf: SessionOf): void {
  describe('writing', () => {
    it('creates, and refuses to create twice', async () => {
      const { inside, namespace, web } = await sessionOf().aNamespaceWithWeb();

      const settings = { input: JSON.stringify(aConfigMap({ namespace, name: 'settings', data: { a: '1' } })) };
      expect(await inside('create -f -', settings)).toBe('configmap/settings created\n');
      const again = await sessionOf().admin(['-n', namespace, 'create', '-f', '-'], { input: web });

      expect(again.code).toBe(1);
      expect(again.stderr).toContain('Error from server (AlreadyExists)');
      expect(again.stderr).toContain('deployments.apps "web" already exists');
    });

    it('creates from flags alone', async () => {
      const { inside, namespace } = await sessionOf().aNamespaceWithWeb();

      expect(await sessionOf().run(`create namespace ${namespace}-2`)).toBe(`namespace/${namespace}-2 created\n`);
      expect(await inside('create configmap settings --from-literal=a=1')).toBe('configmap/settings created\n');
      expect(await inside('create deployment api --image=registry.example/api:1 --replicas=2')).toBe('deployment.apps/api created\n');
      const { code, stderr } = await sessionOf().admin([
        ...['-n', namespace, 'create', 'cronjob', 'report', '--image=registry.example/report:1'],
        ...['--schedule=0 0 29 2 *', '--', 'date'],
      ]);

      expect(code, stderr).toBe(0);
      expect(await inside('get configmap settings -o jsonpath={.data.a}')).toBe('1');
      expect(await inside('get cronjob report -o jsonpath={.spec.schedule}')).toBe('0 0 29 2 *');
      expect(await inside('rollout status deploy/api --timeout=20s')).toContain('successfully rolled out');
    });

    it('creates a job of a cron job, and an autoscaler', async () => {
      const { inside, namespace } = await sessionOf().aNamespaceWithWeb();
      const cronJob = aCronJob({ namespace, name: 'report', suspend: true });
      await inside('create -f -', {
        input: JSON.stringify(cronJob).replace('"name":"main"', '"name":"main","resources":{"requests":{"cpu":"100m"}}'),
      });

      expect(await inside('create job report-now --from=cronjob/report')).toBe('job.batch/report-now created\n');
      expect(await inside('autoscale deploy web --min=1 --max=3 --cpu-percent=50')).toBe(
        'horizontalpodautoscaler.autoscaling/web autoscaled\n',
      );

      expect(await inside('get job report-now -o jsonpath={..requests}')).toBe('{"cpu":"100m"}');
      expect(
        await inside('get hpa web -o jsonpath={.spec.minReplicas},{.spec.maxReplicas},{..averageUtilization},{..scaleTargetRef.name}'),
      ).toBe('1,3,50,web');
    });

    it('applies: created, configured, unchanged, and removes what left the file', async () => {
      const { inside, namespace } = await sessionOf().aNamespaceWithWeb();
      const api = (annotations: Record<string, string>) =>
        JSON.stringify(aDeployment({ namespace, name: 'api', replicas: 0, annotations }));

      expect(await inside('apply -f -', { input: api({ a: '1', b: '1' }) })).toBe('deployment.apps/api created\n');
      expect(await inside('apply -f -', { input: api({ a: '2' }) })).toBe('deployment.apps/api configured\n');
      expect(await inside('apply -f -', { input: api({ a: '2' }) })).toBe('deployment.apps/api unchanged\n');
      const annotations = JSON.parse(await inside('get deploy api -o json')).metadata.annotations;
      expect(annotations).toMatchObject({ a: '2' });
      expect(annotations).not.toHaveProperty('b');
    });

    it('applies on the server, and says who else owns a field', async () => {
      const { inside, namespace } = await sessionOf().aNamespaceWithWeb();
      const api = (replicas: number) => ({ input: JSON.stringify(aDeployment({ namespace, name: 'api', replicas })) });

      expect(await inside('apply --server-side -f -', api(0))).toBe('deployment.apps/api serverside-applied\n');
      const conflict = await sessionOf().admin(['-n', namespace, 'apply', '--server-side', '--field-manager=other', '-f', '-'], api(1));
      expect(await inside('apply --server-side --field-manager=other --force-conflicts -f -', api(1))).toContain('serverside-applied');

      expect(conflict.code).toBe(1);
      expect(conflict.stderr).toContain('conflict with "kubectl": .spec.replicas');
      expect(await inside('get deploy api -o jsonpath={.spec.replicas}')).toBe('1');
    });

    it('scales, and not when the count is another than expected', async () => {
      const { inside, namespace } = await sessionOf().aNamespaceWithWeb();

      const refused = await sessionOf().admin(['-n', namespace, 'scale', 'deploy/web', '--replicas=5', '--current-replicas=9']);
      expect(await inside('scale deploy/web --replicas=0')).toBe('deployment.apps/web scaled\n');

      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain('Expected replicas to be 9, was 2');
      expect(await inside('get deploy web -o jsonpath={.spec.replicas}')).toBe('0');
      await vi.waitFor(async () => expect(await inside('get pods -o name')).toBe(''), SOON);
    });

    it('annotates, labels and patches', async () => {
      const { inside, namespace } = await sessionOf().aNamespaceWithWeb();

      expect(await inside('annotate deploy/web downscaler/uptime=always')).toBe('deployment.apps/web annotated\n');
      const twice = await sessionOf().admin(['-n', namespace, 'annotate', 'deploy/web', 'downscaler/uptime=never']);
      await inside('annotate deploy/web downscaler/uptime=never --overwrite');
      expect(await inside('get deploy web -o jsonpath={.metadata.annotations.downscaler/uptime}')).toBe('never');
      await inside('annotate deploy/web downscaler/uptime-');
      await inside('label deploy/web team=a');
      await inside('patch deploy web --type=merge -p {"metadata":{"labels":{"one":"1"}}}');
      await inside('patch deploy web --type=json -p [{"op":"add","path":"/metadata/labels/two","value":"2"}]');
      await inside('patch deploy web -p {"metadata":{"labels":{"three":"3"}}}');

      expect(twice.code).toBe(1);
      expect(twice.stderr).toContain('--overwrite is false but found the following declared annotation(s)');
      const { metadata } = JSON.parse(await inside('get deploy web -o json'));
      expect(metadata.labels).toEqual({ app: 'web', team: 'a', one: '1', two: '2', three: '3' });
      expect(metadata.annotations ?? {}).not.toHaveProperty('downscaler/uptime');
    });

    it('restarts a rollout', async () => {
      const { inside } = await sessionOf().aNamespaceWithWeb();
      await inside('rollout status deploy/web --timeout=20s');

      expect(await inside('rollout restart deploy/web')).toBe('deployment.apps/web restarted\n');
      await inside('rollout status deploy/web --timeout=20s');

      const template = await inside('get deploy web -o jsonpath={.spec.template.metadata.annotations}');
      expect(template).toContain('kubectl.kubernetes.io/restartedAt');
    });

    it('edits', async () => {
      const { inside } = await sessionOf().aNamespaceWithWeb();

      expect(await inside('edit deploy web', { editor: 'sed -i s#main:1#main:9#' })).toBe('deployment.apps/web edited\n');

      expect(await inside('get deploy web -o jsonpath={.spec.template.spec.containers[0].image}')).toBe('registry.example/main:9');
    });

    it('shows what an apply would change, and changes nothing', async () => {
      const { inside, namespace } = await sessionOf().aNamespaceWithWeb();
      const input = JSON.stringify(aDeployment({ namespace, name: 'web', replicas: 7, labels: { app: 'web' } }));

      expect(await inside('apply --dry-run=server -f -', { input })).toContain('deployment.apps/web configured (server dry run)');
      const { code, stdout } = await sessionOf().admin(['-n', namespace, 'diff', '-f', '-'], { input });

      expect(code).toBe(1);
      expect(stdout).toContain('+  replicas: 7');
      expect(await inside('get deploy web -o jsonpath={.spec.replicas}')).toBe('2');
    });

    it('deletes, and waits until it is gone', async () => {
      const { inside, namespace } = await sessionOf().aNamespaceWithWeb();

      expect(await inside('delete deploy web')).toMatch(/^deployment.apps "web" deleted/);
      const gone = await sessionOf().admin(['-n', namespace, 'get', 'deploy', 'web']);

      expect(gone.code).toBe(1);
      expect(gone.stderr).toContain('Error from server (NotFound): deployments.apps "web" not found');
    });

    it('deletes all of a kind, and a namespace with what is in it', async () => {
      const { inside, namespace } = await sessionOf().aNamespaceWithWeb();
      await inside('create -f -', { input: JSON.stringify(aConfigMap({ namespace, name: 'a' })) });

      expect(await inside('delete configmap --all')).toContain('configmap "a" deleted');
      expect(await sessionOf().run(`delete namespace ${namespace} --timeout=20s`)).toMatch(/deleted/);

      expect((await sessionOf().admin(['get', 'namespace', namespace])).stderr).toContain('NotFound');
      expect(await inside('get deploy -o name')).toBe('');
    });
  });
}
