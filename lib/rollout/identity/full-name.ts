/** The name of a repository in full: container runtimes take one without a registry for one of Docker Hub. */
export function fullName(name: string): string {
  const [first = '', ...rest] = name.split('/');
  if (rest.length === 0) return `docker.io/library/${name}`;
  const path = rest.join('/');
  if (first === 'index.docker.io' || first === 'docker.io') return `docker.io/${rest.length === 1 ? `library/${path}` : path}`;
  return first.includes('.') || first.includes(':') || first === 'localhost' ? name : `docker.io/${name}`;
}
