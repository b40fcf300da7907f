import fc from 'fast-check';

/** Texts that servers and people may give: letters that mean something in some format, and any UTF-16 unit, unpaired surrogates among them. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  const telling = fc.constantFrom(
    ...'<>&"\'\\#:-%{}[]`$! \n\r\t\0\u001b\u2028\u202e\ufffe',
    'a',
    ']]>',
    '<!--',
    '</style>',
    '# SKIP',
    '...',
    '---',
  );
  const unit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));
  return fc.array(fc.oneof(telling, unit), { maxLength }).map((pieces) => pieces.join(''));
}
