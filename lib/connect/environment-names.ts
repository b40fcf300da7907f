/** Variables of functions that reach clusters and keep state; the infrastructure sets them by these names. */
export const POLICY_VARIABLE = 'NIGHTSHIFT_POLICY';
export const POLICY_PARAMETER_VARIABLE = 'NIGHTSHIFT_POLICY_PARAMETER';
export const STATE_BUCKET_VARIABLE = 'NIGHTSHIFT_STATE_BUCKET';
export const STATE_PREFIX_VARIABLE = 'NIGHTSHIFT_STATE_PREFIX';
