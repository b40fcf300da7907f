import { describe, expect, it } from 'vitest';
import { parseMarkup, parseXPath, type XPathValue } from '../../../../lib/smoke/assert/xpath.ts';

function find(expression: string, text: string, contentType?: string): XPathValue {
  return parseXPath(expression).evaluate(parseMarkup(text, contentType));
}

const FEED =
  '<?xml version="1.0"?><f:feed xmlns:f="urn:feed" xml:lang="en"><f:entry id="1">One<b>!</b></f:entry><f:entry id="2"><![CDATA[<two>]]></f:entry><!-- x --></f:feed>';

describe('XML', () => {
  it.each<[string, XPathValue]>([
    ['string(//f:entry[1])', { kind: 'text', text: 'One!' }],
    ['//f:entry[@id="2"]', { kind: 'nodes', texts: ['<two>'] }],
    ['//f:entry/@id', { kind: 'nodes', texts: ['1', '2'] }],
    ['//f:entry[2]/@id | //f:entry[1]/@id', { kind: 'nodes', texts: ['1', '2'] }],
    ['count(//f:entry)', { kind: 'number', value: 2 }],
    ['count(//f:entry) > 1', { kind: 'boolean', value: true }],
    ['sum(//@id)', { kind: 'number', value: 3 }],
    ['local-name(/*)', { kind: 'text', text: 'feed' }],
    ['namespace-uri(/*)', { kind: 'text', text: 'urn:feed' }],
    ['//entry', { kind: 'nodes', texts: [] }],
    ['//*[local-name()="entry"][last()]/preceding-sibling::*/@id', { kind: 'nodes', texts: ['1'] }],
    ['//b/ancestor::f:entry/following-sibling::*/@id', { kind: 'nodes', texts: ['2'] }],
    ['//comment()', { kind: 'nodes', texts: [' x '] }],
    ['boolean(//f:entry[lang("en")])', { kind: 'boolean', value: true }],
    ['normalize-space("  a  b ")', { kind: 'text', text: 'a b' }],
  ])('%s', (expression, value) => {
    expect(find(expression, FEED, 'application/xml')).toEqual(value);
  });

  it.each([
    ['an element that is not closed', '<a><b></a>', /close tag/i],
    ['two elements', '<a/><b/>', /second element/],
    ['text behind', '<a/>x', /outside/],
    ['no element', '<?xml version="1.0"?>', /no element|first tag|document/i],
    ['a value without quotes', '<a b=c/>', /Unquoted/],
    ['a prefix of nothing', '<a:b/>', /Unbound namespace/],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY x "yy">]><a>&x;</a>', /entity/],
    ['elements without end', '<a>'.repeat(2_000), /nested/],
  ])('is refused with %s', (_, text, problem) => {
    expect(() => parseMarkup(text, 'text/xml')).toThrow(problem);
  });

  it('does not grow by entities of entities', () => {
    const entities = Array.from({ length: 20 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};">`).join('');
    const bomb = `<!DOCTYPE a [<!ENTITY e0 "ha">${entities}]><a>&e20;</a>`;

    expect(() => parseMarkup(bomb, 'text/xml')).toThrow(/entity/);
  });
});

const PAGE = `<!DOCTYPE html>
<html lang=en><head><title>Shop &amp; co</title><script>if (a<b) x("</p>")</script></head>
<body class="x"><H1>Shop&nbsp;one</H1><p>first<p>second<br>line<ul><li>a<li>b</ul><input disabled value=3></div></body>`;

describe('HTML, however untidy', () => {
  it.each<[string, XPathValue]>([
    ['string(//h1)', { kind: 'text', text: 'Shop\u00a0one' }],
    ['//H1', { kind: 'nodes', texts: ['Shop\u00a0one'] }],
    ['count(//p)', { kind: 'number', value: 2 }],
    ['//li', { kind: 'nodes', texts: ['a', 'b'] }],
    ['string(//title)', { kind: 'text', text: 'Shop & co' }],
    ['string(//input[@disabled]/@value)', { kind: 'text', text: '3' }],
    ['string(//script)', { kind: 'text', text: 'if (a<b) x("</p>")' }],
  ])('%s', (expression, value) => {
    expect(find(expression, PAGE, 'text/html; charset=utf-8')).toEqual(value);
  });
});

describe('what a text is', () => {
  it.each([
    ['text/html', '<a><b></a>', true],
    ['application/xhtml+xml', '<html/>', false],
    ['text/xml; charset=utf-8', '<html/>', false],
    [undefined, '\n<!doctype HTML><p>', true],
    ['text/plain', '<html lang="en">', true],
    [undefined, '<?xml version="1.0"?><html/>', false],
    [undefined, '<a/>', false],
  ])('%s %s is HTML: %s', (contentType, text, html) => {
    expect(parseMarkup(text, contentType).html).toBe(html);
  });
});

describe('an expression that is none', () => {
  it.each(['count(', '//a[', '', 'a b'])('is refused: %s', (expression) => {
    expect(() => parseXPath(expression)).toThrow();
  });
});
