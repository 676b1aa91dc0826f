/**
 * What policy decides about a connection, and why: the rules of the calculation graph's output,
 * evaluated without a kernel. Pure; a {@link felix.verdict.PolicyState} belongs to one thread.
 */
@NullMarked
package felix.verdict;

import org.jspecify.annotations.NullMarked;
