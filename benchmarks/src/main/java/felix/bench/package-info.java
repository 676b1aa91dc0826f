/**
 * Benchmarks over the public API of the other modules. Sizes are parameters, results are consumed;
 * see the module's README.
 */
@NullMarked
package felix.bench;

import org.jspecify.annotations.NullMarked;
