/**
 * Data structures of the calculation graph. They know labels and selectors, and nothing of policy.
 */
@NullMarked
package felix.calc.index;

import org.jspecify.annotations.NullMarked;
