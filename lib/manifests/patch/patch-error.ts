import { BadInputError, RefusedError } from '../../platform/errors.ts';

/** A patch that is none, or that no document could take: an unknown operation, a pointer that is no pointer, a directive in the wrong place. */
export class BadPatchError extends BadInputError {}

/** A patch that is well-formed and does not fit this document: a path that is not there, a test that fails, a kind without merge rules. */
export class PatchRefusedError extends RefusedError {}
