/** A vector for `manifest set`: a text, what is asked of it, and what must come out. */
export interface ManifestVector {
  readonly id: string;
  readonly input: string;
  /** `PATH=VALUE`. */
  readonly set: readonly string[];
  /** As on the command line; values are texts (`--string`) unless `typed`. */
  readonly flags?: readonly string[];
  readonly typed?: true;
  /** The text that results, or the exit code of a refusal; the input itself where nothing is to change. */
  readonly expected: string | 2 | 3;
}

const VALUES_FILE = `# Values of the service
# two lines

global:
  # which one
  environment: production
  debug: false

images:
  # Primary
  app: &app-image
    repository: myapp
    tag: v1.0.0  # Current version
    pullPolicy: IfNotPresent

  # Sidecar
  sidecar:
    <<: *app-image
    tag: v1.0.0

database:
  port: 5432

  pool:
    minSize: 5
`;

const ANCHORED = `image:
  attributes:
    name: &repo repo-name
    tag: v1.0.0
    # this is a comment
    multiline: |
      one
      two
      three
    alias: *repo
`;

const COMMENTED = `# Root comment
root:
    # Nested comment
    nested:
        key1: value1 # Inline comment
        key2: value2
    # Array comment
    array:
        - item1 # Array item comment
        - item2`;

const TWO_DOCUMENTS = '---\ngithub:\n  owner: olblak\n  repository: charts\n---\ngithub:\n  owner: asterix\n  repository: charts\n';
const AFTER_COMMENTS = '# hi peeps\n# cool\n\n\n---\na: test\n---\nb: cool';
const NESTED_COMMENTS = 'Something:\n# Something comment\n\n  Other:\n  # Other comment\n\n    X: Y\n';

const PLAIN = ['v1.0.0', 'myapp', '1.2.3', 'sha256-abc', 'release-2024', '-latest'];
const QUOTED = [
  '',
  '1.20',
  '16',
  '0755',
  'true',
  'yes',
  'no',
  'on',
  'off',
  'y',
  'n',
  'null',
  '~',
  'a: b',
  'tag #1',
  '*anchor',
  '&anchor',
  '@ref',
];

const LIST = 'root:\n  array:\n    - item1\n    - item2\n';

