/**
 * Changes, and what they tell the dataplane: the one contract between the calculation graph and the
 * kernel side.
 */
@NullMarked
package felix.delta;

import org.jspecify.annotations.NullMarked;
