/** How the parts count for themselves: one thread writes, any reads, and nothing is allocated. */
@NullMarked
package felix.count;

import org.jspecify.annotations.NullMarked;
