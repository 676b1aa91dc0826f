/**
 * How long changes take from the datastore to the kernel: the stamps that travel with them, and
 * what they add up to.
 */
@NullMarked
package felix.latency;

import org.jspecify.annotations.NullMarked;
