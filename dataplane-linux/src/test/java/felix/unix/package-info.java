/** Tests. */
@NullMarked
package felix.unix;

import org.jspecify.annotations.NullMarked;
