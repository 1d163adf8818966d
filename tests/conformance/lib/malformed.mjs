// Ids that no asset can have.

/** Why it is malformed -> the id, made from one that is well formed. */
export function malformedIds(id) {
  return {
    empty: '',
    'upper case': id.toUpperCase(),
    'one digit short': id.slice(1),
    'one digit long': `${id}0`,
    'not hexadecimal': `g${id.slice(1)}`,
    'a blank before it': ` ${id}`,
    'a path': '../../../etc/passwd',
  };
}