/** The published vectors, in which a choice is left to the tool: it refuses what it was not asked to create. */
export const PUBLISHED_VECTORS: readonly ManifestVector[] = [
  {
    id: '1',
    input: 'characters:\n- name: Arthur Dent\n  answer: idk\n',
    set: ['characters.0.answer=42'],
    typed: true,
    expected: 'characters:\n- name: Arthur Dent\n  answer: 42\n',
  },
  {
    id: '3',
    input: 'characters:\n- name: Anakin\n  affiliation: Light side\n',
    set: ['characters.0.affiliation=Dark side'],
    expected: 'characters:\n- name: Anakin\n  affiliation: Dark side\n',
  },
  { id: '5', input: 'root:\n    0: old value', set: ['root.0=new value'], expected: 'root:\n    0: new value' },
  { id: '7', input: LIST, set: ['root.array.-1=item3'], expected: `${LIST}    - item3\n` },
  { id: '9', input: 'root:\n  array:\n    - item1\n', set: ['root.array.[5]=item2'], expected: 3 },
  { id: '11, a word on a list', input: LIST, set: ['root.array.invalid=x'], expected: 3 },
  { id: '11, -2 on a list', input: LIST, set: ['root.array.-2=x'], expected: 3 },
  { id: '11, -2 on a mapping', input: LIST, set: ['root.-2=x'], expected: 3 },
  { id: '11, an empty path', input: LIST, set: ['=x'], expected: 2 },
  { id: '11, a trailing dot', input: LIST, set: ['root.array.=x'], expected: 2 },
  { id: '13', input: 'anchor: &anchor\n  key: value\nalias: *anchor\n', set: ['alias=new_value'], expected: 3 },
  {
    id: '13, on request',
    input: 'anchor: &anchor\n  key: value\nalias: *anchor\n',
    set: ['alias=new_value'],
    flags: ['--replace-alias'],
    expected: 'anchor: &anchor\n  key: value\nalias: new_value\n',
  },
  { id: '15', input: COMMENTED, set: ['root.array.[0]=new item'], expected: COMMENTED.replace('item1', 'new item') },
  {
    id: '17',
    input: 'images:\n- name: image-1\n  attributes:\n    name: repo-name\n    tag: 1.0.0\n',
    set: ['images[0].attributes.tag=2.0.0'],
    expected: 'images:\n- name: image-1\n  attributes:\n    name: repo-name\n    tag: 2.0.0\n',
  },
  { id: '19', input: '{}', set: ['image.attributes.tag=v2.0.0'], expected: 3 },
  {
    id: '19, created',
    input: '{}',
    set: ['image.attributes.tag=v2.0.0'],
    flags: ['--create'],
    expected: '{"image": {"attributes": {"tag": "v2.0.0"}}}',
  },
  { id: '21', input: ANCHORED, set: ['image.attributes.tag=v2.0.0'], expected: ANCHORED.replace('v1.0.0', 'v2.0.0') },
  {
    id: '23',
    input: VALUES_FILE,
    set: ['images.app.tag=v2.0.0', 'images.sidecar.tag=v2.0.0'],
    expected: VALUES_FILE.replaceAll('v1.0.0', 'v2.0.0'),
  },
  ...PLAIN.map(
    (value): ManifestVector => ({ id: `25, ${value} is plain`, input: 'tag: old\n', set: [`tag=${value}`], expected: `tag: ${value}\n` }),
  ),
  ...QUOTED.map(
    (value): ManifestVector => ({
      id: `25, ${JSON.stringify(value)} is quoted`,
      input: 'tag: old\n',
      set: [`tag=${value}`],
      expected: `tag: "${value}"\n`,
    }),
  ),
  {
    id: '27, document 1',
    input: TWO_DOCUMENTS,
    set: ['github.owner=obiwankenobi'],
    flags: ['--doc', '1'],
    expected: TWO_DOCUMENTS.replace('asterix', 'obiwankenobi'),
  },
  { id: '27, no document', input: TWO_DOCUMENTS, set: ['github.owner=obiwankenobi'], expected: 3 },
  {
    id: '27, all documents',
    input: TWO_DOCUMENTS,
    set: ['github.owner=obiwankenobi'],
    flags: ['--all-docs'],
    expected: TWO_DOCUMENTS.replace(/olblak|asterix/g, 'obiwankenobi'),
  },
  {
    id: '29, a quoted number',
    input: '---\npackage:\n  version: "0.8"\n',
    set: ['package.version=0.8'],
    expected: '---\npackage:\n  version: "0.8"\n',
  },
  {
    id: '29, a quoted at sign',
    input: '---\ncontents:\n  repositories: "@local foo/0.1.2/packages"\n',
    set: ['contents.repositories=@local foo/0.1.2/packages'],
    expected: '---\ncontents:\n  repositories: "@local foo/0.1.2/packages"\n',
  },
  { id: '31', input: AFTER_COMMENTS, set: ['a=thing'], flags: ['--doc', '0'], expected: AFTER_COMMENTS.replace('test', 'thing') },
  { id: '33', input: NESTED_COMMENTS, set: ['Something.Other.Z=W'], expected: 3 },
  {
    id: '33, created',
    input: NESTED_COMMENTS,
    set: ['Something.Other.Z=W'],
    flags: ['--create'],
    expected: `${NESTED_COMMENTS}    Z: W\n`,
  },
  { id: 'a comment stays', input: 'image:\n  tag: v1 # keep me\n', set: ['image.tag=v2'], expected: 'image:\n  tag: v2 # keep me\n' },
  {
    id: 'two values on one line',
    input: 'image: {tag: v1, pull: Always}\n',
    set: ['image.tag=v2', 'image.pull=Never'],
    expected: 'image: {tag: v2, pull: Never}\n',
  },
  { id: 'quotes and a comment stay', input: 'tag: "v1" # quoted\n', set: ['tag=v2'], expected: 'tag: "v2" # quoted\n' },
  {
    id: 'carriage returns stay',
    input: 'image:\r\n  tag: v1\r\n  pull: Always\r\n',
    set: ['image.tag=v2'],
    expected: 'image:\r\n  tag: v2\r\n  pull: Always\r\n',
  },
  { id: 'characters are no bytes', input: '"clé": {é: v1, t: v1}\n', set: ['["clé"].t=v2'], expected: '"clé": {é: v1, t: v2}\n' },
  {
    id: 'all lines of a text go',
    input: 'desc: first words\n  and a tail\nnext: 1\n',
    set: ['desc=short'],
    expected: 'desc: short\nnext: 1\n',
  },
  { id: 'an alias is refused', input: 'a: &t v1\nb: *t\n', set: ['b=v2'], expected: 3 },
  { id: 'an alias is replaced', input: 'a: &t v1\nb: *t\n', set: ['b=v2'], flags: ['--replace-alias'], expected: 'a: &t v1\nb: v2\n' },
  { id: 'an alias is followed', input: 'a: &t v1\nb: *t\n', set: ['b=v2'], flags: ['--follow-aliases'], expected: 'a: &t v2\nb: *t\n' },
];
