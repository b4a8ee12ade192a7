/** Bytes of memory that a program may use, in the sandbox as in the machine's own Python. */
export const MEMORY_LIMIT: number = 512 * 2 ** 20;
