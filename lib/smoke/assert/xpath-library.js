// JavaScript, since the types of the package bring those of browsers along; those that are used are in xpath-library.d.ts.
import xpath from 'xpath';

export const { parse, XBoolean, XNodeSet, XNumber } = xpath;
