/**
 * The ring between the datastore and the calculation graph: the only place that knows the
 * Disruptor.
 */
@NullMarked
package felix.calc.ring;

import org.jspecify.annotations.NullMarked;
