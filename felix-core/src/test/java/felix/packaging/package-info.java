/** What {@code bin/package} makes, and how it starts on a node. */
@NullMarked
package felix.packaging;

import org.jspecify.annotations.NullMarked;
