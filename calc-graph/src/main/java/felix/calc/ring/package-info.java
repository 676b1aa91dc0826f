/**
 * The ring between the datastore and the calculation graph: the only place here that knows the
 * Disruptor.
 */
@NullMarked
package felix.calc.ring;

import org.jspecify.annotations.NullMarked;
